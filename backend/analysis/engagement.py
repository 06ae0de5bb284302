"""The engagement score: how engaged the consumer was, from talk-time balance, response lag and speaker changes."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, floor

from backend.analysis.constants import (
    BALANCE_WEIGHT,
    CHANGES_PER_MIN_FULL,
    INTERACTION_WEIGHT,
    RESPONSE_SCALE_MS,
    RESPONSE_WEIGHT,
)
from backend.analysis.figures import MS_PER_MIN, response_lag_ms, speaker_changes, talk_ms
from backend.analysis.types import Hold
from backend.analysis.utterances import Speech


@dataclass(frozen=True, slots=True)
class EngagementScore:
    """`value` 0…100; the three factors 0…1."""

    value: int
    balance: float
    responsiveness: float
    interactivity: float


def half_up(value: float) -> int:
    """Rounded half up after rounding to 9 decimals, so that 70.4999999999 made of binary fractions counts as 70.5."""
    return floor(round(value, 9) + 0.5)


def engagement_score(speech: Speech, holds: tuple[Hold, ...]) -> EngagementScore | None:
    """None where the consumer does not speak."""
    agent, consumer = talk_ms(speech, "agent"), talk_ms(speech, "consumer")
    if not consumer:
        return None
    both = agent + consumer
    balance = 1 - abs(consumer / both - 0.5) / 0.5
    lag = response_lag_ms(speech, holds)
    responsiveness = 0.0 if lag is None else exp(-lag / RESPONSE_SCALE_MS)
    interactivity = min(1.0, speaker_changes(speech) / (both / MS_PER_MIN) / CHANGES_PER_MIN_FULL)
    value = 100 * (BALANCE_WEIGHT * balance + RESPONSE_WEIGHT * responsiveness + INTERACTION_WEIGHT * interactivity)
    return EngagementScore(half_up(value), balance, responsiveness, interactivity)
