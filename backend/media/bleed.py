"""
What one channel of a call hears of the other: the echo of a loudspeaker or of the line, which is nobody's speech there.

The rule. While one side speaks, the level of the other channel follows that side's level some time later if it hears it, and does
not if somebody talks there. So a channel hears the other where, over the frames in which the other side speaks and is the louder one
(there must be enough of them), the levels correlate at a delay of up to half a second. Then the median difference of the two is the
strength of the echo, and a frame counts as speech only if it is clearly louder than the echo would be. A soft voice on a clean line is
left alone, however loud the other one is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Frames = NDArray[np.float32]
"""A value for each 32 ms: a chance of speech, 0…1, or a level in dB."""

SPEAKS_FROM = 0.5
FEWEST_FRAMES = 60
LONGEST_DELAY = 16
LEAST_SHARE = 0.15
LEAST_CORRELATION = 0.35
MARGIN_DB = 6.0
SPREAD = 2
"""Frames before and after in which the other side may have been louder: rooms smear, and delays are no whole frames."""


@dataclass(frozen=True, slots=True)
class Echo:
    """`delay` in frames, `gain_db` below zero where the echo is weaker than the voice."""

    delay: int
    gain_db: float


def find_echo(heard: Frames, other: Frames, other_chance: Frames) -> Echo | None:
    """How strongly and how late a channel (levels `heard`) has the voice of the other one; None where it does not."""
    voiced = other_chance[: len(heard) - LONGEST_DELAY] >= SPEAKS_FROM
    speaking = np.flatnonzero(voiced & (other >= heard + MARGIN_DB)[: len(voiced)])
    if len(speaking) < max(FEWEST_FRAMES, LEAST_SHARE * np.count_nonzero(voiced)):
        return None
    found = max((_correlation(other[speaking], heard[speaking + delay]), -delay) for delay in range(LONGEST_DELAY + 1))
    if found[0] < LEAST_CORRELATION:
        return None
    delay = -found[1]
    loud = speaking[other[speaking] >= np.median(other[speaking])]
    return Echo(delay, float(np.median(heard[loud + delay] - other[loud])))


def without_echo(chance: Frames, heard: Frames, other: Frames, echo: Echo) -> Frames:
    """The chances of speech, 0 where what is heard is no louder than the echo."""
    return np.where(heard < _expected(other, echo) + MARGIN_DB, np.float32(0), chance)


def _expected(other: Frames, echo: Echo) -> Frames:
    """The level of the echo in each frame."""
    padded = np.pad(other, (echo.delay + SPREAD, SPREAD), mode="edge")
    around = np.lib.stride_tricks.sliding_window_view(padded, 2 * SPREAD + 1)[: len(other)]
    loudest: Frames = around.max(axis=1) + np.float32(echo.gain_db)
    return loudest


def _correlation(one: Frames, other: Frames) -> float:
    """Pearson's; 0 where one of them does not change."""
    first, second = one - one.mean(), other - other.mean()
    size = float(np.sqrt((first**2).sum() * (second**2).sum()))
    return float((first * second).sum()) / size if size > 1e-6 else 0.0
