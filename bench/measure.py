"""
What a figure is, and how it is measured: CPU seconds, which other work on the machine disturbs less than it does the clock.

The two sides of a comparison take turns, so that a busy minute hits both, and the least of several runs counts.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

Meter = Callable[[], float]
"""CPU seconds used so far."""


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` and `other` (the baseline's) are in `unit`: ms and MB are a cost, everything else is a rate."""

    what: str
    value: float
    unit: str
    baseline: str
    other: float

    @property
    def ratio(self) -> float:
        """How many times as good as the baseline; below 1 it is worse."""
        return self.other / self.value if self.unit in ("ms", "MB") else self.value / self.other


class Mismatch(Exception):
    """The two sides of a comparison did not find the same: their times say nothing."""


def same(what: str, ours: Any, theirs: Any) -> None:
    """Raises Mismatch unless both sides found the same."""
    if ours != theirs:
        raise Mismatch(f"{what}: {str(ours)[:300]} against {str(theirs)[:300]}")


def compare(*sides: Callable[[], object], repeat: int = 3) -> tuple[float, ...]:
    """CPU seconds of each."""
    found = [[cpu_of(side) for side in sides] for _ in range(repeat)]
    return tuple(map(min, zip(*found, strict=True)))


def cpu_of(work: Callable[[], object]) -> float:
    """CPU seconds of one run, all threads."""
    start = time.process_time()
    work()
    return time.process_time() - start


async def compare_async(*sides: Callable[[], Awaitable[object]], meter: Meter = time.process_time, repeat: int = 5) -> tuple[float, ...]:
    """The same for coroutines. A server's CPU seconds count where `meter` knows them."""
    found = [[await _cpu(side, meter) for side in sides] for _ in range(repeat)]
    return tuple(map(min, zip(*found, strict=True)))


async def _cpu(work: Callable[[], Awaitable[object]], meter: Meter) -> float:
    start = meter()
    await work()
    return meter() - start


def cost(what: str, baseline: str, seconds: tuple[float, ...]) -> Figure:
    """A figure in milliseconds."""
    return Figure(what, seconds[0] * 1000, "ms", baseline, seconds[1] * 1000)


def rate(what: str, amount: float, unit: str, baseline: str, seconds: tuple[float, ...]) -> Figure:
    """A figure in so much a second of CPU."""
    return Figure(what, amount / seconds[0], unit, baseline, amount / seconds[1])
