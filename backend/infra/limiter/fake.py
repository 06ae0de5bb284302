"""Counters in this process, for tests and tools. The window never ends."""

from __future__ import annotations

from collections import Counter


class FakeLimiter:
    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    async def take(self, key: str, *, limit: int, window_s: int) -> int | None:
        self.counts[key] += 1
        return window_s if self.counts[key] > limit else None

    async def forget(self, key: str) -> None:
        self.counts.pop(key, None)
