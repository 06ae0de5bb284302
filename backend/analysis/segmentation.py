"""
Where words stand in Chinese and Japanese, which write none apart: Jieba's and MeCab's dictionaries say it.

Words are looked for in runs of characters that follow each other without a break. A keyword must not begin or end in the middle of a word
that reaches out of it: 京都 is no part of 東京都, which is 東京 and 都. Inside of a longer word it counts, as does `card` in `card number`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from threading import Lock
from typing import Any, Protocol

from backend.analysis.normal import is_alone
from backend.analysis.spelling import simplified
from backend.analysis.tokens import base_language

Span = tuple[int, int]
_TURN = Lock()
"""MeCab keeps the sentence that it works on, and workers analyse in several threads."""


class Piece(Protocol):
    """A token in its place; `start` and `end` count characters of the segment's text."""

    @property
    def text(self) -> str: ...
    @property
    def segment(self) -> int: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Words:
    """Words of more than one token as spans of token places; `parts` are the shorter words that a dictionary sees inside of them."""

    words: tuple[Span, ...]
    parts: tuple[Span, ...]

    def fits(self, start: int, end: int) -> bool:
        """Whether no word is cut at the edges of these tokens by reaching out of them on one side."""
        if any(_crosses(word, start, end) for word in self.words):
            return False
        inside = any(first <= start and end <= after and after - first > end - start for first, after in self.words)
        return not inside or not any(first < start < after < end for first, after in self.parts)

    def whole(self, start: int, end: int) -> bool:
        """Whether words begin and end at the edges of these tokens."""
        return not any(first < edge < after for first, after in self.words for edge in (start, end))


def _crosses(word: Span, start: int, end: int) -> bool:
    first, after = word
    return first < start < after < end or start < first < end < after


def words_of(language: str, run: Sequence[Piece]) -> Words | None:
    """The words of a run of tokens; None in a language that writes its words apart."""
    cut = {"zh": _chinese, "ja": _japanese}.get(base_language(language))
    if cut is None:
        return None
    words: list[Span] = []
    parts: list[Span] = []
    for first, after in _stretches(run):
        texts = [piece.text for piece in run[first:after]]
        at = {offset: first + place for place, offset in enumerate(accumulate((len(text) for text in texts), initial=0))}
        for found, spans in zip((words, parts), cut("".join(texts)), strict=True):
            found += [(at[start], at[end]) for start, end in spans if start in at and end in at and at[end] - at[start] > 1]
    return Words(tuple(words), tuple(parts))


def _stretches(run: Sequence[Piece]) -> Iterator[Span]:
    """Runs of characters without a break between them, as token places."""
    first = 0
    for place in range(1, len(run) + 1):
        joined = place < len(run) and _follows(run[place - 1], run[place])
        if not joined:
            if place - first > 1:
                yield first, place
            first = place


def _follows(before: Piece, after: Piece) -> bool:
    near = before.segment == after.segment and before.end == after.start
    return near and is_alone(before.text) and is_alone(after.text)


def _chinese(text: str) -> tuple[list[Span], list[Span]]:
    import rjieba

    said = simplified(text)
    words = [(start, end) for _, start, end in rjieba.tokenize(said, "default", hmm=False)]
    parts = [(start, end) for _, start, end in rjieba.tokenize(said, "search", hmm=False)]
    return words, parts


def _japanese(text: str) -> tuple[list[Span], list[Span]]:
    with _TURN:
        sizes = [len(node.surface) for node in _mecab()(text)]
    edges = list(accumulate(sizes, initial=0))
    return list(pairwise(edges)), []


@lru_cache
def _mecab() -> Any:
    from fugashi import GenericTagger
    from ipadic import MECAB_ARGS

    return GenericTagger(MECAB_ARGS)
