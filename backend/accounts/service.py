"""Accounts and their people, agents and teams: made by hand, or by the calls that arrive."""

from __future__ import annotations

import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy.ext.asyncio import AsyncSession

from backend.accounts import repository
from backend.accounts.tables import Account, Agent, Team, TeamSupervisor, User
from backend.clock import utc_now
from backend.db.sealed import Wrapping, create_keys
from backend.db.session import Session
from backend.errors import InvalidInput

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class NewAgent:
    """An agent as the contact centre names them. Without an external id and an email there is nothing to know them by."""

    external_id: str | None = None
    email: str | None = None
    name: str | None = None
    team: str | None = None


def checked_slug(slug: str) -> str:
    """Raises InvalidInput where the name cannot stand in a sign-in form."""
    if not _SLUG.fullmatch(slug):
        raise InvalidInput(
            "An account's name consists of lower-case letters, digits and hyphens, at most 63.", pointer="/input/slug", value=slug
        )
    return slug


def checked_email(email: str, *, pointer: str) -> str:
    if not _EMAIL.fullmatch(email):
        raise InvalidInput("This is no email address: write it like name@example.com.", pointer=pointer, value=email)
    return email


def checked_timezone(name: str) -> str:
    if name not in available_timezones():
        raise InvalidInput("This is no time zone: write it like Europe/Berlin.", pointer="/input/timezone", value=name)
    return name


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
    session: Session, *, email: str, name: str, password_hash: str | None = None, account_role: str = "member"
) -> User:  # fmt: skip
    """Makes a person and links the agents that bear their address."""
    checked_email(email, pointer="/input/email")
    if await repository.user_by_email(session, session.account_id, email):
        raise InvalidInput("There is a person with this address in the account already.", pointer="/input/email", value=email)
    user = User(
        account_id=session.account_id,
        email=email,
        name=name,
        password_hash=password_hash,
        account_role=account_role,
        created_at=utc_now(),
    )
    session.add(user)
    await session.flush()
    for agent in await repository.unlinked_agents(session, session.account_id, email):
        agent.user_id = user.id
    return user


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
