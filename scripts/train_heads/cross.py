"""
Cross-validation of the sentiment layers by line: what thresholds cost on lines that the layers have not seen.

    python scripts/train_heads/cross.py FOLD…      trains without these folds (0…3) and keeps the raw scores in a file a fold
    python scripts/train_heads/cross.py            reads those files and prints a table a threshold

All that one line or template gave stays in one fold. Each held-out line is judged plain and once varied.
"""

from __future__ import annotations

import json
import random
import sys
from dataclasses import asdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT)]

import numpy as np  # noqa: E402
from material import NEGATIVE, NEUTRAL, POSITIVE, Example, sentiment_lines, varied  # noqa: E402

FOLDS = 4
KEPT = ROOT / "data" / "cross"


def folds(examples: list[Example]) -> list[list[Example]]:
    """The examples in four parts; the lines of one origin stay together."""
    origins = sorted({item.origin for item in examples})
    random.Random(7).shuffle(origins)
    place = {origin: index % FOLDS for index, origin in enumerate(origins)}
    return [[item for item in examples if place[item.origin] == fold] for fold in range(FOLDS)]


def held_out(fold: list[Example]) -> list[Example]:
    """One filling of each template, each line plain and varied."""
    choose = random.Random(8)
    once = list({item.origin: item for item in fold}.values())
    return once + [Example(varied(item.text, choose), item.label, item.origin) for item in once]


def train(fold: int) -> None:
    import sentiment
    import torch
    from safetensors.numpy import load

    from backend.infra.embedder import minilm

    torch.set_num_threads(1)
    embedder = minilm.load()
    weights = load((minilm.packaged() / "model.safetensors").read_bytes())
    parts = folds(sentiment_lines())
    fitted = sentiment.fit(
        embedder, weights, [item for index, part in enumerate(parts) if index != fold for item in part], sentiment.SEEDS[0]
    )
    items = held_out(parts[fold])
    scores = sentiment.scores(embedder, fitted, [item.text for item in items])
    KEPT.mkdir(parents=True, exist_ok=True)
    rows = [asdict(item) | {"score": score} for item, score in zip(items, scores, strict=True)]
    (KEPT / f"{fold}.json").write_text(json.dumps(rows), "utf-8")


def table() -> None:
    rows = [row for path in sorted(KEPT.glob("*.json")) for row in json.loads(path.read_text("utf-8"))]
    labels, scores = np.array([row["label"] for row in rows]), np.array([row["score"] for row in rows])
    print(f"{len(rows)} held-out lines of {len({row['origin'] for row in rows})}")
    for bound in np.arange(-0.7, 0.0, 0.05):
        print(f"  negative from {bound:+.2f}: recall {np.mean(scores[labels == NEGATIVE] <= bound):.3f}", end="")
        print(f"  neutral called negative {np.mean(scores[labels == NEUTRAL] <= bound):.3f}")
    for bound in np.arange(0.1, 0.7, 0.05):
        print(f"  positive from {bound:+.2f}: recall {np.mean(scores[labels == POSITIVE] >= bound):.3f}", end="")
        print(f"  neutral called positive {np.mean(scores[labels == NEUTRAL] >= bound):.3f}")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        train(int(name))
    if len(sys.argv) == 1:
        table()
