"""Many recordings at once."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from backend.graphql.context import Context
from backend.media.tables import Recording


async def recordings(context: Context, ids: list[int]) -> list[Recording | None]:
    async with context.read() as session:
        rows = await session.execute(
            select(Recording).where(col(Recording.account_id) == context.viewer.account_id, col(Recording.id).in_(ids))
        )
    found = {row.id: row for row in rows.scalars()}
    return [found.get(number) for number in ids]
