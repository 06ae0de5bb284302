"""The account's topics, once an operation."""

from __future__ import annotations

from datetime import datetime

from backend.graphql.context import Context
from backend.topics import repository
from backend.topics.repository import Applied
from backend.topics.tables import Topic


async def known(context: Context, accounts: list[int]) -> list[dict[int, Topic]]:
    """By id. Only ever of the viewer's own account."""
    async with context.read() as session:
        rows = await repository.topics(session, context.viewer.account_id)
    return [{row.id: row for row in rows} for _ in accounts]


async def found_in(context: Context, accounts: list[int]) -> list[dict[int, int]]:
    """Topic → interactions that have it now. Only ever of the viewer's own account."""
    async with context.read() as session:
        counts = await repository.found_in(session, context.viewer.account_id)
    return [counts for _ in accounts]


async def applied(context: Context, since: list[datetime]) -> list[Applied]:
    async with context.read() as session:
        return await repository.applied(session, context.viewer.account_id, since)
