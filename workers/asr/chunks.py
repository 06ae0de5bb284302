"""
Long sound in pieces that a model can take, cut where nobody speaks. Pure.

A chunk's start is a whole millisecond, which at 16 kHz is a whole number of samples, so a word's time in the chunk plus the chunk's
start is its time in the call, exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from workers.asr.base import RATE, Interval, Sound, Wave

LONGEST_MS = 24_000
PAD_MS = 200
"""Kept around speech: the first and last sounds of a word are quiet."""
JOIN_MS = 700
"""Stretches that are closer than this are heard together: a model needs what comes before."""


def plan(speech: Sequence[Interval], total_ms: int) -> list[Interval]:
    """Chunks that cover all speech, each at most LONGEST_MS, none overlapping another."""
    padded = [(max(0, start - PAD_MS), min(total_ms, end + PAD_MS)) for start, end in sorted(speech) if end > start]
    chunks: list[Interval] = []
    for start, end in padded:
        begin = max(start, chunks[-1][1]) if chunks else start
        if chunks and begin - chunks[-1][1] <= JOIN_MS - 2 * PAD_MS and end - chunks[-1][0] <= LONGEST_MS:
            chunks[-1] = (chunks[-1][0], max(end, chunks[-1][1]))
        elif end > begin:
            chunks += _split(begin, end)
    return chunks


def _split(start: int, end: int) -> list[Interval]:
    """Equal pieces of speech that pauses nowhere: the only case in which a word may be cut."""
    count = -(-(end - start) // LONGEST_MS)
    edges = [start + (end - start) * index // count for index in range(count + 1)]
    return list(pairwise(edges))


def cut(sound: Sound, chunk: Interval) -> Wave:
    start, end = (ms * RATE // 1000 for ms in chunk)
    return sound[start:end]
