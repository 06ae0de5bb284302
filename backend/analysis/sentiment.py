"""
The sentiment score and its line, from the values of segments.

A segment weighs its words, the consumer's twice. The line at t is the mean of all segments, each weighed also by 2^(−distance / 30 s).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from backend.analysis.constants import (
    AGENT_WEIGHT,
    CLASS_HELD_STEPS,
    CLASS_STEP_MS,
    CONSUMER_WEIGHT,
    NEGATIVE_FROM,
    POSITIVE_FROM,
    SENTIMENT_HALF_LIFE_MS,
)
from backend.analysis.engagement import half_up
from backend.analysis.tokens import count_words, has_word, is_unspaced
from backend.analysis.types import Label, Role, Segment, SegmentSentiment, Transcript


@dataclass(frozen=True, slots=True)
class Weighed:
    """A segment that counts: its place, the middle of its time, its weight and its value −1…1."""

    segment: int
    role: Role
    middle_ms: float
    weight: int
    value: float


@dataclass(frozen=True, slots=True)
class Change:
    """A class held from `ms` on; `until_ms` is the next change or the end."""

    ms: int
    until_ms: int
    before: Label
    after: Label
    segment: int


def segment_words(segment: Segment, *, unspaced: bool) -> int:
    """Words of a segment; words of no length count too."""
    if segment.words is not None and not unspaced:
        return sum(has_word(word.text) for word in segment.words)
    if segment.words is not None:
        return sum(count_words(word.text, unspaced=True) for word in segment.words)
    return count_words(segment.text or "", unspaced=unspaced)


def weigh(transcript: Transcript, sentiments: Sequence[SegmentSentiment | None]) -> list[Weighed]:
    """The segments that count, in order of their middle."""
    unspaced = is_unspaced(transcript.language)
    found = []
    for index, (segment, sentiment) in enumerate(zip(transcript.segments, sentiments, strict=True)):
        words = segment_words(segment, unspaced=unspaced)
        if segment.role != "other" and sentiment is not None and words:
            weight = words * (CONSUMER_WEIGHT if segment.role == "consumer" else AGENT_WEIGHT)
            found.append(Weighed(index, segment.role, (segment.start_ms + segment.end_ms) / 2, weight, sentiment.value))
    return sorted(found, key=lambda item: (item.middle_ms, item.segment))


def score(items: Sequence[Weighed]) -> int | None:
    """0…100, 50 is neutral; None where nothing counts."""
    total = sum(item.weight for item in items)
    return half_up(50 + 50 * sum(item.weight * item.value for item in items) / total) if total else None


def line(items: Sequence[Weighed], times_ms: Sequence[float]) -> list[float]:
    """
    The line's value at rising times. The kernel is a product of decays, so one pass forwards and one backwards give the sums
    exactly: the cost is the number of segments plus the number of times.
    """
    forward = _decayed(items, times_ms, 1)
    backward = _decayed([*reversed(items)], [*reversed(times_ms)], -1)[::-1]
    return [(fs + bs) / (fw + bw) for (fs, fw), (bs, bw) in zip(forward, backward, strict=True)]


def _decayed(items: Sequence[Weighed], times_ms: Sequence[float], direction: int) -> list[tuple[float, float]]:
    """Sums (weight × value, weight) of the items up to each time, decayed to it; forwards they include an item at the time itself."""
    sums = (0.0, 0.0)
    at: float | None = None
    found = []
    index = 0
    for time in times_ms:
        while index < len(items) and _is_before(items[index].middle_ms, time, direction):
            item = items[index]
            sums = _moved(sums, at, item.middle_ms)
            sums, at, index = (sums[0] + item.weight * item.value, sums[1] + item.weight), item.middle_ms, index + 1
        sums, at = _moved(sums, at, time), time
        found.append(sums)
    return found


def _is_before(middle_ms: float, time: float, direction: int) -> bool:
    return middle_ms <= time if direction > 0 else middle_ms > time


def _moved(sums: tuple[float, float], start: float | None, end: float) -> tuple[float, float]:
    decay = 1.0 if start is None else 2.0 ** (-abs(end - start) / SENTIMENT_HALF_LIFE_MS)
    return sums[0] * decay, sums[1] * decay


def classify(value: float) -> Label:
    if value >= POSITIVE_FROM:
        return "positive"
    return "negative" if value <= NEGATIVE_FROM else "neutral"


def changes(items: Sequence[Weighed], duration_ms: int) -> list[Change]:
    """Where a class that is held for at least 5 s differs from the last one so held; the first one is no change."""
    if not items:
        return []
    grid = [float(ms) for ms in range(0, duration_ms + 1, CLASS_STEP_MS)]
    held = _held([classify(value) for value in line(items, grid)])
    found: list[Change] = []
    for (_, before), (step, after) in pairwise(held):
        ms = step * CLASS_STEP_MS
        nearest = min(items, key=lambda item: (abs(item.middle_ms - ms), item.segment))
        found.append(Change(ms, duration_ms, before, after, nearest.segment))
    ends = [change.ms for change in found[1:]]
    return [Change(c.ms, end, c.before, c.after, c.segment) for c, end in zip(found, [*ends, duration_ms], strict=True)] if found else []


def _held(classes: list[Label]) -> list[tuple[int, Label]]:
    """First step and class of each run of at least 5 steps, runs of the same class in a row given once."""
    found: list[tuple[int, Label]] = []
    start = 0
    for step in range(1, len(classes) + 1):
        if step == len(classes) or classes[step] != classes[start]:
            if step - start >= CLASS_HELD_STEPS and (not found or found[-1][1] != classes[start]):
                found.append((start, classes[start]))
            start = step
    return found
