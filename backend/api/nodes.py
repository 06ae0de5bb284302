"""Any noun by its id, under the same rules as everywhere else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import strawberry

from backend.accounts import loaders as accounts
from backend.accounts.types import Agent, Team
from backend.authz.actions import AccountAction, Action, Scope
from backend.graphql.context import Info
from backend.graphql.ids import read_id
from backend.graphql.nouns import Node, noun
from backend.identity.saml.schema import identity_provider
from backend.indicators.schema import indicator
from backend.interactions import listing, loaders
from backend.interactions.schema import engagement_row, open_interaction, visible_agents
from backend.interactions.types import Engagement, Queue
from backend.licensing.types import Licence
from backend.reanalysis.schema import open_reanalysis
from backend.topics.schema import topic

Open = Callable[[Info, int], Awaitable[Node | None]]


async def _user(info: Info, number: int) -> Node | None:
    """A person: oneself, or anybody for those who manage people."""
    viewer = info.context.viewer
    if viewer.user_id != number and not viewer.may(AccountAction.USERS_EDIT):
        return None
    found: Node | None = await noun(info, "User").load(info, number)
    return found


async def _licence(info: Info, number: int) -> Node | None:
    return await Licence.load(info, number) if info.context.viewer.may(AccountAction.USERS_EDIT) else None


async def _agent(info: Info, number: int) -> Node | None:
    manages = info.context.viewer.may(AccountAction.USERS_EDIT)
    if not manages and not await visible_agents(info.context, [number]):
        return None
    row = await info.context.load(accounts.agents, number)
    return Agent.from_row(row) if row else None


async def _team(info: Info, number: int) -> Node | None:
    viewer = info.context.viewer
    scope = viewer.scope(Action.INTERACTION_READ)
    seen = scope is Scope.ALL or (scope is Scope.TEAM and number in viewer.team_ids)
    if not seen and not viewer.may(AccountAction.USERS_EDIT):
        return None
    row = await info.context.load(accounts.teams, number)
    return Team.from_row(row) if row else None


async def _queue(info: Info, number: int) -> Node | None:
    """A queue in which the viewer may see an interaction."""
    async with info.context.read() as session:
        if not await listing.queues(session, info.context.viewer, number):
            return None
    row = await info.context.load(loaders.queues, number)
    return Queue.from_row(row) if row else None


async def _engagement(info: Info, number: int) -> Node | None:
    row = await engagement_row(info, number)
    return Engagement.from_row(row) if row else None


async def _indicator(info: Info, number: int) -> Node | None:
    return await indicator(info.context, number)


async def _topic(info: Info, number: int) -> Node | None:
    return await topic(info.context, number)


async def _identity_provider(info: Info, number: int) -> Node | None:
    return await identity_provider(info, number)


NODES: dict[str, Open] = {
    "IdentityProvider": _identity_provider,
    "Interaction": open_interaction,
    "Engagement": _engagement,
    "User": _user,
    "Licence": _licence,
    "Agent": _agent,
    "Team": _team,
    "Queue": _queue,
    "Indicator": _indicator,
    "Topic": _topic,
    "Reanalysis": open_reanalysis,
}


@strawberry.type
class NodeQuery:
    @strawberry.field
    async def node(self, info: Info, id: strawberry.ID) -> Node | None:
        _ = info.context.viewer
        found = read_id(id)
        opener = NODES.get(found[0]) if found else None
        return await opener(info, found[1]) if opener and found else None
