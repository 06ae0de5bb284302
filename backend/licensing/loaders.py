"""Many seats or licences at once."""

from __future__ import annotations

from backend.graphql.context import Context
from backend.licensing import repository, service
from backend.licensing.rules import Room
from backend.licensing.tables import Seat


async def seats(context: Context, user_ids: list[int]) -> list[Seat | None]:
    """The seat that each person holds."""
    async with context.read() as session:
        found = await repository.seats(session, context.viewer.account_id, user_ids)
    return [found.get(number) for number in user_ids]


async def rooms(context: Context, ids: list[int]) -> list[Room | None]:
    """Licences with what is taken of them. An account has a few, so they are read together."""
    async with context.read() as session:
        found = {room.id: room for room in await service.rooms_of(session, context.viewer.account_id)}
    return [found.get(number) for number in ids]
