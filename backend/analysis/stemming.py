"""Stemmers of the languages that have one; the rest say why inflections cannot be matched."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import snowballstemmer

from backend.analysis.tokens import base_language

_ALGORITHMS = {
    "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish", "fr": "french", "hi": "hindi", "it": "italian",
    "nl": "dutch", "pl": "polish", "pt": "portuguese", "ru": "russian", "sv": "swedish",
}  # fmt: skip

_REMEMBERED = 200_000


def has_stemmer(language: str) -> bool:
    return base_language(language) in _ALGORITHMS


def why_no_stemmer(language: str) -> str:
    name = base_language(language)
    return f"inflections are not matched in {name!r}: there is no stemmer for this language, so those keywords match as written"


def stem(language: str, words: Iterable[str]) -> list[str]:
    """The stems of folded words. Raises KeyError for a language without a stemmer."""
    stems = _stems(_ALGORITHMS[base_language(language)])
    return [stems[word] for word in words]


class _Stems(dict[str, str]):
    """Stems that were asked for before: conversations repeat their words. Emptied when it has grown large."""

    def __init__(self, algorithm: str) -> None:
        super().__init__()
        self._turn = threading.Lock()
        self._stemmer: Any = snowballstemmer.stemmer(algorithm)

    def __missing__(self, word: str) -> str:
        # A stemmer keeps the word that it works on, and workers analyse in several threads.
        with self._turn:
            found = str(self._stemmer.stemWord(word))
            if len(self) >= _REMEMBERED:
                self.clear()
            self[word] = found
        return found


@lru_cache
def _stems(algorithm: str) -> _Stems:
    return _Stems(algorithm)
