"""
The sentiment score and its line, from the values of segments.

A segment weighs its words, the consumer's twice. The line at t is the mean of all segments, each weighed also by 2^(−distance / 30 s).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, log2

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


@dataclass(frozen=True, slots=True)
class Mass:
    """
    Segments taken together: their mean value, and the binary logarithm of their weight. As a logarithm it survives the decay over hours,
    where the weight itself would vanish and leave 0 ÷ 0.
    """

    log_weight: float
    mean: float

    def decayed(self, ms: float) -> Mass:
        return Mass(self.log_weight - ms / SENTIMENT_HALF_LIFE_MS, self.mean)

    def with_other(self, other: Mass) -> Mass:
        top = max(self.log_weight, other.log_weight)
        mine, its = 2.0 ** (self.log_weight - top), 2.0 ** (other.log_weight - top)
        return Mass(top + log2(mine + its), (mine * self.mean + its * other.mean) / (mine + its))


class Line:
    """
    The mean of all segments around a moment. The kernel is a product of decays, so the segments before and those after are each one
    `Mass`, carried on from segment to segment: a value costs a search, not a sum over all.
    """

    def __init__(self, items: Sequence[Weighed]) -> None:
        self.middles = [item.middle_ms for item in items]
        masses = [Mass(log2(item.weight), item.value) for item in items]
        distances = [after - before for before, after in pairwise(self.middles)]
        self._before = _carried(masses, distances)
        self._after = _carried(masses[::-1], distances[::-1])[::-1]

    def at(self, ms: float) -> float:
        """The value −1…1 at a moment."""
        after = bisect_right(self.middles, ms)
        if after == 0:
            return self._after[0].mean
        before = self._before[after - 1].decayed(ms - self.middles[after - 1])
        if after == len(self.middles):
            return before.mean
        return before.with_other(self._after[after].decayed(self.middles[after] - ms)).mean


def _carried(masses: list[Mass], distances: list[float]) -> list[Mass]:
    """For each segment, all up to it as they weigh at its middle."""
    found = masses[:1]
    for mass, distance in zip(masses[1:], distances, strict=True):
        found.append(found[-1].decayed(distance).with_other(mass))
    return found


def classify(value: float) -> Label:
    if value >= POSITIVE_FROM:
        return "positive"
    return "negative" if value <= NEGATIVE_FROM else "neutral"


def changes(items: Sequence[Weighed], duration_ms: int) -> list[Change]:
    """Where a class that is held for at least 5 s differs from the last one so held; the first one is no change."""
    if not items:
        return []
    line = Line(items)
    found = [(step * CLASS_STEP_MS, before, after) for (_, before), (step, after) in pairwise(_held(line, duration_ms // CLASS_STEP_MS))]
    ends = [*(ms for ms, _, _ in found[1:]), duration_ms]
    return [
        Change(ms, end, before, after, _nearest(items, line.middles, ms)) for (ms, before, after), end in zip(found, ends, strict=False)
    ]


def _nearest(items: Sequence[Weighed], middles: list[float], ms: int) -> int:
    """The segment whose middle is nearest; the first of equals."""
    after = bisect_left(middles, ms)
    near = [after] if after < len(items) else []
    if after:
        near.append(bisect_left(middles, middles[after - 1]))
    return min((abs(middles[place] - ms), items[place].segment) for place in near)[1]


def _held(line: Line, last: int) -> list[tuple[int, Label]]:
    """First step and class of each run of at least 5 steps, runs of the same class in a row given once."""
    starts = list(_class_starts(line, last))
    found: list[tuple[int, Label]] = []
    for (step, label), (following, _) in pairwise([*starts, (last + 1, None)]):
        if label is not None and following - step >= CLASS_HELD_STEPS and (not found or found[-1][1] != label):
            found.append((step, label))
    return found


def _class_starts(line: Line, last: int) -> Iterator[tuple[int, Label]]:
    """
    First step and class of each run on the grid of steps 0…last. Between two middles the line rises or falls throughout, so where the ends
    of a stretch are of one class, all of it is: the cost goes with the number of segments, not with the length of the recording.
    """
    edges = sorted({0, last, *(min(last, ceil(middle / CLASS_STEP_MS)) for middle in line.middles)})
    label = _class_at(line, 0)
    yield 0, label
    for low, high in pairwise(edges):
        for left, right in ((low, high - 1), (high - 1, high)):
            for step, following in _switches(line, left, right):
                label = following
                yield step, label


def _switches(line: Line, low: int, high: int) -> Iterator[tuple[int, Label]]:
    """The steps at which the class switches between two steps without a turn of the line between them."""
    before, after = _class_at(line, low), _class_at(line, high)
    if high <= low or before == after:
        return
    if high - low == 1:
        yield high, after
        return
    middle = (low + high) // 2
    yield from _switches(line, low, middle)
    yield from _switches(line, middle, high)


def _class_at(line: Line, step: int) -> Label:
    return classify(line.at(float(step * CLASS_STEP_MS)))
