"""The ports: texts of one language into English, and models in the place of those that ship."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Protocol

from backend.analysis.language.ports import Replacements


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


class LanguageModels(Protocol):
    def instead(self, language: str, turn: Lock) -> Replacements:
        """The models for conversations of a language (a primary subtag). They hold `turn` while they compute."""
        ...
