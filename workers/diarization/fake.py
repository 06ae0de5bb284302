"""A diariser for tests: speakers alternate every so many milliseconds."""

from __future__ import annotations

from itertools import pairwise

from workers.asr.base import RATE, Interval, Share, Sound


class FakeDiarizer:
    name = "fake"

    def __init__(self, every_ms: int = 2_000) -> None:
        self._every_ms = every_ms

    def available(self) -> bool:
        return True

    def diarize(self, sound: Sound, share: Share) -> dict[str, list[Interval]]:
        total = len(sound) * 1000 // RATE
        edges = [*range(0, total, self._every_ms), total]
        pieces = list(pairwise(edges))
        share(1.0)
        return {f"speaker-{index + 1}": pieces[index::2] for index in range(2) if pieces[index::2]}
