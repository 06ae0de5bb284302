"""
The sentiment of segments: a score from the model, then rules for what carries no feeling whatever the model says.

The raw score is P(positive) − P(negative). It is stretched so that the shipped thresholds of the role come to lie at ∓0.2, the
bounds of the classes of the sentiment line: a segment's label and the line say the same of the same value.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from backend.analysis.constants import NEGATIVE_FROM, POSITIVE_FROM
from backend.analysis.language.courtesy import carries_no_feeling, is_agents_courtesy, is_agents_empathy
from backend.analysis.language.shipped import Band, SentimentHead
from backend.analysis.types import Label, Role, SegmentSentiment, Vectors


def raw_scores(head: SentimentHead, vectors: Vectors) -> NDArray[np.float64]:
    """P(positive) − P(negative) of each row, −1…1."""
    logits = (vectors @ head.weights.T + head.bias).astype(np.float64)
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = odds / odds.sum(axis=1, keepdims=True)
    scores: NDArray[np.float64] = shares[:, 2] - shares[:, 0]
    return scores


def stretched(raw: float, band: Band) -> float:
    """A raw score on the scale where the band's thresholds are the bounds of the classes."""
    return float(np.interp(raw, [-1.0, band.negative, band.positive, 1.0], [-1.0, NEGATIVE_FROM, POSITIVE_FROM, 1.0]))


def ruled(value: float, clean: str, role: Role) -> float:
    """The value after the rules: no feeling in numbers, yes, no, closings; an agent who is sorry or polite is not unhappy or glad."""
    if carries_no_feeling(clean):
        return 0.0
    if role == "agent" and value < 0 and is_agents_empathy(clean):
        return 0.0
    if role == "agent" and value > 0 and is_agents_courtesy(clean):
        return 0.0
    return value


def judged(pieces: Sequence[tuple[float, int]]) -> SegmentSentiment:
    """A segment from (value, words) of its pieces: the mean by words."""
    total = sum(words for _, words in pieces)
    value = round(sum(value * words for value, words in pieces) / total, 4) if total else 0.0
    return SegmentSentiment(label_of(value), value)


def label_of(value: float) -> Label:
    """The class of a stretched value."""
    if value <= NEGATIVE_FROM:
        return "negative"
    return "positive" if value >= POSITIVE_FROM else "neutral"
