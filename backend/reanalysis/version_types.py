"""Versions of analyses as clients see them: those of an interaction, in what they differ, and which made the current ones."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import Any

import strawberry

from backend.graphql.ids import global_id
from backend.graphql.scalars import JSON, Milliseconds
from backend.media.types import SpeakerRole
from backend.reanalysis import versions
from backend.reanalysis.difference import Change, Detail
from backend.reanalysis.repository import VersionCount
from backend.reanalysis.tables import ReanalysisChange


@strawberry.enum
class AnalysisFeature(Enum):
    SCORE = "score"
    FIGURE = "figure"
    INDICATOR = "indicator"
    TOPIC = "topic"
    EVENT = "event"
    PASSAGE = "passage"
    UTTERANCE = "utterance"


@strawberry.enum
class DifferenceKind(Enum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@strawberry.enum
class StoredAnalysisState(Enum):
    CURRENT = "current"
    FORMER = strawberry.enum_value("former", description="It was current, until another was made so.")
    PREPARED = strawberry.enum_value("prepared", description="A run has made it, and has not been applied yet.")


@strawberry.type(description="An analysis that is kept, without what it found.")
class StoredAnalysis:
    id: strawberry.ID
    state: StoredAnalysisState
    analyzer_version: str
    models: JSON
    settings: JSON = strawberry.field(description="The constants and thresholds in force when it was made.")
    created_at: datetime

    @classmethod
    def of(cls, found: versions.Stored) -> StoredAnalysis:
        same: dict[str, Any] = {"analyzer_version": found.analyzer_version, "models": found.models, "settings": found.settings}
        state = StoredAnalysisState(found.state)
        return cls(id=global_id("Analysis", found.id), state=state, created_at=found.created_at, **same)


@strawberry.type(description="What differs between the two analyses of one interaction under one name.")
class AnalysisChange:
    feature: AnalysisFeature
    name: str
    added: int
    removed: int
    changed: int
    before: float | None
    after: float | None

    @classmethod
    def of(cls, found: Change | ReanalysisChange) -> AnalysisChange:
        names = ("name", "added", "removed", "changed", "before", "after")
        return cls(feature=AnalysisFeature(found.feature), **{name: getattr(found, name) for name in names})


@strawberry.type(description="One mention, event or passage that is on one side alone, or on both with other values.")
class DifferingPassage:
    kind: DifferenceKind
    feature: AnalysisFeature
    name: str
    start_ms: Milliseconds
    end_ms: Milliseconds
    role: SpeakerRole | None
    quote: str | None = strawberry.field(description="Verbatim from the transcript.")
    before: str | None = strawberry.field(description="What it was judged to be, or how long it was, where that says something.")
    after: str | None

    @classmethod
    def of(cls, found: Detail) -> DifferingPassage:
        return cls(
            kind=DifferenceKind(found.kind), feature=AnalysisFeature(found.feature), name=found.name, start_ms=Milliseconds(found.start_ms),
            end_ms=Milliseconds(found.end_ms), role=SpeakerRole(found.role) if found.role else None, quote=found.quote,
            before=found.before, after=found.after,
        )  # fmt: skip


@strawberry.type(description="Two analyses of one interaction, side by side.")
class AnalysisComparison:
    old: StoredAnalysis
    new: StoredAnalysis
    same_transcript: bool = strawberry.field(description="False where the words or the roles changed too: places may then not correspond.")
    changes: list[AnalysisChange]
    passages: list[DifferingPassage]

    @classmethod
    def of(cls, found: versions.Comparison) -> AnalysisComparison:
        return cls(
            old=StoredAnalysis.of(found.old), new=StoredAnalysis.of(found.new), same_transcript=found.same_transcript,
            changes=[AnalysisChange.of(each) for each in found.changes],
            passages=[DifferingPassage.of(each) for each in found.details],
        )  # fmt: skip


@strawberry.type
class AnalysisVersionDay:
    day: date
    interactions: int


@strawberry.type(description="A version that made current analyses. More than one in a window: its figures are not of one making.")
class AnalysisVersion:
    analyzer_version: str
    models: JSON
    settings: JSON = strawberry.field(description="The thresholds and constants in force.")
    interactions: int
    first_day: date = strawberry.field(description="Of the conversations.")
    last_day: date
    days: list[AnalysisVersionDay] = strawberry.field(description="In order; days without conversations of it are left out.")

    @classmethod
    def of(cls, found: VersionCount) -> AnalysisVersion:
        return cls(
            analyzer_version=found.analyzer_version, models=JSON(found.models), settings=JSON(found.settings),
            interactions=found.interactions, first_day=min(found.days), last_day=max(found.days),
            days=[AnalysisVersionDay(day=day, interactions=count) for day, count in found.days.items()],
        )  # fmt: skip
