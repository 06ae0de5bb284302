"""The outbox: what must happen after a change commits. It commits with the change, so nothing is forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import SQLModel

from backend.db.base import account_key, document, identity_key, instant


class OutboxRow(SQLModel, table=True):
    """`event` names a class of `backend.events`; `payload` holds ids only. Deleted once handed on."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_created", "created_at"),)

    account_id: int = account_key()
    id: int = identity_key()
    event: str
    payload: dict[str, Any] = document()
    created_at: datetime = instant()
