"""
The words of a role as one stream of tokens, cut where an utterance ends: a match may cross segments inside one utterance, and nothing else.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

from backend.analysis.constants import UTTERANCE_PAUSE_MS
from backend.analysis.normal import Token, tokenize
from backend.analysis.types import Role, Segment, Transcript, Word
from backend.analysis.utterances import Speech


class Placed(NamedTuple):
    """A token of a segment. `word` has its time; None where words have no times. A named tuple, as tokens are."""

    text: str
    segment: int
    start: int
    end: int
    word: Word | None


Streams = list[list[Placed]]


def streams(transcript: Transcript, speech: Speech, role: Role) -> Streams:
    """The role's utterances, each as its tokens in order."""
    utterance_at = _locator(speech, role)
    found: Streams = []
    last: int | None = None
    for index, segment in enumerate(transcript.segments):
        if segment.role != role or not segment.text:
            continue
        tokens = tokenize(segment.text)
        words = _words_of(tokens, segment)
        for position, token in enumerate(tokens):
            word = words[position] if words else None
            utterance = utterance_at(word.start_ms if word else segment.start_ms)
            if utterance != last:
                found.append([])
                last = utterance
            found[-1].append(Placed(token.text, index, token.start, token.end, word))
    return found


def _locator(speech: Speech, role: Role) -> Callable[[int], int]:
    """
    Tells moments apart that belong to different utterances. Words of no length that stand away from every utterance belong to the pause
    after it, numbered below zero.
    """
    starts = [utterance.start_ms for utterance in speech.utterances[role]]
    ends = [utterance.end_ms for utterance in speech.utterances[role]]

    def locate(ms: int) -> int:
        index = bisect_right(starts, ms) - 1
        return index if index >= 0 and ms <= ends[index] + UTTERANCE_PAUSE_MS else -2 - index

    return locate


def _words_of(tokens: list[Token], segment: Segment) -> list[Word] | None:
    """The timed word of each token; None where words have no times, or do not say what the text says."""
    if segment.words is None:
        return None
    return _by_place(tokens, segment.text or "", segment.words) or _by_token(tokens, segment.words)


def _by_place(tokens: list[Token], text: str, words: tuple[Word, ...]) -> list[Word] | None:
    """Where the words stand in the text as they are spelt, in order: the common case, and quick."""
    found: list[Word] = []
    at = 0
    for word in words:
        piece = word.text.strip()
        start = text.find(piece, at)
        if start < 0:
            return None
        at = start + len(piece)
        while len(found) < len(tokens) and tokens[len(found)].start < at:
            if tokens[len(found)].start < start:
                return None
            found.append(word)
    return found if len(found) == len(tokens) else None


def _by_token(tokens: list[Token], words: tuple[Word, ...]) -> list[Word] | None:
    """Where the text is spelt otherwise (capitals, punctuation) but holds the same tokens."""
    spelt = [(token.text, word) for word in words for token in tokenize(word.text)]
    return [word for _, word in spelt] if [text for text, _ in spelt] == [token.text for token in tokens] else None
