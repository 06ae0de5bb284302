"""The port: texts of one language into English."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Translator(Protocol):
    def languages(self) -> frozenset[str]:
        """The languages for which a model is installed, as primary subtags."""
        ...

    def name(self, language: str) -> str:
        """Model and version, for what it translated."""
        ...

    def translate(self, texts: Sequence[str], language: str) -> list[str]:
        """Each text in English, in order."""
        ...
