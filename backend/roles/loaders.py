"""The account's roles and who holds them, once an operation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from backend.graphql.context import Context
from backend.roles import repository
from backend.roles.rules import RoleInForce
from backend.roles.service import known_roles
from backend.roles.tables import UserRole


async def in_force(context: Context, accounts: list[int]) -> list[dict[str, RoleInForce]]:
    """By key, in their order. Only ever of the viewer's own account."""
    async with context.read() as session:
        known = {role.key: role for role in await known_roles(session, context.viewer.account_id)}
    return [known for _ in accounts]


async def holders(context: Context, keys: list[str]) -> list[int]:
    """How many people hold each role."""
    async with context.read() as session:
        found = await repository.holders(session, context.viewer.account_id)
    return [found.get(key, 0) for key in keys]


async def held(context: Context, user_ids: list[int]) -> list[Sequence[UserRole]]:
    """What each person holds; a role that several sources give stands there several times."""
    async with context.read() as session:
        rows = await repository.held(session, context.viewer.account_id, user_ids)
    grouped: dict[int, list[UserRole]] = defaultdict(list)
    for row in rows:
        grouped[row.user_id].append(row)
    return [grouped[number] for number in user_ids]
