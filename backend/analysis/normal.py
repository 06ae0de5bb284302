"""
Text as a run of tokens for matching: NFKC, case folded, apostrophes unified, punctuation and hyphens as breaks.

In Chinese and Japanese script each character is a token, so that words are found where no spaces stand. Most texts are normal already
and keep their length when folded: one regular expression reads those. The rest are read character by character, with the same outcome.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

_UNIFIED = str.maketrans(dict.fromkeys("’‘‛ʼʻ＇`´′", "'"))
_ASCII = re.compile(r"[a-z0-9](?:[a-z0-9']*[a-z0-9])?")
_ALONE = (
    "\u3005\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U0001b000-\U0001b16f\U00020000-\U000323af"
)
"""Characters of the scripts without spaces: kana and Chinese characters."""
_LAST = "\uffff"
"""Characters beyond are rare, and read slowly."""
_IS_ALONE = re.compile(f"[{_ALONE}]")


class Token(NamedTuple):
    """`start` and `end` count code points of the text it came from. A named tuple: tokens are made by the ten thousand."""

    text: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """The tokens of a text, with their places in it."""
    unified = text.translate(_UNIFIED)
    if unified.isascii():
        return [Token(match.group(), match.start(), match.end()) for match in _ASCII.finditer(unified.lower())]
    folded = unified.casefold()
    if len(folded) == len(text) and max(folded) <= _LAST and _is_normal(unified) and _is_normal(folded):
        return [Token(match.group(), match.start(), match.end()) for match in _pattern().finditer(folded)]
    return tokenize_slowly(unified)


def is_alone(token: str) -> bool:
    """Whether a token is a character of a script without spaces."""
    return _IS_ALONE.match(token) is not None


def _is_normal(text: str) -> bool:
    return unicodedata.is_normalized("NFKC", text)


@lru_cache
def _pattern() -> re.Pattern[str]:
    """A character of a script without spaces; or a letter or digit, and on to the last letter, digit or mark before something else."""
    marks = "".join(_ranges([code for code in range(ord(_LAST) + 1) if unicodedata.category(chr(code))[0] == "M"]))
    letter = rf"[^\W_{_ALONE}]"
    return re.compile(rf"[{_ALONE}][{marks}]*|{letter}(?:(?:{letter}|['{marks}])*(?:{letter}|[{marks}]))?")


def _ranges(codes: list[int]) -> Iterator[str]:
    for _, run in groupby(enumerate(codes), key=lambda pair: pair[1] - pair[0]):
        members = [code for _, code in run]
        yield f"{chr(members[0])}-{chr(members[-1])}"


def tokenize_slowly(text: str) -> list[Token]:
    """The same for any text: what folding makes of a character stands where the character stood."""
    tokens: list[Token] = []
    held: list[str] = []
    start = end = 0
    for character, at, after in _folded(text):
        is_alone = _IS_ALONE.match(character) is not None
        if is_alone or _is_letter(character):
            if is_alone or (held and _IS_ALONE.match(held[0])):
                _close(tokens, held, start, end)
            start, end = (start if held else at), after
            held.append(character)
        elif held and _is_mark(character):
            end = after
            held.append(character)
        elif held and character == "'" and not _IS_ALONE.match(held[0]):
            held.append(character)
        else:
            _close(tokens, held, start, end)
    _close(tokens, held, start, end)
    return tokens


def _close(tokens: list[Token], held: list[str], start: int, end: int) -> None:
    """Ends the open token; an apostrophe at its end is a quotation mark."""
    if held:
        tokens.append(Token("".join(held).rstrip("'"), start, end))
        held.clear()


def _folded(text: str) -> Iterator[tuple[str, int, int]]:
    """The characters of the folded text, each with the place of what it came from: a character with its combining marks."""
    index = 0
    while index < len(text):
        after = index + 1
        while after < len(text) and _joins(text[after]):
            after += 1
        for character in _fold(text[index:after]):
            yield character, index, after
        index = after


@lru_cache(maxsize=8192)
def _joins(character: str) -> bool:
    """Whether a character is one with the one before it: marks, half-width voicing marks, vowels and finals of Hangul."""
    return _is_mark(character) or character in "ﾞﾟ" or "\u1160" <= character <= "\u11ff"


@lru_cache(maxsize=8192)
def _fold(cluster: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster).casefold()).translate(_UNIFIED)


@lru_cache(maxsize=8192)
def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"


@lru_cache(maxsize=8192)
def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"
