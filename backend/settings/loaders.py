"""An account's settings, once an operation."""

from __future__ import annotations

from backend.graphql.context import Context
from backend.settings import repository
from backend.settings.tables import AccountSettings


async def settings(context: Context, accounts: list[int]) -> list[AccountSettings]:
    """Only ever of the viewer's own account."""
    async with context.read() as session:
        found = await repository.settings(session, context.viewer.account_id)
    return [found for _ in accounts]
