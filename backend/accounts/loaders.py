"""Many people, agents or teams at once."""

from __future__ import annotations

from backend.accounts import repository
from backend.accounts.tables import Agent, Team, User
from backend.graphql.context import Context


async def agents(context: Context, ids: list[int]) -> list[Agent | None]:
    async with context.read() as session:
        found = await repository.agents(session, context.viewer.account_id, ids)
    return [found.get(number) for number in ids]


async def teams(context: Context, ids: list[int]) -> list[Team | None]:
    async with context.read() as session:
        found = await repository.teams(session, context.viewer.account_id, ids)
    return [found.get(number) for number in ids]


async def users(context: Context, ids: list[int]) -> list[User | None]:
    async with context.read() as session:
        found = await repository.users(session, context.viewer.account_id, ids)
    return [found.get(number) for number in ids]


async def agents_by_person(context: Context, ids: list[int]) -> list[Agent | None]:
    """The agent that each person is."""
    async with context.read() as session:
        found = await repository.agents_by_person(session, context.viewer.account_id, ids)
    return [found.get(number) for number in ids]


async def members(context: Context, ids: list[int]) -> list[list[Agent]]:
    """The agents of each team."""
    async with context.read() as session:
        found = await repository.members_of(session, context.viewer.account_id, ids)
    return [found.get(number, []) for number in ids]


async def member_counts(context: Context, ids: list[int]) -> list[int]:
    async with context.read() as session:
        found = await repository.member_counts(session, context.viewer.account_id, ids)
    return [found.get(number, 0) for number in ids]


async def supervisors(context: Context, ids: list[int]) -> list[list[int]]:
    """The ids of each team's supervisors."""
    async with context.read() as session:
        found = await repository.supervisors_of(session, context.viewer.account_id, ids)
    return [found.get(number, []) for number in ids]


async def supervised(context: Context, ids: list[int]) -> list[list[int]]:
    """The ids of the teams that each person supervises."""
    async with context.read() as session:
        found = await repository.teams_supervised(session, context.viewer.account_id, ids)
    return [found.get(number, []) for number in ids]
