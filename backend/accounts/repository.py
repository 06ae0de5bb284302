"""SQL of accounts, people, agents and teams."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from backend.accounts.tables import Account, Agent, Team, TeamSupervisor, User
from backend.db.session import Database, Session


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
    query = select(Agent).where(col(Agent.account_id) == account_id, col(Agent.email_key) == func.lower(email))
    return (await session.execute(query)).scalar_one_or_none()


async def agent(session: AsyncSession, account_id: int, agent_id: int) -> Agent | None:
    query = select(Agent).where(col(Agent.account_id) == account_id, col(Agent.id) == agent_id)
    return (await session.execute(query)).scalar_one_or_none()


async def user_by_email(session: AsyncSession, account_id: int, email: str) -> User | None:
    query = select(User).where(col(User.account_id) == account_id, col(User.email_key) == func.lower(email))
    return (await session.execute(query)).scalar_one_or_none()


async def team_by_name(session: AsyncSession, account_id: int, name: str) -> Team | None:
    query = select(Team).where(col(Team.account_id) == account_id, col(Team.name) == name, col(Team.deleted_at).is_(None))
    return (await session.execute(query)).scalar_one_or_none()


async def agents_of_person(session: AsyncSession, account_id: int, user_id: int) -> list[Agent]:
    query = select(Agent).where(col(Agent.account_id) == account_id, col(Agent.user_id) == user_id)
    return list((await session.execute(query.order_by(col(Agent.id)))).scalars())


async def unlinked_agents(session: AsyncSession, account_id: int, email: str) -> list[Agent]:
    """Agents with this address that no person is linked to."""
    query = select(Agent).where(
        col(Agent.account_id) == account_id, col(Agent.email_key) == func.lower(email), col(Agent.user_id).is_(None)
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
    query = select(Agent).where(col(Agent.account_id) == account_id).order_by(col(Agent.sort_name), col(Agent.id))
    if teams is not None:
        query = query.where(col(Agent.team_id).in_(teams) | col(Agent.id).in_(own))
    return (await session.execute(query)).scalars().all()


async def all_teams(session: AsyncSession, account_id: int) -> Sequence[Team]:
    """Those that are not deleted, by name."""
    query = select(Team).where(col(Team.account_id) == account_id, col(Team.deleted_at).is_(None))
    return (await session.execute(query.order_by(func.lower(col(Team.name)), col(Team.id)))).scalars().all()


async def hold_team(session: Session, team_id: int) -> Team | None:
    """The team, locked until the transaction ends; None where it is deleted or never was."""
    query = select(Team).where(col(Team.account_id) == session.account_id, col(Team.id) == team_id, col(Team.deleted_at).is_(None))
    return (await session.execute(query.with_for_update())).scalar_one_or_none()


async def team_like(session: AsyncSession, account_id: int, name: str) -> Team | None:
    """A live team of this name, however it is capitalised."""
    query = select(Team).where(
        col(Team.account_id) == account_id, func.lower(col(Team.name)) == name.lower(), col(Team.deleted_at).is_(None)
    )
    return (await session.execute(query.limit(1))).scalar_one_or_none()


async def put_in_team(session: Session, agent_ids: Collection[int], team_id: int) -> list[int]:
    """These agents' team is this one from now on; the ids of those that were elsewhere."""
    query = update(Agent).where(
        col(Agent.account_id) == session.account_id, col(Agent.id).in_(agent_ids), col(Agent.team_id).is_distinct_from(team_id)
    )
    return sorted((await session.execute(query.values(team_id=team_id).returning(col(Agent.id)))).scalars())


async def take_from_team(session: Session, team_id: int, agent_ids: Collection[int] | None = None) -> list[int]:
    """These agents, or all, have no team from now on; the ids of those that were in this one."""
    query = update(Agent).where(col(Agent.account_id) == session.account_id, col(Agent.team_id) == team_id)
    if agent_ids is not None:
        query = query.where(col(Agent.id).in_(agent_ids))
    return sorted((await session.execute(query.values(team_id=None).returning(col(Agent.id)))).scalars())


async def supervisors_of(session: AsyncSession, account_id: int, team_ids: Collection[int]) -> dict[int, list[int]]:
    """Ids of the supervisors of each team, by name."""
    query = (
        select(col(TeamSupervisor.team_id), col(TeamSupervisor.user_id))
        .join(User, (col(User.account_id) == col(TeamSupervisor.account_id)) & (col(User.id) == col(TeamSupervisor.user_id)))
        .where(col(TeamSupervisor.account_id) == account_id, col(TeamSupervisor.team_id).in_(team_ids))
        .order_by(col(User.sort_name), col(User.id))
    )
    return _grouped(await session.execute(query))


async def teams_supervised(session: AsyncSession, account_id: int, user_ids: Collection[int]) -> dict[int, list[int]]:
    """Ids of the teams that each person supervises, by name."""
    query = (
        select(col(TeamSupervisor.user_id), col(TeamSupervisor.team_id))
        .join(Team, (col(Team.account_id) == col(TeamSupervisor.account_id)) & (col(Team.id) == col(TeamSupervisor.team_id)))
        .where(col(TeamSupervisor.account_id) == account_id, col(TeamSupervisor.user_id).in_(user_ids))
        .order_by(func.lower(col(Team.name)), col(Team.id))
    )
    return _grouped(await session.execute(query))


async def write_supervisors(session: Session, team_id: int, user_ids: Collection[int]) -> None:
    """These people supervise the team, and nobody else."""
    mine = (col(TeamSupervisor.account_id) == session.account_id, col(TeamSupervisor.team_id) == team_id)
    await session.execute(delete(TeamSupervisor).where(*mine))
    session.add_all([TeamSupervisor(account_id=session.account_id, team_id=team_id, user_id=user_id) for user_id in user_ids])
    await session.flush()


async def members_of(session: AsyncSession, account_id: int, team_ids: Collection[int]) -> dict[int, list[Agent]]:
    """Agents of each team, by name."""
    query = select(Agent).where(col(Agent.account_id) == account_id, col(Agent.team_id).in_(team_ids))
    found: dict[int, list[Agent]] = {}
    for row in (await session.execute(query.order_by(col(Agent.sort_name), col(Agent.id)))).scalars():
        found.setdefault(row.team_id or 0, []).append(row)
    return found


async def member_counts(session: AsyncSession, account_id: int, team_ids: Collection[int]) -> dict[int, int]:
    query = select(col(Agent.team_id), func.count()).where(col(Agent.account_id) == account_id, col(Agent.team_id).in_(team_ids))
    return {row[0] or 0: row[1] for row in await session.execute(query.group_by(col(Agent.team_id)))}


async def users(session: AsyncSession, account_id: int, ids: Collection[int]) -> dict[int, User]:
    rows = await session.execute(select(User).where(col(User.account_id) == account_id, col(User.id).in_(ids)))
    return {row.id: row for row in rows.scalars()}


async def agents_by_person(session: AsyncSession, account_id: int, user_ids: Collection[int]) -> dict[int, Agent]:
    """The agent that each person is; the oldest where there are several."""
    query = select(Agent).where(col(Agent.account_id) == account_id, col(Agent.user_id).in_(user_ids)).order_by(col(Agent.id).desc())
    return {row.user_id or 0: row for row in (await session.execute(query)).scalars()}


def _grouped(rows: Iterable[Any]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for key, value in rows:
        found.setdefault(key, []).append(value)
    return found
