"""Interactions: the list, one of them, what its filters offer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, TypeVar

import strawberry

from backend.accounts import repository as accounts
from backend.accounts.types import Agent, Team
from backend.authz.actions import Action, Scope
from backend.graphql.connection import PageInfo, window
from backend.graphql.context import Context, Info
from backend.graphql.ids import local_id
from backend.graphql.nouns import noun
from backend.interactions import listing, loaders, tables
from backend.interactions.filters import ListFilter
from backend.interactions.inputs import InteractionFilter, InteractionSort
from backend.interactions.types import Queue

if TYPE_CHECKING:
    from backend.api.types import Interaction, InteractionFacets

T = TypeVar("T")


@strawberry.type
class InteractionEdge:
    node: Annotated[Interaction, strawberry.lazy("backend.api.types")]
    cursor: str


@strawberry.type
class InteractionConnection:
    edges: list[InteractionEdge]
    page_info: PageInfo
    wanted: strawberry.Private[ListFilter]

    @strawberry.field(description="All that match; counted only when asked for.")
    async def total_count(self, info: Info) -> int:
        async with info.context.read() as session:
            return await listing.total(session, info.context.viewer, self.wanted)

    @classmethod
    def of(cls, page: listing.Page, wanted: ListFilter, info: Info) -> InteractionConnection:
        kind = noun(info, "Interaction")
        edges = [InteractionEdge(node=kind.from_row(row), cursor=cursor) for row, cursor in zip(page.rows, page.cursors, strict=True)]
        ends = (page.cursors[0], page.cursors[-1]) if page.cursors else (None, None)
        about = PageInfo(has_next_page=page.has_next, has_previous_page=page.has_previous, start_cursor=ends[0], end_cursor=ends[1])
        return cls(edges=edges, page_info=about, wanted=wanted)


@strawberry.type
class InteractionFacetFields:
    """What this domain's filters offer. Nobody without `interaction.read` is offered anything."""

    @strawberry.field
    async def agents(self, info: Info) -> list[Agent]:
        viewer = info.context.viewer
        scope = viewer.scope(Action.INTERACTION_READ)
        teams = None if scope is Scope.ALL else viewer.team_ids if scope is Scope.TEAM else ()
        if scope is None:
            return []
        async with info.context.read() as session:
            rows = await accounts.agents_of(session, viewer.account_id, teams=teams, own=viewer.agent_ids)
        return [Agent.from_row(row) for row in rows]

    @strawberry.field
    async def teams(self, info: Info) -> list[Team]:
        viewer = info.context.viewer
        scope = viewer.scope(Action.INTERACTION_READ)
        if scope is None:
            return []
        async with info.context.read() as session:
            rows = await accounts.all_teams(session, viewer.account_id)
        mine = viewer.team_ids if scope is Scope.TEAM else frozenset[int]()
        return [Team.from_row(row) for row in rows if scope is Scope.ALL or row.id in mine]

    @strawberry.field
    async def queues(self, info: Info) -> list[Queue]:
        async with info.context.read() as session:
            return [Queue.from_row(row) for row in await listing.queues(session, info.context.viewer)]

    @strawberry.field
    async def languages(self, info: Info) -> list[str]:
        async with info.context.read() as session:
            return await listing.languages(session, info.context.viewer)


async def found_by_text(context: Context, text: str | None) -> tuple[int, ...] | None:
    """The interactions in which these words occur; None where none are given."""
    if not isinstance(text, str) or not text.strip():
        return None
    async with context.read() as session:
        sealer = await context.services.sealers.of(session, context.viewer.account_id)
        return tuple(await context.services.matching(session, sealer, text))


def _given(value: T | None) -> T | None:
    """An argument that was left out is the same as null."""
    return None if value is strawberry.UNSET else value


@strawberry.type
class InteractionQuery:
    @strawberry.field(description="Interactions that the viewer may see; newest first unless sorted otherwise.")
    async def interactions(
        self,
        info: Info,
        filter: InteractionFilter | None = strawberry.UNSET,
        sort: InteractionSort | None = strawberry.UNSET,
        first: int | None = strawberry.UNSET,
        after: str | None = strawberry.UNSET,
        last: int | None = strawberry.UNSET,
        before: str | None = strawberry.UNSET,
    ) -> InteractionConnection:
        context, order = info.context, sort.value() if sort else listing.Sort()
        part = window(_given(first), _given(after), _given(last), _given(before))
        wanted = filter.value(await found_by_text(context, filter.text)) if filter else ListFilter()
        async with context.read() as session:
            page = await listing.page(session, context.viewer, wanted, order, part)
        return InteractionConnection.of(page, wanted, info)

    @strawberry.field(description="One interaction, or null where there is none that the viewer may see.")
    async def interaction(
        self, info: Info, id: strawberry.ID
    ) -> Annotated[Interaction, strawberry.lazy("backend.api.types")] | None:  # fmt: skip
        return await open_interaction(info, local_id("Interaction", id))

    @strawberry.field(description="What the filters can offer, limited to what the viewer may see.")
    def interaction_facets(self, info: Info) -> Annotated[InteractionFacets, strawberry.lazy("backend.api.types")]:
        _ = info.context.viewer
        facets: InteractionFacets = noun(info, "InteractionFacets")()
        return facets


async def open_interaction(info: Info, number: int | None) -> Interaction | None:
    """An interaction that somebody looks at, which the audit log keeps."""
    context = info.context
    _ = context.viewer
    row = await context.load(loaders.interactions, number) if number else None
    if row is None:
        return None
    context.note("interaction.view", "Interaction", row.id)
    opened: Interaction = noun(info, "Interaction").from_row(row)
    return opened


async def engagement_row(info: Info, number: int) -> tables.Engagement | None:
    """An engagement of which the viewer may see at least one interaction."""
    rows = await info.context.load(loaders.siblings, number)
    return await info.context.load(loaders.engagements, number) if rows else None


async def visible_agents(context: Context, numbers: Sequence[int]) -> list[int]:
    """Those of these agents whose calls the viewer may see, or might once there are any."""
    viewer = context.viewer
    scope = viewer.scope(Action.INTERACTION_READ)
    async with context.read() as session:
        rows = await accounts.agents(session, viewer.account_id, list(numbers))
    reach = viewer.team_ids if scope is Scope.TEAM else frozenset[int]()
    return [
        number
        for number, row in rows.items()
        if scope is Scope.ALL or (scope is not None and (number in viewer.agent_ids or row.team_id in reach))
    ]
