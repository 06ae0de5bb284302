"""What every domain needs: the outbox, which commits with a change so that nothing is forgotten, and the accounts' data keys."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import SQLModel

from backend.db.base import account_key, blob, document, identity_key, instant


class OutboxRow(SQLModel, table=True):
    """`event` names a class of `backend.events`; `payload` holds ids only. Deleted once handed on."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_created", "created_at"),)

    account_id: int = account_key()
    id: int = identity_key()
    event: str
    payload: dict[str, Any] = document()
    created_at: datetime = instant()


class AccountKey(SQLModel, table=True):
    """The account's data keys, wrapped by the key service; the newest seals, all open. `purpose`: seal, search."""

    __tablename__ = "account_key"

    account_id: int = account_key()
    id: int = identity_key()
    purpose: str
    wrapped: bytes = blob()
    created_at: datetime = instant()
