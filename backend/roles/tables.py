"""Which QM roles a person holds, and what an account has changed of what `policies/` says that a role may do."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, text
from sqlmodel import Field, SQLModel

from backend.db.base import account_key, big, instant, part_key, within_account


class UserRole(SQLModel, table=True):
    """
    `role` is a role's key: admin, supervisor, evaluator, agent, or one of the account's own. `source` is who gave it: manual, saml or
    scim. Two sources may give the same role; each takes away only what it gave.
    """

    __tablename__ = "person_role"
    __table_args__ = (
        within_account("user_id", "person", ondelete="CASCADE"),
        Index("ix_person_role_role", "account_id", "role"),
    )

    account_id: int = account_key()
    user_id: int = part_key()
    role: str = Field(primary_key=True)
    source: str = Field(default="manual", primary_key=True, sa_column_kwargs={"server_default": "manual"})


class Role(SQLModel, table=True):
    """A role that the account made, or a default role that it changed. Defaults as they were delivered have no row."""

    __tablename__ = "role"
    __table_args__ = (Index("uq_role_name", "account_id", text("lower(name)"), unique=True),)

    account_id: int = account_key()
    key: str = Field(primary_key=True)
    name: str
    description: str = ""
    based_on: str | None = None
    created_at: datetime = instant()
    changed_at: datetime = instant()


class RolePolicy(SQLModel, table=True):
    """
    What an account grants to a role, over `policies/default.csv`. Of a default role there are rows only for what differs: `scope` none
    takes a permission away, and what a later version of the program adds is granted as delivered.
    """

    __tablename__ = "role_policy"
    __table_args__ = (ForeignKeyConstraint(["account_id", "role"], ["role.account_id", "role.key"], ondelete="CASCADE"),)

    account_id: int = account_key()
    role: str = Field(primary_key=True)
    action: str = Field(primary_key=True)
    scope: str


class PolicyVersion(SQLModel, table=True):
    """
    Which policies are in force: a random number that changes with them, so that no two states ever share one, also where a transaction
    was undone. An account without a row has the policies as delivered.
    """

    __tablename__ = "policy_version"

    account_id: int = account_key()
    version: int = big()
