"""Beginning, following and ending runs of re-analysis; which versions current analyses are of."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated

import strawberry

from backend.authz.actions import AccountAction, Action
from backend.authz.actor import Actor
from backend.db.session import Session
from backend.errors import InvalidInput as Invalid
from backend.errors import NotFound as Missing
from backend.graphql.context import Info
from backend.graphql.errors import AnalysisOff, Conflict, InvalidInput, NotFound, NotPermitted
from backend.graphql.ids import local_id, local_ids
from backend.graphql.mutation import Mutates, Open
from backend.interactions.filters import ListFilter
from backend.interactions.inputs import InteractionFilter
from backend.interactions.schema import found_by_text
from backend.interactions.tables import Interaction
from backend.reanalysis import loaders, repository, service, tables, versions
from backend.reanalysis.rules import Wanted
from backend.reanalysis.types import Reanalysis
from backend.reanalysis.version_types import AnalysisComparison, AnalysisVersion, StoredAnalysis

_NEWEST = 50
Doing = Callable[[Session, Actor, int], Awaitable[tables.Reanalysis]]


@strawberry.input(description="One interaction, some, or those of a filter of the list; all that are analysed where none is given.")
class StartReanalysisInput:
    interaction_id: strawberry.ID | None = strawberry.UNSET
    interaction_ids: list[strawberry.ID] | None = strawberry.field(default=strawberry.UNSET, description="At most 10,000.")
    filter: InteractionFilter | None = strawberry.UNSET


@strawberry.type
class StartReanalysisPayload:
    reanalysis: Reanalysis


@strawberry.type
class PauseReanalysisPayload:
    reanalysis: Reanalysis


@strawberry.type
class ResumeReanalysisPayload:
    reanalysis: Reanalysis


@strawberry.type
class CancelReanalysisPayload:
    reanalysis: Reanalysis


@strawberry.type
class ApplyReanalysisPayload:
    reanalysis: Reanalysis


StartReanalysisResult = Annotated[
    StartReanalysisPayload | InvalidInput | NotFound | NotPermitted | Conflict | AnalysisOff, strawberry.union("StartReanalysisResult")
]
PauseReanalysisResult = Annotated[PauseReanalysisPayload | NotFound | NotPermitted | Conflict, strawberry.union("PauseReanalysisResult")]
ResumeReanalysisResult = Annotated[
    ResumeReanalysisPayload | NotFound | NotPermitted | Conflict | AnalysisOff, strawberry.union("ResumeReanalysisResult")
]
CancelReanalysisResult = Annotated[CancelReanalysisPayload | NotFound | NotPermitted | Conflict, strawberry.union("CancelReanalysisResult")]
ApplyReanalysisResult = Annotated[ApplyReanalysisPayload | NotFound | NotPermitted | Conflict, strawberry.union("ApplyReanalysisResult")]


@strawberry.type
class ReanalysisQuery:
    @strawberry.field(
        description="The newest 50 runs: all for those who hold account.settings, else those of one interaction that one may run again."
    )
    async def reanalyses(self, info: Info) -> list[Reanalysis]:
        context = info.context
        _require(context.viewer)
        async with context.read() as session:
            seen = service.seen_by(context.viewer)
            rows = await repository.newest(session, context.viewer.account_id, seen, below=None, limit=_NEWEST)
        return [Reanalysis.from_row(row) for row in rows]

    @strawberry.field(description="One run, or null where there is none that the viewer may see.")
    async def reanalysis(self, info: Info, id: strawberry.ID) -> Reanalysis | None:
        _require(info.context.viewer)
        return await open_reanalysis(info, local_id("Reanalysis", id))

    @strawberry.field(
        description="Which versions made the current analyses of the interactions that the viewer may see, the latest conversations first. "
        "Days are inclusive."
    )
    async def analysis_versions(
        self,
        info: Info,
        from_: Annotated[date | None, strawberry.argument(name="from")] = strawberry.UNSET,
        to: date | None = strawberry.UNSET,
    ) -> list[AnalysisVersion]:
        info.context.viewer.require(Action.INTERACTION_READ)
        return [AnalysisVersion.of(found) for found in await loaders.of_interactions(info.context, from_ or None, to or None)]


@strawberry.type
class InteractionVersionFields:
    row: strawberry.Private[Interaction]

    @strawberry.field(description="Its analyses, the newest first; what a run has prepared only for whoever may run it again.")
    async def analyses(self, info: Info) -> list[StoredAnalysis]:
        return [StoredAnalysis.of(found) for found in await versions.of_interaction(info.context, self.row)]

    @strawberry.field(
        description="In what two of its analyses differ. Without ids from the newest other one to the current one; null where there are "
        "not two. Mentions and passages only for whoever may read the conversation (`transcript.read`); events and figures for all."
    )
    async def analysis_difference(
        self, info: Info, old: strawberry.ID | None = strawberry.UNSET, new: strawberry.ID | None = strawberry.UNSET
    ) -> AnalysisComparison | None:
        # An id that names nothing compares with nothing.
        numbers = (None if not id else local_id("Analysis", id) or 0 for id in (old, new))
        found = await versions.compare(info.context, self.row, *numbers)
        return AnalysisComparison.of(found) if found else None

    @strawberry.field(description="The open run of re-analysis of it alone, for whoever may run it again.")
    async def reanalysis(self, info: Info) -> Reanalysis | None:
        row = await info.context.load(loaders.open_of, self.row.id)
        return Reanalysis.from_row(row) if row else None


def _require(viewer: Actor) -> None:
    if not viewer.may(AccountAction.SETTINGS_EDIT):
        viewer.require(Action.INTERACTION_RETRY)


async def open_reanalysis(info: Info, number: int | None) -> Reanalysis | None:
    context = info.context
    async with context.read() as session:
        row = await service.visible(session, context.viewer, number) if number else None
    return Reanalysis.from_row(row) if row else None


async def _wanted(info: Info, given: StartReanalysisInput) -> Wanted:
    if sum(map(bool, (given.interaction_id, given.interaction_ids, given.filter))) > 1:
        raise Invalid("Name one interaction, some, or a filter: one of these.", pointer="/input")
    if given.interaction_ids:
        return Wanted(chosen=local_ids("Interaction", given.interaction_ids))
    if given.interaction_id:
        number = local_id("Interaction", given.interaction_id)
        if number is None:
            raise Missing("There is no such interaction.")
        return Wanted(interaction_id=number)
    chosen = given.filter or None
    return Wanted(filter=chosen.value(await found_by_text(info.context, chosen.text)) if chosen else ListFilter())


async def _do(info: Info, id: str, doing: Doing) -> Reanalysis:
    number = local_id("Reanalysis", id)
    if number is None:
        raise Missing("There is no such run.")
    async with info.context.write() as session:
        row = await doing(session, info.context.viewer, number)
    return Reanalysis.from_row(row)


_EITHER = "Needs account.settings, or interaction.retry on the interaction where the run is of one."


@strawberry.type
class ReanalysisMutation:
    @strawberry.mutation(
        extensions=[Mutates(Open.SIGNED_IN)],
        description=f"Analyses from the kept transcripts, beside what is current, with what is decided now. {_EITHER}",
    )
    async def start_reanalysis(self, info: Info, input: StartReanalysisInput) -> StartReanalysisResult:
        wanted = await _wanted(info, input)
        async with info.context.write() as session:
            row = await service.start(session, info.context.viewer, wanted)
        return StartReanalysisPayload(reanalysis=Reanalysis.from_row(row))

    @strawberry.mutation(
        extensions=[Mutates(Open.SIGNED_IN)], description=f"Begins nothing further; what is at work is finished. {_EITHER}"
    )
    async def pause_reanalysis(self, info: Info, id: strawberry.ID) -> PauseReanalysisResult:
        return PauseReanalysisPayload(reanalysis=await _do(info, id, service.pause))

    @strawberry.mutation(extensions=[Mutates(Open.SIGNED_IN)], description=f"Goes on with a paused run. {_EITHER}")
    async def resume_reanalysis(self, info: Info, id: strawberry.ID) -> ResumeReanalysisResult:
        return ResumeReanalysisPayload(reanalysis=await _do(info, id, service.resume))

    @strawberry.mutation(extensions=[Mutates(Open.SIGNED_IN)], description=f"Discards the new analyses; what is current stays. {_EITHER}")
    async def cancel_reanalysis(self, info: Info, id: strawberry.ID) -> CancelReanalysisResult:
        return CancelReanalysisPayload(reanalysis=await _do(info, id, service.cancel))

    @strawberry.mutation(
        extensions=[Mutates(Open.SIGNED_IN)],
        description="Makes the new analyses current, all at once. Where another became current meanwhile, that one stays. " + _EITHER,
    )
    async def apply_reanalysis(self, info: Info, id: strawberry.ID) -> ApplyReanalysisResult:
        return ApplyReanalysisPayload(reanalysis=await _do(info, id, service.apply))
