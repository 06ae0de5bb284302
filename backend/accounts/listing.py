"""Agents page by page, by name and keyset."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, func, literal, or_, select, tuple_
from sqlmodel import col

from backend.accounts.rules import searched
from backend.accounts.tables import Agent, User
from backend.db.page import decode_cursor, encode_cursor
from backend.db.session import ReadSession
from backend.errors import InvalidInput
from backend.graphql.connection import Slice, Window, cut


@dataclass(frozen=True, slots=True)
class AgentFilter:
    """What is left out is not asked. `text` is in the name, the address or the external id; `outside`: in another team or in none."""

    text: str | None = None
    team_id: int | None = None
    outside: int | None = None


def name_cursor(row: Agent | User) -> str:
    """Where a row stands in a list by name."""
    return encode_cursor([row.name, row.id])


def name_key(part: Window) -> ColumnElement[Any] | None:
    """What the cursor's row compares as; None where there is no cursor. Raises InvalidInput where no list by name gave it out."""
    if part.cursor is None:
        return None
    pointer = "/before" if part.backward else "/after"
    name, number = decode_cursor(part.cursor, pointer=pointer, parts=2)
    if not isinstance(name, str) or not name.isprintable() or type(number) is not int or not 0 < number < 2**63:
        raise InvalidInput("This cursor belongs to another list. Start again without one.", pointer=pointer, value=part.cursor)
    # The database lowers both sides: it and Python differ over some letters.
    return tuple_(func.lower(name), literal(number, BigInteger))


async def agents(session: ReadSession, account_id: int, wanted: AgentFilter, part: Window) -> Slice[Agent]:
    """Raises InvalidInput where the cursor is none of this list."""
    columns: list[Any] = [col(Agent.sort_name), col(Agent.id)]
    query = _matching(select(Agent), account_id, wanted)
    if (key := name_key(part)) is not None:
        query = query.where(tuple_(*columns) < key if part.backward else tuple_(*columns) > key)
    order = [column.desc() if part.backward else column.asc() for column in columns]
    rows = (await session.execute(query.order_by(*order).limit(part.size + 1))).scalars().all()
    return cut(rows, part, name_cursor)


async def count_agents(session: ReadSession, account_id: int, wanted: AgentFilter) -> int:
    return int(await session.scalar(_matching(select(func.count()).select_from(Agent), account_id, wanted)) or 0)


def _matching(query: Select[Any], account_id: int, wanted: AgentFilter) -> Select[Any]:
    query = query.where(col(Agent.account_id) == account_id)
    if (words := searched(wanted.text)) is not None:
        columns = (col(Agent.name), col(Agent.email), col(Agent.external_id))
        query = query.where(or_(*(column.icontains(words, autoescape=True) for column in columns)))
    if wanted.team_id is not None:
        query = query.where(col(Agent.team_id) == wanted.team_id)
    if wanted.outside is not None:
        query = query.where(col(Agent.team_id).is_distinct_from(wanted.outside))
    return query
