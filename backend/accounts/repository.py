"""SQL of accounts, people, agents and teams."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from backend.accounts.tables import Account, Agent, Team, User
from backend.db.session import Database


async def next_account_id(db: Database) -> int:
    """The number of the account that is about to be made: its first transaction must bear it."""
    async with db.anonymous() as connection:
        return int(await connection.scalar(text("SELECT nextval(pg_get_serial_sequence('account', 'id'))")))


async def account(session: AsyncSession, account_id: int) -> Account:
    return (await session.execute(select(Account).where(col(Account.id) == account_id))).scalar_one()


async def agent_by_external_id(session: AsyncSession, account_id: int, external_id: str) -> Agent | None:
    query = select(Agent).where(col(Agent.account_id) == account_id, col(Agent.external_id) == external_id)
    return (await session.execute(query)).scalar_one_or_none()


async def agent_by_email(session: AsyncSession, account_id: int, email: str) -> Agent | None:
    query = select(Agent).where(col(Agent.account_id) == account_id, func.lower(col(Agent.email)) == email.lower())
    return (await session.execute(query)).scalar_one_or_none()


async def agent(session: AsyncSession, account_id: int, agent_id: int) -> Agent | None:
    query = select(Agent).where(col(Agent.account_id) == account_id, col(Agent.id) == agent_id)
    return (await session.execute(query)).scalar_one_or_none()


async def user_by_email(session: AsyncSession, account_id: int, email: str) -> User | None:
    query = select(User).where(col(User.account_id) == account_id, func.lower(col(User.email)) == email.lower())
    return (await session.execute(query)).scalar_one_or_none()


async def team_by_name(session: AsyncSession, account_id: int, name: str) -> Team | None:
    query = select(Team).where(col(Team.account_id) == account_id, col(Team.name) == name)
    return (await session.execute(query)).scalar_one_or_none()


async def unlinked_agents(session: AsyncSession, account_id: int, email: str) -> list[Agent]:
    """Agents with this address that no person is linked to."""
    query = select(Agent).where(
        col(Agent.account_id) == account_id, func.lower(col(Agent.email)) == email.lower(), col(Agent.user_id).is_(None)
    )
    return list((await session.execute(query)).scalars())


async def agents(session: AsyncSession, account_id: int, ids: list[int]) -> dict[int, Agent]:
    rows = await session.execute(select(Agent).where(col(Agent.account_id) == account_id, col(Agent.id).in_(ids)))
    return {row.id: row for row in rows.scalars()}


async def teams(session: AsyncSession, account_id: int, ids: list[int]) -> dict[int, Team]:
    rows = await session.execute(select(Team).where(col(Team.account_id) == account_id, col(Team.id).in_(ids)))
    return {row.id: row for row in rows.scalars()}


async def agents_of(session: AsyncSession, account_id: int, *, teams: Collection[int] | None, own: Collection[int]) -> Sequence[Agent]:
    """By name. Those of these teams and `own`; all where `teams` is None."""
    query = select(Agent).where(col(Agent.account_id) == account_id).order_by(col(Agent.name), col(Agent.id))
    if teams is not None:
        query = query.where(col(Agent.team_id).in_(teams) | col(Agent.id).in_(own))
    return (await session.execute(query)).scalars().all()


async def all_teams(session: AsyncSession, account_id: int) -> Sequence[Team]:
    """By name."""
    rows = await session.execute(select(Team).where(col(Team.account_id) == account_id).order_by(col(Team.name), col(Team.id)))
    return rows.scalars().all()
