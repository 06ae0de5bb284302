"""Runs of re-analysis as clients see them: how far they are, and in what the new analyses differ."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from backend.graphql.connection import PageInfo
from backend.graphql.context import Info
from backend.graphql.ids import global_id
from backend.graphql.nouns import Node, noun
from backend.interactions import tables as interactions
from backend.reanalysis import loaders, repository, tables
from backend.reanalysis.version_types import AnalysisChange, AnalysisFeature, DifferingPassage

if TYPE_CHECKING:
    from backend.api.types import Interaction, User


@strawberry.enum
class ReanalysisState(Enum):
    RUNNING = "running"
    PAUSED = "paused"
    READY = strawberry.enum_value("ready", description="Every new analysis is there; none is current yet.")
    APPLIED = "applied"
    CANCELLED = "cancelled"


@strawberry.enum
class ReanalysisItemState(Enum):
    WAITING = "waiting"
    WORKING = "working"
    ANALYSED = strawberry.enum_value("analysed", description="There is a new analysis, which is not current.")
    SAME = strawberry.enum_value("same", description="The new analysis is the current one in everything: it was not kept.")
    SKIPPED = "skipped"
    FAILED = "failed"
    CURRENT = strawberry.enum_value("current", description="The new analysis is, or was made, the current one.")
    SUPERSEDED = strawberry.enum_value("superseded", description="Another analysis became current meanwhile, and stayed.")


@strawberry.type(description="How many interactions of a run are in which state; they add up to those that are left of `total`.")
class ReanalysisProgress:
    waiting: int = 0
    working: int = 0
    analysed: int = 0
    same: int = 0
    skipped: int = 0
    failed: int = 0
    current: int = 0
    superseded: int = 0


@strawberry.type(description="What differs in a run's analyses under one name, over all its interactions.")
class AnalysisDifference:
    feature: AnalysisFeature
    name: str = strawberry.field(description="A figure, an indicator with its category, a topic, a kind of event or passage.")
    interactions: int = strawberry.field(description="In how many it differs.")
    added: int
    removed: int
    changed: int
    before: float | None = strawberry.field(description="Mean of those interactions that have a value on both sides.")
    after: float | None


@strawberry.type
class ReanalysisItem:
    item: strawberry.Private[tables.ReanalysisItem]
    row: strawberry.Private[interactions.Interaction]
    state: ReanalysisItemState
    reason: str | None = strawberry.field(description="Why it was skipped or failed.")

    @strawberry.field
    def interaction(self, info: Info) -> Annotated[Interaction, strawberry.lazy("backend.api.types")]:
        found: Interaction = noun(info, "Interaction").from_row(self.row)
        return found

    @strawberry.field
    async def changes(self, info: Info) -> list[AnalysisChange]:
        rows = await info.context.load(loaders.changes, (self.item.reanalysis_id, self.item.interaction_id))
        return [AnalysisChange.of(row) for row in rows]

    @strawberry.field(
        description="Mentions and passages only for whoever may read the conversation (`transcript.read`); its events for all."
    )
    async def passages(self, info: Info) -> list[DifferingPassage]:
        found = await loaders.compared(info.context, self.item, self.row)
        return [DifferingPassage.of(each) for each in found.details] if found else []

    @classmethod
    def of(cls, item: tables.ReanalysisItem, row: interactions.Interaction) -> ReanalysisItem:
        return cls(item=item, row=row, state=ReanalysisItemState(item.state), reason=item.reason)


@strawberry.type
class ReanalysisItemEdge:
    node: ReanalysisItem
    cursor: str


@strawberry.type
class ReanalysisItemConnection:
    edges: list[ReanalysisItemEdge]
    page_info: PageInfo


@strawberry.type(description="Interactions that are analysed again, beside their current analyses until the new ones are made current.")
class Reanalysis(Node):
    row: strawberry.Private[tables.Reanalysis]
    id: strawberry.ID
    state: ReanalysisState
    reason: str | None = strawberry.field(description="Why it paused by itself.")
    total: int = strawberry.field(description="Interactions that it began with.")
    from_: date | None = strawberry.field(name="from", description="First day, inclusive, where it is bounded.")
    to: date | None
    filtered: bool = strawberry.field(description="Whether it was narrowed by more than days.")
    started_at: datetime
    finished_at: datetime | None = strawberry.field(description="When the last new analysis was there.")
    ended_at: datetime | None = strawberry.field(description="When it was made current, or discarded.")

    @strawberry.field
    async def started_by(self, info: Info) -> Annotated[User, strawberry.lazy("backend.api.types")] | None:
        found: User | None = await noun(info, "User").load(info, self.row.started_by) if self.row.started_by else None
        return found

    @strawberry.field(description="Where the run is of one.")
    async def interaction(self, info: Info) -> Annotated[Interaction, strawberry.lazy("backend.api.types")] | None:
        row = await loaders.interaction_of(info.context, self.row)
        found: Interaction | None = noun(info, "Interaction").from_row(row) if row else None
        return found

    @strawberry.field
    async def progress(self, info: Info) -> ReanalysisProgress:
        return ReanalysisProgress(**await info.context.load(loaders.counts, self.row.id))

    @strawberry.field(
        description="What differs, most interactions first. Null where the run is so small that it would tell of conversations that the "
        "viewer may not see."
    )
    async def difference(self, info: Info) -> list[AnalysisDifference] | None:
        if not await loaders.may_tell(info.context, self.row):
            return None
        names = ("name", "interactions", "added", "removed", "changed", "before", "after")
        rows = await loaders.difference(info.context, self.row)
        return [AnalysisDifference(feature=AnalysisFeature(row.feature), **{name: getattr(row, name) for name in names}) for row in rows]

    @strawberry.field(
        description="Its interactions that the viewer may see, the newest first; only those in these states, and only those that differ in "
        "this feature or name, where any is named."
    )
    async def items(
        self,
        info: Info,
        states: list[ReanalysisItemState] | None = strawberry.UNSET,
        feature: AnalysisFeature | None = strawberry.UNSET,
        name: str | None = strawberry.UNSET,
        first: int | None = strawberry.UNSET,
        after: str | None = strawberry.UNSET,
    ) -> ReanalysisItemConnection:
        wanted = [state.value for state in states or ReanalysisItemState]
        chosen = repository.Chosen(wanted, feature.value if feature else None, name or None)
        page = await loaders.items(info.context, self.row, chosen, first or None, after or None)
        edges = [ReanalysisItemEdge(node=ReanalysisItem.of(*row), cursor=at) for row, at in zip(page.rows, page.cursors, strict=True)]
        return ReanalysisItemConnection(edges=edges, page_info=page.info)

    @classmethod
    def from_row(cls, row: tables.Reanalysis) -> Reanalysis:
        names = ("reason", "total", "filtered", "started_at", "finished_at", "ended_at")
        return cls(
            row=row, id=global_id("Reanalysis", row.id), state=ReanalysisState(row.state), from_=row.first_day, to=row.last_day,
            **{name: getattr(row, name) for name in names},
        )  # fmt: skip
