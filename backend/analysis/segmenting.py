"""
Transcripts of our own: from the words of a recogniser, or from speech activity alone.

Segments are one an utterance, split at sentence ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backend.analysis.constants import UTTERANCE_PAUSE_MS
from backend.analysis.types import Engine, Hold, Role, Segment, Speaker, Transcript, Word

_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", "।")


def segments_of(speaker: Speaker, words: Sequence[Word], *, spaced: bool = True) -> list[Segment]:
    """A speaker's words, in order, as segments: cut at pauses of more than 1,000 ms and after sentence ends."""
    runs: list[list[Word]] = []
    for word in words:
        if runs and word.start_ms - runs[-1][-1].end_ms <= UTTERANCE_PAUSE_MS and not runs[-1][-1].text.endswith(_SENTENCE_ENDS):
            runs[-1].append(word)
        else:
            runs.append([word])
    joint = " " if spaced else ""
    return [
        Segment(speaker.id, speaker.role, run[0].start_ms, max(w.end_ms for w in run), joint.join(w.text for w in run), tuple(run))
        for run in runs
    ]


def from_words(
    words: Mapping[Speaker, Sequence[Word]],
    *,
    language: str,
    duration_ms: int,
    engine: Engine,
    holds: tuple[Hold, ...] = (),
    spaced: bool = True,
) -> Transcript:
    """A transcript from each speaker's recognised words."""
    segments = [segment for speaker, spoken in words.items() for segment in segments_of(speaker, spoken, spaced=spaced)]
    segments.sort(key=lambda segment: (segment.start_ms, segment.end_ms))
    end = max((duration_ms, *(segment.end_ms for segment in segments)))
    return Transcript(language, end, tuple(words), tuple(segments), holds, engine)


def from_activity(
    intervals: Mapping[str, Sequence[tuple[int, int]]],
    roles: Mapping[str, Role],
    *,
    language: str,
    duration_ms: int,
    engine: Engine,
    holds: tuple[Hold, ...] = (),
) -> Transcript:
    """A transcript without words: a segment for each interval in which a speaker makes sound."""
    speakers = tuple(Speaker(name, roles[name]) for name in intervals)
    segments = [Segment(name, roles[name], start, end, None) for name, spans in intervals.items() for start, end in spans]
    segments.sort(key=lambda segment: (segment.start_ms, segment.end_ms))
    return Transcript(language, duration_ms, speakers, tuple(segments), holds, engine)
