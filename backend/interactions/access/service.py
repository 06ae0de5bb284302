"""The facts of a case, for its explanation."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from backend.accounts.tables import Agent, User
from backend.authz.actions import AccountAction, Action
from backend.db.session import ReadSession
from backend.errors import InvalidInput, NotFound
from backend.identity.repository import person
from backend.interactions import repository
from backend.roles import explanation
from backend.roles.explanation import Decision, Place, Subject
from backend.roles.service import roles_held


async def explain(session: ReadSession, account_id: int, user_id: int, action: str, interaction_id: int | None) -> Decision:
    """Raises InvalidInput for what is no permission, NotFound for a person or an interaction that the account has not."""
    subject = await _subject(session, account_id, user_id)
    if action in set(AccountAction):
        return explanation.explain_account(subject, AccountAction(action))
    if action not in set(Action):
        choices = ", ".join([*Action, *AccountAction])
        raise InvalidInput(f"There is no such permission. Choose among {choices}.", pointer="/action", value=action)
    if action == Action.INTERACTION_INGEST and interaction_id is not None:
        raise InvalidInput("Taking in is not done to an interaction that is there: name none.", pointer="/interactionId")
    place = None if interaction_id is None else await _place(session, account_id, interaction_id)
    return explanation.explain(subject, Action(action), place)


async def _subject(session: ReadSession, account_id: int, user_id: int) -> Subject:
    query = select(User).where(col(User.account_id) == account_id, col(User.id) == user_id)
    user = (await session.execute(query)).scalar_one_or_none()
    if user is None:
        raise NotFound("There is no such person.")
    found = await person(session, account_id, user_id)
    return Subject(
        name=user.name,
        active=found is not None,
        has_seat=found is not None and found.has_seat,
        account_role=user.account_role,
        roles=await roles_held(session, account_id, user_id),
        agent_ids=frozenset(found.agent_ids if found else ()),
        team_ids=frozenset(found.team_ids if found else ()),
    )


async def _place(session: ReadSession, account_id: int, interaction_id: int) -> Place:
    row = await repository.interaction(session, account_id, interaction_id)
    if row is None:
        raise NotFound("There is no such interaction.")
    query = select(col(Agent.team_id)).where(col(Agent.account_id) == account_id, col(Agent.id) == row.agent_id)
    return Place(row.agent_id, await session.scalar(query) if row.agent_id is not None else None)
