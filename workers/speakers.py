"""From decoded channels to speakers with the times at which they speak."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from backend.analyses.service import Intervals
from backend.interactions.tables import Interaction
from backend.media.activity import detector, find_activity
from backend.media.decoding import Decoded, samples
from workers.asr.base import Interval
from workers.deps import Engines
from workers.sound import as_sound

MIXED = "mixed"
"""The one speaker of a channel on which nobody can be told apart."""


def find_speakers(engines: Engines, decoded: Decoded, row: Interaction, share: Callable[[float], None]) -> tuple[str, Intervals]:
    """Detector and intervals, relative to the interaction's start. Takes time: call it in a thread."""
    found = find_activity([samples(channel) for channel in decoded.channels], share)
    made_by, named = detector(), dict(zip(names(decoded.roles), found, strict=True))
    if list(named) == [MIXED] and engines.diarizer.available():
        with engines.turn:
            made_by, named = engines.diarizer.name, engines.diarizer.diarize(as_sound(decoded.channels[0]), share)
    return made_by, {name: flat(within(spans, row.from_ms, row.to_ms)) for name, spans in named.items()}


def names(roles: Sequence[str]) -> list[str]:
    """Speakers by their channels' roles; a second one of the same role is numbered."""
    if list(roles) == ["other"]:
        return [MIXED]
    return [role if roles.index(role) == index else f"{role}-{index + 1}" for index, role in enumerate(roles)]


def within(spans: Sequence[Interval], start_ms: int, end_ms: int | None) -> list[Interval]:
    """The parts of intervals that lie between two instants, counted from the first."""
    last = end_ms if end_ms is not None else max((end for _, end in spans), default=0)
    cut = ((max(start, start_ms) - start_ms, min(end, last) - start_ms) for start, end in spans)
    return [(start, end) for start, end in cut if end > start]


def flat(spans: Sequence[Interval]) -> list[int]:
    return [edge for span in spans for edge in span]


def pairs(edges: Sequence[int]) -> list[Interval]:
    return list(zip(edges[::2], edges[1::2], strict=True))
