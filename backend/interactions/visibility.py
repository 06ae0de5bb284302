"""
Which interactions an actor may see or act on, as one SQL predicate.

A supervisor's are the calls of the agents who are in their teams now, wherever those agents were at the time of the call, and their own.
Interactions without an agent belong to nobody: only scope `all` reaches them. Nothing can be done to what one may not see: the scopes
lie within one another, so of the scope of an action and that of `interaction.read` the narrower counts.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlmodel import col

from backend.accounts.loaders import agents
from backend.accounts.tables import Agent
from backend.authz.actions import Action, Scope
from backend.authz.actor import Actor
from backend.graphql.context import Context
from backend.interactions.tables import Interaction, InteractionTag


def visible_to(
    actor: Actor, action: Action = Action.INTERACTION_READ, source: type[Interaction] | type[InteractionTag] = Interaction
) -> ColumnElement[bool]:
    """True of the rows of `source` for which the actor holds `action`. Always names the account."""
    account = col(source.account_id) == actor.account_id
    scope = actor.reach(action)
    if scope is None:
        return and_(account, false())
    if scope is Scope.ALL:
        return account
    own = col(source.agent_id).in_(sorted(actor.agent_ids))
    if scope is Scope.OWN:
        return and_(account, own)
    mine = select(col(Agent.id)).where(col(Agent.account_id) == actor.account_id, col(Agent.team_id).in_(sorted(actor.team_ids)))
    return and_(account, or_(own, col(source.agent_id).in_(mine)))


def reaches(actor: Actor, action: Action, *, agent_id: int | None, team_id: int | None) -> bool:
    """The same for one interaction whose agent is in `team_id` now."""
    scope = actor.reach(action)
    if scope is None or scope is Scope.ALL:
        return scope is not None
    if agent_id is None:
        return False
    return agent_id in actor.agent_ids or (scope is Scope.TEAM and team_id in actor.team_ids)


async def permits(context: Context, action: Action, row: Interaction) -> bool:
    """Whether the viewer may do this to an interaction that they see: the same rule for a row that is there already."""
    scope = context.viewer.reach(action)
    if scope is None or scope is context.viewer.scope(Action.INTERACTION_READ):
        return scope is not None
    agent = await context.load(agents, row.agent_id) if row.agent_id else None
    return reaches(context.viewer, action, agent_id=row.agent_id, team_id=agent.team_id if agent else None)
