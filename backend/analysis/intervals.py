"""Sets of half-open intervals [start, end) of milliseconds, as sorted lists of disjoint pairs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise

Interval = tuple[int, int]


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """Overlapping and touching intervals become one; empty ones vanish."""
    merged: list[Interval] = []
    for start, end in sorted(pair for pair in intervals if pair[1] > pair[0]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def intersection(first: list[Interval], second: list[Interval]) -> list[Interval]:
    """What lies in both of two disjoint sorted lists."""
    found: list[Interval] = []
    i = j = 0
    while i < len(first) and j < len(second):
        start, end = max(first[i][0], second[j][0]), min(first[i][1], second[j][1])
        if start < end:
            found.append((start, end))
        if first[i][1] <= second[j][1]:
            i += 1
        else:
            j += 1
    return found


def gaps(intervals: list[Interval]) -> list[Interval]:
    """What lies between the members of a disjoint sorted list."""
    return [(before[1], after[0]) for before, after in pairwise(intervals)]


def total(intervals: Iterable[Interval]) -> int:
    return sum(end - start for start, end in intervals)


def overlap(interval: Interval, others: list[Interval]) -> int:
    """How much of an interval a disjoint sorted list covers; 0 where the interval ends before it starts."""
    start, end = interval
    if end <= start:
        return 0
    first = bisect_right(others, start, key=lambda other: other[1])
    last = bisect_left(others, end, key=lambda other: other[0])
    return sum(min(end, after) - max(start, before) for before, after in others[first:last])
