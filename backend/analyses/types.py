"""An analysis as clients see it. Its parts are in `figure_types`; higher domains name its indicators and topics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Self

import strawberry

from backend.analyses.figure_types import (
    EngagementScore,
    Evidence,
    EvidenceFactor,
    EvidenceItem,
    Figure,
    Passage,
    SegmentSentiment,
    Sentiment,
    SentimentScore,
    Skipped,
    SpeakerFigures,
    SpeechEvent,
    SpeechEventType,
    Summary,
)
from backend.analyses.loaders import Opened
from backend.analyses.rules import Document
from backend.analysis.evidence import Evidence as Found
from backend.analysis.proof import Item
from backend.graphql.ids import global_id
from backend.graphql.scalars import JSON, Milliseconds
from backend.media.types import SpeakerRole

_FIGURES = (
    "talk_ms", "talk_share_pct", "interaction_share_pct", "longest_spiel_ms", "fillers_per_min", "words_per_min", "speed_unit",
    "patience_ms",
)  # fmt: skip


def _role(value: str | None) -> SpeakerRole | None:
    return SpeakerRole(value) if value else None


def _figures(document: Document) -> SpeakerFigures:
    return SpeakerFigures(**{name: document[name] for name in _FIGURES})


def _sentiment(entry: Document | None) -> SegmentSentiment | None:
    if entry is None or entry.get("sentiment") is None:
        return None
    return SegmentSentiment(label=Sentiment(entry["sentiment"]), value=entry["value"])


def _passages(entries: list[Document]) -> list[Passage]:
    return [Passage(segment=entry["segment"], text=entry["text"], score=entry["score"]) for entry in entries]


@strawberry.type
class AnalysisFields:
    """Read from the stored document."""

    opened: strawberry.Private[Opened]
    document: strawberry.Private[Document]
    id: strawberry.ID
    analyzer_version: str
    models: JSON
    settings: JSON = strawberry.field(description="The constants and thresholds in force when it was made.")
    created_at: datetime

    @strawberry.field
    def engagement_score(self) -> EngagementScore | None:
        score = self.document["engagement_score"]
        return EngagementScore(**{name: score[name] for name in ("value", "balance", "responsiveness", "interactivity")}) if score else None

    @strawberry.field
    def sentiment_score(self) -> SentimentScore | None:
        score = self.document["sentiment_score"]
        return SentimentScore.of(score, self.opened.transcript["duration_ms"]) if score else None

    @strawberry.field(description="One entry a segment; null where there was nothing to judge.")
    def segment_sentiments(self) -> list[SegmentSentiment | None]:
        found: list[SegmentSentiment | None] = [None] * len(self.opened.transcript["segments"])
        for entry in self.document["utterances"]:
            if entry is not None:
                found[entry["segment"]] = _sentiment(entry)
        return found

    @strawberry.field
    def agent(self) -> SpeakerFigures:
        return _figures(self.document["agent"])

    @strawberry.field
    def consumer(self) -> SpeakerFigures:
        return _figures(self.document["consumer"])

    @strawberry.field
    def speaker_changes(self) -> int:
        return int(self.document["speaker_changes"])

    @strawberry.field(description="The response lag of the consumer: median wait after the agent, in milliseconds.")
    def response_lag_ms(self) -> float | None:
        value: float | None = self.document.get("response_lag_ms")
        return value

    @strawberry.field
    def events(self) -> list[SpeechEvent]:
        return [
            SpeechEvent(type=SpeechEventType(event["type"]), start_ms=event["start_ms"], end_ms=event["end_ms"], role=_role(event["role"]))
            for event in self.document["events"]
        ]

    @strawberry.field
    def next_steps(self) -> list[Passage]:
        return _passages(self.document["next_steps"])

    @strawberry.field
    def good_questions(self) -> list[Passage]:
        return _passages(self.document["good_questions"])

    @strawberry.field
    def summary(self) -> Summary | None:
        found = self.document["summary"]
        if not found or not found["text"]:
            return None
        sources = found.get("sources") or [[segment] for segment in found["segments"]]
        return Summary(text=found["text"], segments=found["segments"], written_by=found.get("written_by"), sources=sources)

    @strawberry.field
    def skipped(self) -> list[Skipped]:
        return [Skipped(feature=one["feature"], reason=one["reason"], remedy=one.get("remedy")) for one in self.document["skipped"]]

    @strawberry.field(description="How a figure came about: its definition, its constants, and the passages that made it.")
    def evidence(self, of: Figure) -> Evidence:
        return evidence_of(of, self.opened.evidence(of.value), self.opened.english())

    @classmethod
    def of(cls, opened: Opened) -> Self | None:
        row = opened.analysis_row
        if row is None or opened.analysis is None:
            return None
        same: dict[str, Any] = {"analyzer_version": row.analyzer_version, "models": row.models, "settings": row.settings}
        return cls(opened=opened, document=opened.analysis, id=global_id("Analysis", row.id), created_at=row.created_at, **same)


def evidence_of(figure: Figure, found: Found, english: Sequence[str | None] = ()) -> Evidence:
    """`english` is what the segments say in English, nothing where there is no translation."""
    names = ("segment", "quote", "value", "contribution", "name", "turn")
    items = [
        EvidenceItem(
            start_ms=Milliseconds(item.start_ms), end_ms=Milliseconds(item.end_ms), role=_role(item.role),
            **{name: getattr(item, name) for name in names}, translation=_in_english(item, english),
        )
        for item in found.items
    ]  # fmt: skip
    factors = [EvidenceFactor(**asdict(factor)) for factor in found.factors]
    same = {name: getattr(found, name) for name in ("definition", "computation", "source", "uncertainty")}
    return Evidence(figure=figure, factors=factors, items=items, **same)


def _in_english(item: Item, english: Sequence[str | None]) -> str | None:
    """Nothing for whoever is not shown the quote."""
    known = item.quote is not None and item.segment is not None and item.segment < len(english)
    return english[item.segment] if known and item.segment is not None else None
