"""SQL of what many people have that mapping rules can give, in statements that do not grow with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, select, union_all
from sqlmodel import col

from backend.accounts.tables import Agent, Team, TeamSupervisor
from backend.db.session import ReadSession
from backend.identity.mapping.planning import Holding
from backend.identity.mapping.tables import MappedTeam
from backend.licensing.tables import Licence, Seat
from backend.roles.tables import UserRole


async def holdings(session: ReadSession, account_id: int, user_ids: Collection[int], *, source: str) -> dict[int, Holding]:
    """What each of these people has; `source` is the mapping whose roles and team are told apart."""
    ids = list(user_ids)
    seats = {row.user_id: row for row in await session.execute(_seats(account_id, ids))}
    roles, teams = defaultdict(set), defaultdict(set)
    for row in await session.execute(_roles(account_id, ids, source)):
        roles[row.user_id].add(row.role)
    for row in await session.execute(_teams(account_id, ids)):
        teams[row.user_id].add(row.name)
    mapped = {row.user_id: row.name for row in await session.execute(_mapped(account_id, ids, source))}
    return {
        number: Holding(
            licence=seats[number].key if number in seats else None,
            seat_source=seats[number].source if number in seats else None,
            roles=frozenset(roles[number]),
            mapped_team=mapped.get(number),
            teams=frozenset(teams[number]),
        )
        for number in ids
    }


def _seats(account_id: int, ids: list[int]) -> Select[int, str, str]:
    same = (col(Licence.account_id) == col(Seat.account_id)) & (col(Licence.id) == col(Seat.licence_id))
    query = select(col(Seat.user_id), col(Seat.source), col(Licence.key)).join(Licence, same)
    return query.where(col(Seat.account_id) == account_id, col(Seat.user_id).in_(ids))


def _roles(account_id: int, ids: list[int], source: str) -> Select[int, str]:
    query = select(col(UserRole.user_id), col(UserRole.role))
    return query.where(col(UserRole.account_id) == account_id, col(UserRole.user_id).in_(ids), col(UserRole.source) == source)


def _mapped(account_id: int, ids: list[int], source: str) -> Select[int, str]:
    same = (col(Team.account_id) == col(MappedTeam.account_id)) & (col(Team.id) == col(MappedTeam.team_id))
    query = select(col(MappedTeam.user_id), col(Team.name)).join(Team, same)
    return query.where(col(MappedTeam.account_id) == account_id, col(MappedTeam.user_id).in_(ids), col(MappedTeam.source) == source)


def _teams(account_id: int, ids: list[int]) -> Any:
    parts = []
    for table in (Agent, TeamSupervisor):
        held: Any = table
        same = (col(Team.account_id) == col(held.account_id)) & (col(Team.id) == col(held.team_id))
        query: Any = select(col(held.user_id).label("user_id"), col(Team.name).label("name")).join(Team, same)
        parts.append(query.where(col(held.account_id) == account_id, col(held.user_id).in_(ids)))
    return union_all(*parts)
