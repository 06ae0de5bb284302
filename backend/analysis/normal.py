"""
Text as a run of tokens for matching: NFKC, case folded, apostrophes unified, punctuation and hyphens as breaks.

In Chinese and Japanese script each character is a token, so that words are found where no spaces stand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_APOSTROPHES = frozenset("'’‘ʼ＇`´")
_ASCII = re.compile(r"[a-z0-9](?:[a-z0-9']*[a-z0-9])?")
"""What the general rule comes to where a text is ASCII, as most English ones are: a run of letters, digits and inner apostrophes."""
_SCRIPTS = ("CJK UNIFIED", "CJK COMPATIBILITY IDEOGRAPH", "HIRAGANA", "KATAKANA", "HALFWIDTH KATAKANA", "IDEOGRAPHIC ITERATION")


@dataclass(frozen=True, slots=True)
class Token:
    """`start` and `end` count code points of the text it came from."""

    text: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """The tokens of a text, with their places in it."""
    if text.isascii():
        plain = text.lower().replace("`", "'")
        return [Token(match.group(), match.start(), match.end()) for match in _ASCII.finditer(plain)]
    tokens: list[Token] = []
    pieces: list[str] = []
    start = end = 0
    for piece, at, after in _clusters(text):
        if not _is_part(piece):
            _close(tokens, pieces, start, end)
            continue
        if _is_alone(piece):
            _close(tokens, pieces, start, end)
            tokens += [Token(character, at, after) for character in piece if _is_part(character)]
            continue
        if not pieces:
            start = at
        pieces.append(piece)
        end = after
    _close(tokens, pieces, start, end)
    return tokens


def _close(tokens: list[Token], pieces: list[str], start: int, end: int) -> None:
    """Ends the open token; apostrophes at its edges are quotation marks."""
    joined = "".join(pieces)
    stripped = joined.strip("'")
    if stripped:
        left = len(joined) - len(joined.lstrip("'"))
        right = len(joined) - len(joined.rstrip("'"))
        tokens.append(Token(stripped, start + left, end - right))
    pieces.clear()


def _clusters(text: str) -> Iterator[tuple[str, int, int]]:
    """Characters with their combining marks, normalised, and where they stand."""
    index = 0
    while index < len(text):
        after = index + 1
        while after < len(text) and _joins(text[after]):
            after += 1
        yield _fold(text[index:after]), index, after
        index = after


def _joins(character: str) -> bool:
    """Whether a character is one with the one before it: marks, half-width voicing marks, vowels and finals of Hangul."""
    return unicodedata.category(character)[0] == "M" or character in "ﾞﾟ" or "\u1160" <= character <= "\u11ff"


@lru_cache(maxsize=8192)
def _fold(cluster: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster).casefold())
    return "".join("'" if character in _APOSTROPHES else character for character in folded)


@lru_cache(maxsize=8192)
def _is_part(piece: str) -> bool:
    """Whether a piece belongs to a token: it holds a letter, a digit, a mark or an apostrophe."""
    return any(character == "'" or unicodedata.category(character)[0] in "LNM" for character in piece)


@lru_cache(maxsize=8192)
def _is_alone(piece: str) -> bool:
    """Whether a piece is a token by itself: a character of a script without spaces."""
    return any(unicodedata.name(character, "").startswith(_SCRIPTS) for character in piece)
