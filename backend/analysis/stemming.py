"""Stemmers of the languages that have one; the rest say why inflections cannot be matched."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import Any

import snowballstemmer

from backend.analysis.tokens import base_language

_ALGORITHMS = {
    "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish", "fr": "french", "hi": "hindi", "it": "italian",
    "nl": "dutch", "pl": "polish", "pt": "portuguese", "ru": "russian", "sv": "swedish",
}  # fmt: skip

_turn = threading.Lock()


def has_stemmer(language: str) -> bool:
    return base_language(language) in _ALGORITHMS


def why_no_stemmer(language: str) -> str:
    name = base_language(language)
    return f"inflections are not matched in {name!r}: there is no stemmer for this language, so those keywords match as written"


def stem(language: str, word: str) -> str:
    """The stem of a folded word. Raises KeyError for a language without a stemmer."""
    return _stem(_ALGORITHMS[base_language(language)], word)


@lru_cache(maxsize=200_000)
def _stem(algorithm: str, word: str) -> str:
    # A stemmer keeps the word that it works on, and workers analyse in several threads.
    with _turn:
        return str(_stemmer(algorithm).stemWord(word))


@lru_cache
def _stemmer(algorithm: str) -> Any:
    return snowballstemmer.stemmer(algorithm)
