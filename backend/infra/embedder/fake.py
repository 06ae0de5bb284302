"""Vectors from hashed words, for tests of other parts: equal texts are equal, texts that share words are near."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from backend.analysis.language.transformer import Array, Layer, unit
from backend.infra.embedder.base import DIMENSIONS


class FakeEmbedder:
    """`calls` holds what was asked, so that a test can see batches."""

    name = "fake"

    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def __call__(self, texts: Sequence[str]) -> Array:
        self.calls.append(list(texts))
        return unit(np.array([_bag(text) for text in texts], dtype=np.float32).reshape(len(texts), DIMENSIONS))

    def branch(self, texts: Sequence[str], upper: Sequence[Layer]) -> tuple[Array, Array]:
        vectors = self(texts)
        return vectors, vectors


def _bag(text: str) -> Array:
    total = np.zeros(DIMENSIONS, dtype=np.float32)
    for word in re.findall(r"\w+", text.casefold()) or [text]:
        seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
        total += np.random.default_rng(seed).standard_normal(DIMENSIONS).astype(np.float32)
    return total
