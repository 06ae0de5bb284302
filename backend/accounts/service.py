"""Accounts and their people, agents and teams: made by hand, or by the calls that arrive."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from backend.accounts import repository
from backend.accounts.rules import checked_email, checked_name, checked_slug, checked_timezone
from backend.accounts.tables import Account, Agent, Team, TeamSupervisor, User
from backend.clock import utc_now
from backend.db.sealed import Wrapping, create_keys
from backend.db.session import Session
from backend.errors import Conflict, InvalidInput, NotFound


@dataclass(frozen=True, slots=True)
class NewAgent:
    """An agent as the contact centre names them. Without an external id and an email there is nothing to know them by."""

    external_id: str | None = None
    email: str | None = None
    name: str | None = None
    team: str | None = None


async def create_account(
    session: Session, keys: Wrapping, *, slug: str, name: str, timezone: str = "UTC", region: str = "eu"
) -> Account:  # fmt: skip
    """The account of this transaction, with its data keys. Its settings and topics are their domains' to make."""
    account = Account(
        id=session.account_id,
        slug=checked_slug(slug),
        name=name,
        region=region,
        timezone=checked_timezone(timezone),
        created_at=utc_now(),
    )
    session.add(account)
    await session.flush()
    await create_keys(session, session.account_id, keys)
    return account


async def create_user(
    session: Session, *, email: str, name: str, password_hash: str | None = None, account_role: str = "member", source: str = "manual"
) -> User:  # fmt: skip
    """Makes a person and links the agents that bear their address. Raises InvalidInput, also where somebody has the address."""
    user = User(
        account_id=session.account_id,
        email=await _free_email(session, email),
        name=checked_name(name, pointer="/input/name"),
        password_hash=password_hash,
        account_role=account_role,
        source=source,
        created_at=utc_now(),
    )
    session.add(user)
    await _flush_person(session, email)
    await _link_by_email(session, user)
    return user


async def rename_user(session: Session, user: User, *, name: str | None, email: str | None) -> None:
    """Gives a person another name or address; an agent of the new address is linked to them. Raises InvalidInput as `create_user` does."""
    if name is not None:
        user.name = checked_name(name, pointer="/input/name")
    if email is not None and email != user.email:
        user.email = await _free_email(session, email, user.id)
        await _flush_person(session, email)
        await _link_by_email(session, user)


async def link_agent(session: Session, user: User, agent_id: int | None) -> None:
    """
    The person is this agent and no other; None: no agent. Raises NotFound without such an agent, Conflict where it is somebody else.
    """
    agent = None if agent_id is None else await repository.agent(session, session.account_id, agent_id)
    if agent_id is not None and agent is None:
        raise NotFound("There is no such agent in this account.")
    if agent is not None and agent.user_id not in (None, user.id):
        raise Conflict(f"The agent {agent.name} is another person already. Take the link from that person first.")
    for other in await repository.agents_of_person(session, session.account_id, user.id):
        other.user_id = None
    if agent is not None:
        agent.user_id = user.id
    await session.flush()


async def _free_email(session: Session, email: str, user_id: int | None = None) -> str:
    checked_email(email, pointer="/input/email")
    with session.no_autoflush:
        other = await repository.user_by_email(session, session.account_id, email)
    if other is not None and other.id != user_id:
        raise _taken(email)
    return email


async def _flush_person(session: Session, email: str) -> None:
    """The index has the last word: two may ask for one address at once."""
    try:
        await session.flush()
    except IntegrityError as error:
        if "uq_person_email" in str(error.orig):
            raise _taken(email) from None
        raise


def _taken(email: str) -> InvalidInput:
    return InvalidInput("There is a person with this address in the account already.", pointer="/input/email", value=email)


async def _link_by_email(session: Session, user: User) -> None:
    for agent in await repository.unlinked_agents(session, session.account_id, user.email):
        agent.user_id = user.id
    await session.flush()


async def team_named(session: Session, name: str) -> Team:
    """The team of this name, made where there is none."""
    team = await repository.team_by_name(session, session.account_id, name)
    if team is None:
        team = Team(account_id=session.account_id, name=name)
        session.add(team)
        await session.flush()
    return team


async def supervise(session: Session, *, team_id: int, user_id: int) -> None:
    session.add(TeamSupervisor(account_id=session.account_id, team_id=team_id, user_id=user_id))
    await session.flush()


async def upsert_agent(session: Session, new: NewAgent) -> Agent:
    """
    The agent with this external id, else with this email, else a new one. What was unknown of a known agent is filled in; what is
    known stays. An agent without a person is linked to the one with the same email.
    """
    agent = await _known_agent(session, new)
    if agent is None:
        agent = Agent(account_id=session.account_id, external_id=new.external_id, name=_name(new))
        session.add(agent)
    agent.external_id = agent.external_id or new.external_id
    await _complete_email(session, agent, new.email)
    if agent.team_id is None and new.team:
        agent.team_id = (await team_named(session, new.team)).id
    if agent.user_id is None and agent.email:
        user = await repository.user_by_email(session, session.account_id, agent.email)
        agent.user_id = user.id if user else None
    await session.flush()
    return agent


async def _known_agent(session: Session, new: NewAgent) -> Agent | None:
    with session.no_autoflush:
        if new.external_id and (found := await repository.agent_by_external_id(session, session.account_id, new.external_id)):
            return found
        if new.email and (found := await repository.agent_by_email(session, session.account_id, new.email)):
            # The same address under another external id is another agent only if the contact centre says so with another address.
            return found if not (new.external_id and found.external_id) else None
    return None


async def _complete_email(session: Session, agent: Agent, email: str | None) -> None:
    """An address belongs to one agent: a second agent with it stays without."""
    if agent.email or not email:
        return
    with session.no_autoflush:
        taken = await repository.agent_by_email(session, session.account_id, email)
    if taken is None:
        agent.email = checked_email(email, pointer="/input/agent/email")


def _name(new: NewAgent) -> str:
    return new.name or (new.email.split("@")[0] if new.email else None) or new.external_id or "Agent"


async def zone_of(session: AsyncSession, account_id: int) -> ZoneInfo:
    """The zone in which the account's days begin and end."""
    return ZoneInfo((await repository.account(session, account_id)).timezone)


__all__ = [
    "NewAgent", "checked_email", "checked_slug", "checked_timezone", "create_account", "create_user", "link_agent", "rename_user",
    "supervise", "team_named", "upsert_agent", "zone_of",
]  # fmt: skip
