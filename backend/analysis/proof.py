"""What the evidence of a figure is made of, and how its numbers are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from backend.analysis.figures import MS_PER_MIN
from backend.analysis.types import Role, Transcript
from backend.analysis.utterances import Speech

Document = dict[str, Any]
MOST_ITEMS = 40
"""Passages shown of a figure that sums over the whole conversation; what is a list itself is shown whole."""


@dataclass(frozen=True, slots=True)
class Item:
    """
    One passage. `contribution` is its share of the figure, −1…1, where that has a meaning; `name` is the indicator or topic that it is of;
    `turn` is its place among the conversation's turns and backchannels in order of start.
    """

    start_ms: int
    end_ms: int
    value: str
    role: Role | None = None
    segment: int | None = None
    quote: str | None = None
    contribution: float | None = None
    name: str | None = None
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Factor:
    """A part that a score is put together from: its own value, its share of the whole, and the points that it gave."""

    name: str
    value: float
    weight: float
    points: float
    note: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a figure's maker gives."""

    computation: str
    items: list[Item]
    factors: tuple[Factor, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A conversation and its analysis, from which evidence is made."""

    transcript: Transcript
    speech: Speech
    analysis: Document


Maker = Callable[[Case], Found]


def seconds(ms: float) -> str:
    """`8.2 s`, or `1 min 12 s` from a minute on."""
    if ms < 59_950:
        return f"{ms / 1000:.1f} s"
    whole, rest = divmod(round(ms / 1000), 60)
    return f"{whole} min {rest} s"


def minutes(ms: float) -> str:
    return f"{ms / MS_PER_MIN:.2f} min"


def counted(number: int, noun: str) -> str:
    """`1 answer`, `2 answers`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def signed(value: float) -> str:
    """With a sign, and a true minus."""
    return f"{value:+.2f}".replace("-", "−")
