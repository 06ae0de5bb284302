"""Licences and their seats: without a seat a person may sign in, and sees no conversation."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import SQLModel

from backend.db.base import account_key, big, identity_key, instant, part_key, within_account


class Licence(SQLModel, table=True):
    """
    So many seats were bought. `kind` is single, or bundle where they came with another product's licence, which `bundled_with` names; a
    seat of either is a seat.
    """

    __tablename__ = "licence"
    __table_args__ = (UniqueConstraint("account_id", "key"), CheckConstraint("seats >= 0", name="seats"))

    account_id: int = account_key()
    id: int = identity_key()
    key: str
    name: str
    kind: str = "single"
    bundled_with: str | None = None
    seats: int = 0
    created_at: datetime = instant()


class Seat(SQLModel, table=True):
    """A person's seat: one at most. `source` is how it was assigned: manual, saml or scim. `assigned_by` None: by the program."""

    __tablename__ = "seat"
    __table_args__ = (
        within_account("user_id", "person", ondelete="CASCADE"),
        within_account("licence_id", "licence"),
        Index("ix_seat_licence", "account_id", "licence_id"),
    )

    account_id: int = account_key()
    user_id: int = part_key()
    licence_id: int = big()
    source: str = "manual"
    assigned_at: datetime = instant()
    assigned_by: int | None = big(nullable=True)


class SeatEvent(SQLModel, table=True):
    """
    What became of seats; rows are only ever added. `change` is assigned, released, moved or refused. `user_id` is None where the person
    was not made because of the refusal. It refers to nobody's row, so that history outlives what it speaks of.
    """

    __tablename__ = "seat_event"
    __table_args__ = (Index("ix_seat_event_user", "account_id", "user_id", "id"),)

    account_id: int = account_key()
    id: int = identity_key()
    at: datetime = instant()
    user_id: int | None = big(nullable=True)
    licence_id: int | None = big(nullable=True)
    change: str
    source: str
    actor_id: int | None = big(nullable=True)
    reason: str | None = None
