"""What a directory wrote over SCIM: users and groups as it described them, and who is in which group."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from backend.db.base import account_key, big, document, identity_key, instant, part_key, within_account


class ScimResource(SQLModel, table=True):
    """
    A User or a Group (`kind`). `scim_id` is 128 random bits, the only id that leaves. `name_key` is the userName or the group's
    displayName, folded as they are compared. `body` holds the attributes under their canonical names, without id, meta and memberships.
    `user_id` is the person of a User.
    """

    __tablename__ = "scim_resource"
    __table_args__ = (
        within_account("user_id", "person", ondelete="CASCADE"),
        Index("uq_scim_resource_scim_id", "account_id", "scim_id", unique=True),
        Index("uq_scim_resource_user_name", "account_id", "name_key", unique=True, postgresql_where=text("kind = 'User'")),
        Index("uq_scim_resource_user_id", "account_id", "user_id", unique=True),
        Index("ix_scim_resource_name", "account_id", "kind", "name_key"),
        Index("ix_scim_resource_external_id", "account_id", "external_id"),
    )

    account_id: int = account_key()
    id: int = identity_key()
    kind: str
    scim_id: str
    name_key: str
    external_id: str | None = None
    user_id: int | None = big(nullable=True)
    active: bool = True
    body: dict[str, Any] = document()
    version: int = big()
    created_at: datetime = instant()
    modified_at: datetime = instant()


class ScimEmail(SQLModel, table=True):
    """The addresses of a User, folded as they are compared, at most 320 characters of each. The database keeps it in step with the body."""

    __tablename__ = "scim_email"
    __table_args__ = (
        within_account("resource_id", "scim_resource", ondelete="CASCADE"),
        Index("ix_scim_email_resource", "account_id", "resource_id"),
    )

    account_id: int = account_key()
    email_key: str = Field(primary_key=True)
    resource_id: int = part_key()


class ScimMember(SQLModel, table=True):
    """A user or a group in a group. `display` is what the directory called them there."""

    __tablename__ = "scim_member"
    __table_args__ = (
        within_account("group_id", "scim_resource", ondelete="CASCADE"),
        within_account("member_id", "scim_resource", ondelete="CASCADE"),
        Index("ix_scim_member_member", "account_id", "member_id"),
    )

    account_id: int = account_key()
    group_id: int = part_key()
    member_id: int = part_key()
    display: str | None = Field(default=None)
