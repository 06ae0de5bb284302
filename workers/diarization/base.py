"""The port: one channel of sound in, intervals by speaker out."""

from __future__ import annotations

from typing import Protocol

from workers.asr.base import Interval, Share, Sound


class Diarizer(Protocol):
    @property
    def name(self) -> str:
        """Engine and version, for what it found."""
        ...

    def available(self) -> bool:
        """Whether the engine and its models are there."""
        ...

    def diarize(self, sound: Sound, share: Share) -> dict[str, list[Interval]]:
        """`speaker-1`, `speaker-2`, … in order of their first words, each with sorted intervals."""
        ...


def by_first_word(found: dict[str, list[Interval]]) -> dict[str, list[Interval]]:
    """Any names to `speaker-1`, `speaker-2`, … in the order in which they are first heard."""
    order = sorted((name for name in found if found[name]), key=lambda name: min(found[name]))
    return {f"speaker-{index}": sorted(found[name]) for index, name in enumerate(order, start=1)}
