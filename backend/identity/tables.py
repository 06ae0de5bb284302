"""Sessions of people in browsers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import SQLModel

from backend.db.base import account_key, big, blob, identity_key, instant, within_account


class Session(SQLModel, table=True):
    """Only the SHA-256 of the cookie's token is kept."""

    __tablename__ = "session"
    __table_args__ = (within_account("user_id", "person", ondelete="CASCADE"), Index("uq_session_token", "token_hash", unique=True))

    account_id: int = account_key()
    id: int = identity_key()
    user_id: int = big()
    token_hash: bytes = blob()
    created_at: datetime = instant()
    seen_at: datetime = instant()
    expires_at: datetime = instant()
    address: str | None = None
    user_agent: str | None = None
