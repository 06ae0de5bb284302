"""
The words of a role as one stream of tokens, cut where an utterance ends: a match may cross segments inside one utterance, and nothing else.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from backend.analysis.normal import Token, tokenize
from backend.analysis.types import Role, Segment, Transcript, Word
from backend.analysis.utterances import Speech


@dataclass(frozen=True, slots=True)
class Placed:
    """A token of a segment. `word` has its time; None where words have no times."""

    text: str
    segment: int
    start: int
    end: int
    word: Word | None


def streams(transcript: Transcript, speech: Speech, role: Role) -> list[list[Placed]]:
    """The role's utterances, each as its tokens in order."""
    starts = [utterance.start_ms for utterance in speech.utterances[role]]
    found: list[list[Placed]] = []
    last: int | None = None
    for index, segment in enumerate(transcript.segments):
        if segment.role != role or not segment.text:
            continue
        for placed, ms in _placed(index, segment):
            utterance = bisect_right(starts, ms) - 1
            if utterance != last or not found:
                found.append([])
                last = utterance
            found[-1].append(placed)
    return found


def _placed(index: int, segment: Segment) -> list[tuple[Placed, int]]:
    """The segment's tokens, each with the moment that says to which utterance it belongs."""
    text = segment.text or ""
    tokens = tokenize(text)
    words = None if segment.words is None else _words_of(tokens, text, segment.words)
    if words is None:
        return [(Placed(token.text, index, token.start, token.end, None), segment.start_ms) for token in tokens]
    return [(Placed(token.text, index, token.start, token.end, word), word.start_ms) for token, word in zip(tokens, words, strict=True)]


def _words_of(tokens: list[Token], text: str, words: tuple[Word, ...]) -> list[Word] | None:
    """The timed word of each token; None where words and text do not go together."""
    spans = word_spans(text, words)
    if spans is None:
        return None
    ends = [end for _, end in spans]
    found: list[Word] = []
    for token in tokens:
        position = bisect_right(ends, token.start)
        if position >= len(words) or spans[position][0] > token.start:
            return None
        found.append(words[position])
    return found


def word_spans(text: str, words: tuple[Word, ...]) -> list[tuple[int, int]] | None:
    """Code-point bounds of each word in its segment's text, found from left to right; None where one is not there."""
    spans: list[tuple[int, int]] = []
    at = 0
    for word in words:
        piece = word.text.strip()
        start = text.find(piece, at)
        if start < 0:
            return None
        at = start + len(piece)
        spans.append((start, at))
    return spans
