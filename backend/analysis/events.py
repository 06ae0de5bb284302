"""Speech events: silences and crosstalks strictly longer than the account's thresholds, and holds."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from backend.analysis.constants import LARGEST_MS
from backend.analysis.figures import hold_intervals
from backend.analysis.intervals import Interval, gaps, intersection, union
from backend.analysis.types import Hold, Role, Settings
from backend.analysis.utterances import Speech

EventType = Literal["silence", "crosstalk", "hold"]


@dataclass(frozen=True, slots=True)
class SpeechEvent:
    """`role` says who started later in a crosstalk; None otherwise."""

    type: EventType
    start_ms: int
    end_ms: int
    role: Role | None = None


def find_events(speech: Speech, holds: tuple[Hold, ...], settings: Settings) -> list[SpeechEvent]:
    """All events, sorted by start, end, type."""
    found = [SpeechEvent("hold", hold.start_ms, hold.end_ms) for hold in holds]
    if settings.silence_ms is not None:
        found += [SpeechEvent("silence", start, end) for start, end in silences(speech, holds) if end - start > settings.silence_ms]
    if settings.crosstalk_ms is not None:
        found += [event for event in crosstalks(speech) if event.end_ms - event.start_ms > settings.crosstalk_ms]
    return sorted(found, key=lambda event: (event.start_ms, event.end_ms, event.type))


def silences(speech: Speech, holds: tuple[Hold, ...]) -> list[Interval]:
    """Maximal intervals between first and last speech in which nobody speaks and no hold runs."""
    spoken = union([*speech.intervals("agent"), *speech.intervals("consumer")])
    if not spoken:
        return []
    first, last = spoken[0][0], spoken[-1][1]
    inside = [(max(start, first), min(end, last)) for start, end in hold_intervals(holds)]
    return gaps(union([*spoken, *inside]))


def crosstalks(speech: Speech) -> list[SpeechEvent]:
    """Maximal intervals in which both speak, of any length."""
    agent, consumer = speech.intervals("agent"), speech.intervals("consumer")
    found = []
    for start, end in intersection(agent, consumer):
        later: Role = "agent" if _begun(agent, start) > _begun(consumer, start) else "consumer"
        found.append(SpeechEvent("crosstalk", start, end, later))
    return found


def _begun(intervals: list[Interval], ms: int) -> int:
    """When the interval began in which a moment lies."""
    return intervals[bisect_right(intervals, (ms, LARGEST_MS)) - 1][0]
