"""Column kinds that every table shares. Every key begins with the account, so that the same schema distributes by account."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Computed, Date, DateTime, ForeignKeyConstraint, Identity, LargeBinary, MetaData, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata: MetaData = SQLModel.metadata
metadata.naming_convention = NAMING


def account_key() -> Any:
    """The account, first part of the primary key."""
    return Field(sa_type=BigInteger, primary_key=True)


def identity_key() -> Any:
    """The row's own number, second part of the primary key; the database gives it, to many rows in one statement (so it is a sentinel)."""
    return Field(default=None, sa_column=Column(BigInteger, Identity(always=False), primary_key=True, insert_sentinel=True))


def part_key() -> Any:
    """A further part of the primary key that refers to another row."""
    return Field(sa_type=BigInteger, primary_key=True)


def big(*, nullable: bool = False) -> Any:
    return Field(default=None if nullable else ..., sa_type=BigInteger, nullable=nullable)


def instant(*, nullable: bool = False) -> Any:
    """An aware instant."""
    kind: Any = DateTime(timezone=True)
    return Field(default=None if nullable else ..., sa_type=kind, nullable=nullable)


def calendar_day() -> Any:
    return Field(sa_type=Date)


def blob(*, nullable: bool = False) -> Any:
    """Sealed or wrapped bytes."""
    return Field(default=None if nullable else ..., sa_type=LargeBinary, nullable=nullable)


def document() -> Any:
    """A small JSON value of numbers, names and ids: never what a conversation said."""
    return Field(default_factory=dict, sa_type=JSONB, nullable=False)


def lowered(column: str, *, nullable: bool = False) -> Any:
    """
    Another column in lower case, kept by the database, to find and sort rows by. Its index answers under row-level security; an index on
    `lower(…)` does not, since that function could leak what it is shown.
    """
    return Field(default=None, sa_column=Column(String, Computed(f"lower({column})", persisted=True), nullable=nullable))


def within_account(column: str, table: str, *, ondelete: str | None = None) -> ForeignKeyConstraint:
    """A reference to another row of the same account."""
    return ForeignKeyConstraint(["account_id", column], [f"{table}.account_id", f"{table}.id"], ondelete=ondelete)


__all__ = [
    "Any", "SQLModel", "account_key", "big", "blob", "calendar_day", "date", "datetime", "document", "identity_key", "instant",
    "lowered", "metadata", "part_key", "within_account",
]  # fmt: skip
