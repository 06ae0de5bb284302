"""Agents page by page, by name and keyset."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, func, literal, or_, select, tuple_
from sqlmodel import col

from backend.accounts.rules import searched
from backend.accounts.tables import Agent, User
from backend.db.page import decode_cursor, encode_cursor
from backend.db.session import ReadSession
from backend.errors import InvalidInput
from backend.graphql.connection import Slice, Window, cut


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


async def agents(session: ReadSession, account_id: int, *, text: str | None, team_id: int | None, part: Window) -> Slice[Agent]:
    """Those whose name, address or external id holds the text, in this team where one is given."""
    columns: list[Any] = [col(Agent.sort_name), col(Agent.id)]
    query = select(Agent).where(col(Agent.account_id) == account_id)
    if (words := searched(text)) is not None:
        columns_searched = (col(Agent.name), col(Agent.email), col(Agent.external_id))
        query = query.where(or_(*(column.icontains(words, autoescape=True) for column in columns_searched)))
    if team_id is not None:
        query = query.where(col(Agent.team_id) == team_id)
    if (key := name_key(part)) is not None:
        query = query.where(tuple_(*columns) > key)
    rows = (await session.execute(query.order_by(*columns).limit(part.size + 1))).scalars().all()
    return cut(rows, part, name_cursor)
