"""What the language parts ask of the sentence encoder; `backend.infra.embedder` has the engines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from backend.analysis.language.transformer import Layer
from backend.analysis.types import Vectors


@runtime_checkable
class LayeredEmbedder(Protocol):
    """
    An encoder that can also run upper layers of ours on its own lower ones.

    The sentiment model shares the lower layers of the sentence encoder, so that a text is read once for both. A plain
    `Embed` function will do too: the sentiment then comes from the frozen head, which is a little weaker.
    """

    name: str

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), 384)."""
        ...

    def branch(self, texts: Sequence[str], upper: Sequence[Layer]) -> tuple[Vectors, Vectors]:
        """Unit vectors of the encoder, and with `upper` in place of as many of its last layers; each (len(texts), 384)."""
        ...
