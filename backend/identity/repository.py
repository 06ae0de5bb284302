"""People and their sessions: all the SQL of identity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlmodel import col

from backend.accounts.tables import Agent, TeamSupervisor, User
from backend.db.session import ReadSession
from backend.db.session import Session as Writing
from backend.identity.tables import Session
from backend.licensing.tables import Seat
from backend.roles.tables import PolicyVersion, UserRole


@dataclass(frozen=True, slots=True)
class Person:
    """A person with everything that decides what they may do. `policy_version` 0: the account's policies are as delivered."""

    user: User
    has_seat: bool
    policy_version: int
    roles: tuple[str, ...]
    agent_ids: tuple[int, ...]
    team_ids: tuple[int, ...]


async def person(session: ReadSession, account_id: int, user_id: int) -> Person | None:
    """An active person, in one statement."""
    seat = select(col(Seat.user_id)).where(col(Seat.account_id) == account_id, col(Seat.user_id) == user_id).exists()
    version = select(col(PolicyVersion.version)).where(col(PolicyVersion.account_id) == account_id).scalar_subquery()
    roles = select(func.array_agg(col(UserRole.role).distinct())).where(
        col(UserRole.account_id) == account_id, col(UserRole.user_id) == user_id
    )
    agents = select(func.array_agg(col(Agent.id))).where(col(Agent.account_id) == account_id, col(Agent.user_id) == user_id)
    teams = select(func.array_agg(col(TeamSupervisor.team_id))).where(
        col(TeamSupervisor.account_id) == account_id, col(TeamSupervisor.user_id) == user_id
    )
    query = select(User, seat, func.coalesce(version, 0), roles.scalar_subquery(), agents.scalar_subquery(), teams.scalar_subquery()).where(
        col(User.account_id) == account_id, col(User.id) == user_id, col(User.active)
    )
    row = (await session.execute(query)).first()
    return Person(row[0], bool(row[1]), int(row[2]), *(tuple(part or ()) for part in row[3:])) if row else None


async def by_email(session: ReadSession, account_id: int, email: str) -> User | None:
    query = select(User).where(col(User.account_id) == account_id, func.lower(col(User.email)) == email.lower(), col(User.active))
    return (await session.execute(query)).scalars().first()


async def user(session: ReadSession, account_id: int, user_id: int) -> User:
    return (await session.execute(select(User).where(col(User.account_id) == account_id, col(User.id) == user_id))).scalars().one()


async def session_row(session: ReadSession, account_id: int, session_id: int) -> Session | None:
    query = select(Session).where(col(Session.account_id) == account_id, col(Session.id) == session_id)
    return (await session.execute(query)).scalars().first()


async def keep_alive(session: Writing, session_id: int, *, seen_at: datetime, expires_at: datetime) -> None:
    await session.execute(
        update(Session)
        .where(col(Session.account_id) == session.account_id, col(Session.id) == session_id)
        .values(seen_at=seen_at, expires_at=expires_at)
    )


async def end_session(session: Writing, token_hash: bytes) -> int | None:
    """The id of the session that this token opened, which is gone now."""
    query = delete(Session).where(col(Session.account_id) == session.account_id, col(Session.token_hash) == token_hash)
    return (await session.execute(query.returning(col(Session.id)))).scalar()


async def drop_expired(session: Writing, now: datetime) -> None:
    await session.execute(delete(Session).where(col(Session.account_id) == session.account_id, col(Session.expires_at) <= now))
