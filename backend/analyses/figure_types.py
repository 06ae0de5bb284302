"""The figures of an analysis as clients see them, and what each is made from."""

from __future__ import annotations

from enum import Enum
from typing import Any

import strawberry

from backend.graphql.scalars import Milliseconds
from backend.media.types import SpeakerRole


@strawberry.enum
class SpeechEventType(Enum):
    SILENCE = "silence"
    CROSSTALK = "crosstalk"
    HOLD = "hold"


@strawberry.enum
class Sentiment(Enum):
    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


@strawberry.enum
class Figure(Enum):
    ENGAGEMENT_SCORE = "ENGAGEMENT_SCORE"
    SENTIMENT_SCORE = "SENTIMENT_SCORE"
    TALK_SHARE = "TALK_SHARE"
    LONGEST_SPIEL = "LONGEST_SPIEL"
    FILLERS_PER_MIN = "FILLERS_PER_MIN"
    TALKING_SPEED = "TALKING_SPEED"
    PATIENCE = "PATIENCE"
    RESPONSE_LAG = "RESPONSE_LAG"
    SILENCES = "SILENCES"
    CROSSTALKS = "CROSSTALKS"
    HOLDS = "HOLDS"
    INTERACTION_SHARE = "INTERACTION_SHARE"
    SENTIMENT_LINE = "SENTIMENT_LINE"
    CALL_OUTS = "CALL_OUTS"
    TOPICS = "TOPICS"
    NEXT_STEPS = "NEXT_STEPS"
    GOOD_QUESTIONS = "GOOD_QUESTIONS"
    SUMMARY = "SUMMARY"


@strawberry.type
class EvidenceItem:
    start_ms: Milliseconds
    end_ms: Milliseconds
    role: SpeakerRole | None
    segment: int | None
    quote: str | None = strawberry.field(description="Verbatim from the transcript.")
    value: str = strawberry.field(description="What this passage gave, with its unit, e.g. `4.2 s` or `−0.61 × 24 words`.")
    contribution: float | None = strawberry.field(description="Share of the figure that this passage made, −1…1, where that has a meaning.")
    name: str | None = strawberry.field(description="The indicator with its category, or the topic, that it is a passage of.")
    turn: int | None = strawberry.field(description="The place of its turn among `Transcript.turns`.")
    translation: str | None = strawberry.field(description="Its segment in English, where the transcript was translated.")


@strawberry.type(description="A part that a score is put together from.")
class EvidenceFactor:
    name: str
    value: float
    weight: float = strawberry.field(description="Its share of the whole, 0…1.")
    points: float = strawberry.field(description="What it gave: of engagement its points, of sentiment how far it moved the score from 50.")
    note: str


@strawberry.type
class Evidence:
    figure: Figure
    definition: str = strawberry.field(description="The definition, in a reader's words.")
    computation: str = strawberry.field(
        description="The computation with this conversation's numbers put in, e.g. `100 × (0.4 × 0.88 + …) = 71`."
    )
    source: str = strawberry.field(description="Rule or model, with its version.")
    uncertainty: str = strawberry.field(description="How far the figure can be trusted, in a reader's words.")
    factors: list[EvidenceFactor]
    items: list[EvidenceItem]


@strawberry.type(description="What a figure is, whatever the conversation.")
class FigureDefinition:
    figure: Figure
    definition: str
    uncertainty: str


@strawberry.type
class EngagementScore:
    value: int
    balance: float
    responsiveness: float
    interactivity: float


@strawberry.type
class SentimentPoint:
    ms: Milliseconds
    value: float
    segment: int


@strawberry.type
class SentimentChange:
    ms: Milliseconds
    until_ms: Milliseconds = strawberry.field(description="Where the new class ends: the next change, or the conversation's end.")
    from_: Sentiment = strawberry.field(name="from")
    to: Sentiment
    segment: int


@strawberry.type
class SentimentScore:
    value: int
    agent: int | None = strawberry.field(description="The same score over one role's segments alone.")
    consumer: int | None
    points: list[SentimentPoint]
    changes: list[SentimentChange]

    @classmethod
    def of(cls, score: dict[str, Any], duration_ms: int) -> SentimentScore:
        changes = score["changes"]
        ends = [*(change["ms"] for change in changes[1:]), duration_ms]
        return cls(
            value=score["value"],
            agent=score.get("agent"),
            consumer=score.get("consumer"),
            points=[SentimentPoint(ms=point["ms"], value=point["value"], segment=point["segment"]) for point in score["points"]],
            changes=[
                SentimentChange(
                    ms=change["ms"],
                    until_ms=Milliseconds(end),
                    from_=Sentiment(change["from"]),
                    to=Sentiment(change["to"]),
                    segment=change["segment"],
                )
                for change, end in zip(changes, ends, strict=False)
            ],
        )


@strawberry.type
class SegmentSentiment:
    label: Sentiment
    value: float


@strawberry.type
class SpeakerFigures:
    talk_ms: Milliseconds
    talk_share_pct: float | None
    interaction_share_pct: float | None
    longest_spiel_ms: Milliseconds | None
    fillers_per_min: float | None
    words_per_min: float | None
    speed_unit: str = strawberry.field(description="`words` or `characters` (Chinese, Japanese).")
    patience_ms: float | None


@strawberry.type
class SpeechEvent:
    type: SpeechEventType
    start_ms: Milliseconds
    end_ms: Milliseconds
    role: SpeakerRole | None = strawberry.field(description="Crosstalk: who started later.")


@strawberry.type
class Mention:
    category: str
    indicator: str
    indicator_id: strawberry.ID | None
    keyword: str
    role: SpeakerRole
    segment: int
    end_segment: int
    start_ms: Milliseconds
    end_ms: Milliseconds
    char_start: int
    char_end: int
    exact: bool


@strawberry.type
class TopicPassage:
    segment: int
    score: float


@strawberry.type
class TopicHighlight:
    name: str
    topic_id: strawberry.ID | None
    score: float
    passages: list[TopicPassage]


@strawberry.type
class Passage:
    segment: int
    text: str
    score: float


@strawberry.type
class Summary:
    text: str = strawberry.field(description="One sentence a line.")
    segments: list[int] = strawberry.field(description="The segment of each line.")
    written_by: str | None = strawberry.field(
        description="The model that wrote it; null where every line was said word for word.", default=None
    )
    sources: list[list[int]] = strawberry.field(
        description="Segments of the passages that stand behind each line, the nearest first.", default_factory=list
    )


@strawberry.type
class Skipped:
    feature: str
    reason: str
    remedy: str | None = strawberry.field(description="A command or a page that helps, where there is one.")
