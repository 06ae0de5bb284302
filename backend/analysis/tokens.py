"""Words: what counts as one, and how many a text holds."""

from __future__ import annotations

import re

UNSPACED = frozenset({"zh", "ja"})
_LEXICAL = re.compile(r"[^\W_]")
"""A letter or a digit, of any script."""


def base_language(language: str) -> str:
    """`en-GB` → `en`."""
    return language.replace("_", "-").split("-")[0].lower()


def is_unspaced(language: str) -> bool:
    """Whether the language writes no spaces between words, so that characters are counted instead."""
    return base_language(language) in UNSPACED


def has_word(text: str) -> bool:
    return _LEXICAL.search(text) is not None


def count_words(text: str, *, unspaced: bool) -> int:
    """Words of a text: pieces between white space that hold a letter or digit; in Chinese and Japanese each letter or digit."""
    if unspaced:
        return len(_LEXICAL.findall(text))
    return sum(has_word(piece) for piece in text.split())
