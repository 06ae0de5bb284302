"""The account's topics, once an operation."""

from __future__ import annotations

from backend.graphql.context import Context
from backend.topics import repository
from backend.topics.tables import Topic


async def known(context: Context, accounts: list[int]) -> list[dict[int, Topic]]:
    """By id. Only ever of the viewer's own account."""
    async with context.read() as session:
        rows = await repository.topics(session, context.viewer.account_id)
    return [{row.id: row for row in rows} for _ in accounts]
