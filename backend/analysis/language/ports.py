"""What the language parts ask of models: the sentence encoder (`backend.infra.embedder`), and those that may take a shipped one's place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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


class Judge(Protocol):
    """A sentiment model. Scores up to the first of `thresholds` are negative, from the second on positive."""

    name: str
    thresholds: tuple[float, float]

    def __call__(self, texts: Sequence[str]) -> Sequence[float]:
        """A score −1…1 of each text, in order."""
        ...


class Encoder(Protocol):
    """A sentence encoder for topics, of any width."""

    name: str

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, one a text."""
        ...


class Writer(Protocol):
    """A model that writes summaries."""

    name: str

    def __call__(self, lines: Sequence[str]) -> Sequence[str]:
        """What it writes of a conversation, part by part. `lines` are `Agent: …` and `Customer: …`."""
        ...


@dataclass(frozen=True, slots=True)
class Replacements:
    """
    Models of the installation in the place of shipped ones, for the language of one conversation; None leaves the shipped one. `encoder`
    is for topics alone. `english` is what serves its English translation: a `judge` is none of it, as a translation loses the tone.
    """

    judge: Judge | None = None
    encoder: Encoder | None = None
    writer: Writer | None = None
    english: Replacements | None = None


SHIPPED = Replacements()
