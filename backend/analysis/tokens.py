"""Words: what counts as one, and how many a text holds."""

from __future__ import annotations

import unicodedata

UNSPACED = frozenset({"zh", "ja"})


def base_language(language: str) -> str:
    """`en-GB` → `en`."""
    return language.replace("_", "-").split("-")[0].lower()


def is_unspaced(language: str) -> bool:
    """Whether the language writes no spaces between words, so that characters are counted instead."""
    return base_language(language) in UNSPACED


def is_lexical(character: str) -> bool:
    """A letter or a digit, of any script."""
    return unicodedata.category(character)[0] in "LN"


def has_word(text: str) -> bool:
    return any(is_lexical(character) for character in text)


def count_words(text: str, *, unspaced: bool) -> int:
    """Words of a text: pieces between white space that hold a letter or digit; in Chinese and Japanese each letter or digit."""
    if unspaced:
        return sum(is_lexical(character) for character in text)
    return sum(has_word(piece) for piece in text.split())
