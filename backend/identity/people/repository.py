"""SQL that joins a person with their seat, roles and agents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select, tuple_
from sqlmodel import col

from backend.accounts.listing import name_cursor, name_key
from backend.accounts.rules import searched
from backend.accounts.tables import Agent, TeamSupervisor, User
from backend.authz.actions import AccountRole
from backend.db.session import ReadSession, Session
from backend.graphql.connection import Slice, Window, cut
from backend.licensing.tables import Seat
from backend.roles.tables import UserRole


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What is left out is not asked. `team_id`: an agent in the team, or one of its supervisors."""

    text: str | None = None
    seat: bool | None = None
    active: bool | None = None
    role: str | None = None
    team_id: int | None = None
    source: str | None = None


async def hold_with_owners(session: Session, user_id: int) -> dict[int, User]:
    """
    The person and every active owner, locked in the order of their ids until the transaction ends: two owners who unmake each other come
    one after the other.
    """
    owner = (col(User.account_role) == AccountRole.OWNER.value) & col(User.active)
    query = (
        select(User)
        .where(col(User.account_id) == session.account_id, or_(col(User.id) == user_id, owner))
        .order_by(col(User.id))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return {row.id: row for row in (await session.execute(query)).scalars()}


async def page(session: ReadSession, account_id: int, wanted: PeopleFilter, part: Window) -> Slice[User]:
    """People by name. Raises InvalidInput where the cursor is none of this list."""
    columns: list[Any] = [col(User.sort_name), col(User.id)]
    query = _matching(select(User), account_id, wanted)
    if (key := name_key(part)) is not None:
        query = query.where(tuple_(*columns) < key if part.backward else tuple_(*columns) > key)
    order = [column.desc() if part.backward else column.asc() for column in columns]
    rows = (await session.execute(query.order_by(*order).limit(part.size + 1))).scalars().all()
    return cut(rows, part, name_cursor)


async def total(session: ReadSession, account_id: int, wanted: PeopleFilter) -> int:
    return int(await session.scalar(_matching(select(func.count()).select_from(User), account_id, wanted)) or 0)


def _matching(query: Select[Any], account_id: int, wanted: PeopleFilter) -> Select[Any]:
    query = query.where(col(User.account_id) == account_id)
    if (words := searched(wanted.text)) is not None:
        query = query.where(or_(*(column.icontains(words, autoescape=True) for column in (col(User.name), col(User.email)))))
    if wanted.active is not None:
        query = query.where(col(User.active).is_(wanted.active))
    if wanted.source is not None:
        query = query.where(col(User.source) == wanted.source)
    if wanted.seat is not None:
        held = _theirs(Seat, account_id).exists()
        query = query.where(held if wanted.seat else ~held)
    if wanted.role is not None:
        query = query.where(_theirs(UserRole, account_id).where(col(UserRole.role) == wanted.role).exists())
    if wanted.team_id is not None:
        member = _theirs(Agent, account_id).where(col(Agent.team_id) == wanted.team_id).exists()
        leads = _theirs(TeamSupervisor, account_id).where(col(TeamSupervisor.team_id) == wanted.team_id).exists()
        query = query.where(or_(member, leads))
    return query


def _theirs(table: Any, account_id: int) -> Select[Any]:
    return select(col(table.user_id)).where(col(table.account_id) == account_id, col(table.user_id) == col(User.id))
