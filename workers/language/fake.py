"""A translator for tests: a dictionary of whole sentences; others come back as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class FakeTranslator:
    def __init__(self, language: str, known: Mapping[str, str]) -> None:
        self._language = language
        self._known = dict(known)

    def languages(self) -> frozenset[str]:
        return frozenset({self._language})

    def name(self, language: str) -> str:
        return "fake 1"

    def translate(self, texts: Sequence[str], language: str) -> list[str]:
        return [self._known.get(text, text) for text in texts]
