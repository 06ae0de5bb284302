"""
Trains the heads of the language parts and writes them into backend/analysis/data/language.

    python scripts/train_heads            everything (the sentiment layers need torch and about ten minutes of one core)
    python scripts/train_heads --linear   the linear heads only (seconds)
    python scripts/train_heads --bounds   no training: only the thresholds and versions of thresholds.json

Seeds are fixed: on one machine the same material gives the same weights. Thresholds stand in thresholds.json beside this file.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import load, save

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT)]

from heads import background_lines, linear_heads  # noqa: E402

from backend.analysis.language.shipped import default_topics  # noqa: E402
from backend.infra.embedder import minilm  # noqa: E402

TARGET = ROOT / "backend" / "analysis" / "data" / "language"


def main() -> None:
    if "--bounds" not in sys.argv:
        _train(minilm.load())
    _manifest()


def _train(embedder: minilm.MiniLM) -> None:
    if "--linear" not in sys.argv:
        _write("sentiment.safetensors", _sentiment(embedder))
    _write("background.txt", "".join(f"{line}\n" for line in background_lines()).encode())
    _write("heads.safetensors", save({name: np.ascontiguousarray(tensor) for name, tensor in linear_heads(embedder).items()}))


def _sentiment(embedder: minilm.MiniLM) -> bytes:
    import sentiment
    import torch
    from material import sentiment_lines

    torch.set_num_threads(1)
    weights = load((minilm.packaged() / "model.safetensors").read_bytes())
    runs = [sentiment.fit(embedder, weights, sentiment_lines(), seed) for seed in sentiment.SEEDS]
    return save({name: tensor.astype(np.float16) for name, tensor in sentiment.mean_of(runs).weights.items()})


def _write(name: str, content: bytes) -> None:
    (TARGET / name).write_bytes(content)
    print(f"{name}: {len(content) / 1e6:.1f} MB")


def _manifest() -> None:
    settings = json.loads((HERE / "thresholds.json").read_text("utf-8"))
    hashes = {name: hashlib.sha256((TARGET / name).read_bytes()).hexdigest() for name in ("heads.safetensors", "sentiment.safetensors")}
    document = {"topics": list(default_topics()), **settings, "files": hashes}
    (TARGET / "manifest.json").write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
