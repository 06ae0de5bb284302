"""Values that go into the analysis. Times are integer milliseconds from the start of the interaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Role = Literal["agent", "consumer", "other"]
Scope = Literal["agent", "consumer", "both"]
Label = Literal["positive", "neutral", "negative"]
Part = Literal["conversation", "indicators", "language"]

Vectors = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]
"""Sentences to unit vectors, shape (len(sentences), 384)."""

Translate = Callable[[Sequence[str]], Sequence[str]]
"""Texts of the conversation's language to English, in order. Its `name` says which model it is."""

Progress = Callable[[str, float], None]
"""Called with the step's name and the share done, 0…1."""


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    start_ms: int
    end_ms: int
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    id: str
    role: Role
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """`text` is None where the words are unknown; `words` is None where they have no times."""

    speaker: str
    role: Role
    start_ms: int
    end_ms: int
    text: str | None
    words: tuple[Word, ...] | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Engine:
    name: str
    version: str
    keeps_fillers: bool | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """Sorted by start, end, position in the input; holds merged. `warnings` are repairs made while reading."""

    language: str
    duration_ms: int
    speakers: tuple[Speaker, ...]
    segments: tuple[Segment, ...]
    holds: tuple[Hold, ...] = ()
    engine: Engine | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Keyword:
    text: str
    inflections: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    name: str
    keywords: tuple[Keyword, ...]
    scope: Scope = "both"


@dataclass(frozen=True, slots=True)
class Category:
    name: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class TopicDefinition:
    name: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """
    `silence_ms`/`crosstalk_ms` None switches that event off. `topics` are the account's own, added to the default ones, of which those
    named in `topics_off` are not looked for.
    """

    silence_ms: int | None = 5_000
    crosstalk_ms: int | None = 2_000
    categories: tuple[Category, ...] = ()
    topics: tuple[TopicDefinition, ...] = field(default=())
    topics_off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SegmentSentiment:
    """`value` in −1…1."""

    label: Label
    value: float


@dataclass(frozen=True, slots=True)
class TopicFound:
    """`passages` are (segment, score), in order of the conversation; `score` is that of the best."""

    name: str
    score: float
    passages: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """`text` stands verbatim in the segment."""

    segment: int
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Summary:
    """
    One sentence a line of `text`, with its segment. Where a model wrote it, `written_by` names it, nothing of `text` was said word for
    word, and `sources` holds the segments of the passages nearest to each line.
    """

    text: str
    segments: tuple[int, ...]
    written_by: str | None = None
    sources: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """What could not be computed, and why, in one sentence."""

    feature: str
    reason: str


@dataclass(frozen=True, slots=True)
class LanguageParts:
    """What needs the meaning of words. `sentiments` has one entry a segment; None where there was nothing to judge."""

    sentiments: tuple[SegmentSentiment | None, ...]
    topics: tuple[TopicFound, ...] = ()
    next_steps: tuple[Passage, ...] = ()
    good_questions: tuple[Passage, ...] = ()
    summary: Summary | None = None
    skipped: tuple[Skipped, ...] = ()
    models: dict[str, str] = field(default_factory=dict)
    thresholds: dict[str, float] = field(default_factory=dict)
