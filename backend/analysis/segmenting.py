"""Segments of our own, from the words of a recogniser: one an utterance, split at sentence ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from backend.analysis.abbreviations import ends_in_abbreviation
from backend.analysis.tokens import is_unspaced
from backend.analysis.types import Role, Segment, Word
from backend.analysis.utterances import Pieces

_SENTENCE_END = re.compile(r"[.!?…。！？｡।॥][\"'”’»)\]」』）]*$")


def segments_of(spoken: Mapping[str, Sequence[Word]], language: str, roles: Mapping[str, Role] | None = None) -> list[Segment]:
    """
    Each speaker's words, in order of time, as segments sorted by start and end. A pause ends a segment as it ends an utterance: where
    it is long, or where another speaker begins and ends a word in it. Speakers without a role are `other`.
    """
    joint = "" if is_unspaced(language) else " "
    found = []
    for speaker, words in spoken.items():
        spans = sorted((w.start_ms, w.end_ms) for name in spoken if name != speaker for w in spoken[name] if w.end_ms > w.start_ms)
        role = (roles or {}).get(speaker, "other")
        for run in _runs(words, Pieces(spans), language):
            text = joint.join(word.text for word in run)
            found.append(Segment(speaker, role, run[0].start_ms, max(word.end_ms for word in run), text, tuple(run)))
    return sorted(found, key=lambda segment: (segment.start_ms, segment.end_ms))


def _runs(words: Sequence[Word], others: Pieces, language: str) -> Iterator[list[Word]]:
    run: list[Word] = []
    end = 0
    for word in words:
        if run and (ends_sentence(run[-1].text, language, word.text) or others.end_utterance(end, word.start_ms)):
            yield run
            run = []
        end = max(end, word.end_ms) if run else word.end_ms
        run.append(word)
    if run:
        yield run


def ends_sentence(word: str, language: str = "en", following: str = "") -> bool:
    """Whether a sentence ends with this word. Titles, initials and the like carry a full stop and end none."""
    return _SENTENCE_END.search(word) is not None and not ends_in_abbreviation(word, language, following)
