"""Seats: one rule, whichever way they are assigned."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from backend.clock import utc_now
from backend.db.session import Session
from backend.licensing.tables import Seat


async def assign_seat(session: Session, *, user_id: int, source: str = "manual") -> bool:
    """Gives the person a seat. False where they have one already."""
    held = await session.scalar(select(Seat).where(col(Seat.account_id) == session.account_id, col(Seat.user_id) == user_id))
    if held is not None:
        return False
    session.add(Seat(account_id=session.account_id, user_id=user_id, source=source, assigned_at=utc_now()))
    return True
