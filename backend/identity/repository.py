"""People and their sessions: all the SQL of identity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlmodel import col

from backend.accounts.tables import Agent, TeamSupervisor, User
from backend.db.session import ReadSession
from backend.db.session import Session as Writing
from backend.identity.tables import Session
from backend.licensing.tables import Seat, SeatEvent
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
    query = select(User).where(col(User.account_id) == account_id, col(User.email_key) == func.lower(email), col(User.active))
    return (await session.execute(query)).scalars().first()


async def user(session: ReadSession, account_id: int, user_id: int) -> User:
    return (await session.execute(select(User).where(col(User.account_id) == account_id, col(User.id) == user_id))).scalars().one()


async def session_row(session: ReadSession, account_id: int, session_id: int) -> Session | None:
    query = select(Session).where(col(Session.account_id) == account_id, col(Session.id) == session_id)
    return (await session.execute(query)).scalars().first()


async def keep_alive(session: Writing, session_id: int, user_id: int, *, seen_at: datetime, expires_at: datetime) -> None:
    await session.execute(
        update(Session)
        .where(col(Session.account_id) == session.account_id, col(Session.id) == session_id)
        .values(seen_at=seen_at, expires_at=expires_at)
    )
    await seen(session, user_id, seen_at)


async def seen(session: Writing, user_id: int, now: datetime) -> None:
    await session.execute(update(User).where(col(User.account_id) == session.account_id, col(User.id) == user_id).values(last_seen_at=now))


async def replace_token(session: Writing, session_id: int, token_hash: bytes) -> None:
    await session.execute(
        update(Session).where(col(Session.account_id) == session.account_id, col(Session.id) == session_id).values(token_hash=token_hash)
    )


async def end_session(session: Writing, token_hash: bytes) -> bool:
    """Whether the session that this token opened was there; it is gone now."""
    query = delete(Session).where(col(Session.account_id) == session.account_id, col(Session.token_hash) == token_hash)
    return (await session.execute(query.returning(col(Session.id)))).scalar() is not None


async def end_sessions(session: Writing, user_id: int, *, keep: int | None = None) -> int:
    """Ends all sessions of a person but the one to keep; how many there were."""
    query = delete(Session).where(col(Session.account_id) == session.account_id, col(Session.user_id) == user_id)
    if keep is not None:
        query = query.where(col(Session.id) != keep)
    return len((await session.execute(query.returning(col(Session.id)))).all())


async def end_session_by_id(session: Writing, session_id: int) -> None:
    await session.execute(delete(Session).where(col(Session.account_id) == session.account_id, col(Session.id) == session_id))


async def sessions_of(session: ReadSession, account_id: int, user_id: int, now: datetime) -> Sequence[Session]:
    """Those that have not expired, the one used last first."""
    query = (
        select(Session)
        .where(col(Session.account_id) == account_id, col(Session.user_id) == user_id, col(Session.expires_at) > now)
        .order_by(col(Session.seen_at).desc(), col(Session.id).desc())
    )
    return (await session.execute(query)).scalars().all()


async def drop_expired(session: Writing, now: datetime) -> None:
    await session.execute(delete(Session).where(col(Session.account_id) == session.account_id, col(Session.expires_at) <= now))


async def refusal(session: ReadSession, account_id: int, user_id: int) -> str | None:
    """Why the person was refused a seat, where that is the last that became of theirs."""
    query = (
        select(SeatEvent)
        .where(col(SeatEvent.account_id) == account_id, col(SeatEvent.user_id) == user_id)
        .order_by(col(SeatEvent.id).desc())
        .limit(1)
    )
    last = (await session.execute(query)).scalars().first()
    return (last.reason or "No seat was left.") if last and last.change == "refused" else None
