"""Many people's second factors at once."""

from __future__ import annotations

from backend.graphql.context import Context
from backend.identity.factor import repository


async def confirmed(context: Context, ids: list[int]) -> list[bool]:
    """Whether each person has a second factor."""
    async with context.read() as session:
        found = await repository.confirmed(session, context.viewer.account_id, ids)
    return [number in found for number in ids]
