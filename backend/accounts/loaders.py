"""Many agents or teams at once."""

from __future__ import annotations

from backend.accounts import repository
from backend.accounts.tables import Agent, Team
from backend.graphql.context import Context


async def agents(context: Context, ids: list[int]) -> list[Agent | None]:
    async with context.read() as session:
        found = await repository.agents(session, context.viewer.account_id, ids)
    return [found.get(number) for number in ids]


async def teams(context: Context, ids: list[int]) -> list[Team | None]:
    async with context.read() as session:
        found = await repository.teams(session, context.viewer.account_id, ids)
    return [found.get(number) for number in ids]
