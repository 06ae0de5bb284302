"""Who saw and changed what. Rows are only ever added."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import SQLModel

from backend.db.base import account_key, big, document, identity_key, instant


class AuditEntry(SQLModel, table=True):
    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_at", "account_id", "at", "id"),
        Index("ix_audit_entry_actor", "account_id", "actor_id", "at", "id"),
        Index("ix_audit_entry_action", "account_id", "action", "at", "id"),
    )

    account_id: int = account_key()
    id: int = identity_key()
    at: datetime = instant()
    actor_id: int | None = big(nullable=True)
    actor_kind: str = "user"
    action: str
    object_type: str
    object_id: int | None = big(nullable=True)
    address: str | None = None
    detail: dict[str, Any] = document()
