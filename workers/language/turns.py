"""Large models compute one at a time: an engine that holds its turn meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from backend.analysis.tokens import base_language
from workers.language.base import Translator


class TranslationEngine:
    """A translator for one language, as the analysis calls it."""

    def __init__(self, translator: Translator, turn: Lock, language: str) -> None:
        self._translator, self._turn, self._language = translator, turn, language
        self.name = translator.name(language)

    def __call__(self, texts: Sequence[str]) -> Sequence[str]:
        with self._turn:
            return self._translator.translate(texts, self._language)


def translation_engine(translator: Translator | None, turn: Lock, language: str) -> TranslationEngine | None:
    """None where no model translates the language into English."""
    base = base_language(language)
    return TranslationEngine(translator, turn, base) if translator and base in translator.languages() else None
