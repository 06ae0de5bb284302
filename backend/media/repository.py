"""SQL of recordings."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from backend.db.session import Session
from backend.media.tables import Recording


async def recording(session: AsyncSession, account_id: int, recording_id: int) -> Recording | None:
    query = select(Recording).where(col(Recording.account_id) == account_id, col(Recording.id) == recording_id)
    return (await session.execute(query)).scalar_one_or_none()


async def remove(session: Session, recording_id: int) -> None:
    await session.execute(delete(Recording).where(col(Recording.account_id) == session.account_id, col(Recording.id) == recording_id))


async def set_values(session: Session, recording_id: int, **values: Any) -> None:
    """Writes columns of one recording."""
    await session.execute(
        update(Recording)
        .where(col(Recording.account_id) == session.account_id, col(Recording.id) == recording_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
