"""Every constant of the analysis, in one place; they are stored with each analysis and shown where a number is explained."""

from __future__ import annotations

ANALYZER_VERSION = "1.1.0"

UTTERANCE_PAUSE_MS = 1_000
BACKCHANNEL_WORDS = 3
BACKCHANNEL_CHARACTERS = 6
BACKCHANNEL_WORDLESS_MS = 1_000
SPIEL_PAUSE_MS = 3_000

BALANCE_WEIGHT = 0.4
RESPONSE_WEIGHT = 0.3
INTERACTION_WEIGHT = 0.3
RESPONSE_SCALE_MS = 2_000
CHANGES_PER_MIN_FULL = 10

CONSUMER_WEIGHT = 2
AGENT_WEIGHT = 1
SENTIMENT_HALF_LIFE_MS = 30_000
POSITIVE_FROM = 0.2
NEGATIVE_FROM = -0.2
CLASS_STEP_MS = 1_000
CLASS_HELD_STEPS = 5

LARGEST_MS = 2**53 - 1


def as_document() -> dict[str, float | int]:
    """The constants under the names that a stored analysis keeps."""
    return {
        "utterance_pause_ms": UTTERANCE_PAUSE_MS,
        "backchannel_words": BACKCHANNEL_WORDS,
        "backchannel_characters": BACKCHANNEL_CHARACTERS,
        "backchannel_wordless_ms": BACKCHANNEL_WORDLESS_MS,
        "spiel_pause_ms": SPIEL_PAUSE_MS,
        "engagement_balance_weight": BALANCE_WEIGHT,
        "engagement_response_weight": RESPONSE_WEIGHT,
        "engagement_interaction_weight": INTERACTION_WEIGHT,
        "engagement_response_scale_ms": RESPONSE_SCALE_MS,
        "engagement_changes_per_min_full": CHANGES_PER_MIN_FULL,
        "sentiment_consumer_weight": CONSUMER_WEIGHT,
        "sentiment_agent_weight": AGENT_WEIGHT,
        "sentiment_half_life_ms": SENTIMENT_HALF_LIFE_MS,
        "sentiment_positive_from": POSITIVE_FROM,
        "sentiment_negative_from": NEGATIVE_FROM,
        "sentiment_class_step_ms": CLASS_STEP_MS,
        "sentiment_class_held_steps": CLASS_HELD_STEPS,
    }
