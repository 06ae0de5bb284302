"""Seats: without one a person may sign in, and sees no conversation."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import SQLModel

from backend.db.base import account_key, instant, part_key, within_account


class Seat(SQLModel, table=True):
    """`source` is how it was assigned: manual, saml or scim."""

    __tablename__ = "seat"
    __table_args__ = (within_account("user_id", "person", ondelete="CASCADE"),)

    account_id: int = account_key()
    user_id: int = part_key()
    source: str = "manual"
    assigned_at: datetime = instant()
