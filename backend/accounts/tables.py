"""Who is there: accounts, their people, their agents and teams."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Column, Identity, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from backend.db.base import account_key, big, identity_key, instant, lowered, part_key, within_account


class Account(SQLModel, table=True):
    """The tenant. The one table whose key is not led by another column."""

    __tablename__ = "account"

    id: int = Field(default=None, sa_column=Column(BigInteger, Identity(always=False), primary_key=True))
    slug: str = Field(unique=True)
    name: str
    region: str = "eu"
    timezone: str = "UTC"
    created_at: datetime = instant()


class User(SQLModel, table=True):
    """
    A person who signs in. `account_role` (owner, admin, member) is apart from the QM roles; `source` is how the person came to be:
    manual, saml or scim. `active` False: cannot sign in and holds no seat; the row stays, since history names it.
    """

    __tablename__ = "person"
    __table_args__ = (
        Index("uq_person_email", "account_id", "email_key", unique=True),
        Index("ix_person_name", "account_id", "sort_name", "id"),
    )

    account_id: int = account_key()
    id: int = identity_key()
    email: str
    name: str
    password_hash: str | None = None
    account_role: str = "member"
    locale: str = "en"
    active: bool = True
    source: str = Field(default="manual", sa_column_kwargs={"server_default": "manual"})
    created_at: datetime = instant()
    last_seen_at: datetime | None = instant(nullable=True)
    sort_name: str = lowered("name")
    email_key: str = lowered("email")


class Team(SQLModel, table=True):
    """A group of agents. A deleted team keeps its row: conversations name the team that they were held in."""

    __tablename__ = "team"
    __table_args__ = (Index("uq_team_name", "account_id", "name", unique=True, postgresql_where=text("deleted_at IS NULL")),)

    account_id: int = account_key()
    id: int = identity_key()
    name: str
    external_id: str | None = None
    deleted_at: datetime | None = instant(nullable=True)


class TeamSupervisor(SQLModel, table=True):
    """Whose conversations a supervisor sees: those of the agents who are in these teams now."""

    __tablename__ = "team_supervisor"
    __table_args__ = (
        within_account("team_id", "team", ondelete="CASCADE"),
        within_account("user_id", "person", ondelete="CASCADE"),
        Index("ix_team_supervisor_user", "account_id", "user_id"),
    )

    account_id: int = account_key()
    team_id: int = part_key()
    user_id: int = part_key()


class Agent(SQLModel, table=True):
    """Who takes calls; made when a call arrives, and linked to a person by external id, then by email."""

    __tablename__ = "agent"
    __table_args__ = (
        within_account("team_id", "team"),
        within_account("user_id", "person"),
        UniqueConstraint("account_id", "external_id"),
        Index("ix_agent_user", "account_id", "user_id"),
        Index("ix_agent_team", "account_id", "team_id"),
        Index("ix_agent_name", "account_id", "sort_name", "id"),
        Index("uq_agent_email", "account_id", "email_key", unique=True),
    )

    account_id: int = account_key()
    id: int = identity_key()
    external_id: str | None = None
    email: str | None = None
    name: str
    team_id: int | None = big(nullable=True)
    user_id: int | None = big(nullable=True)
    sort_name: str = lowered("name")
    email_key: str | None = lowered("email", nullable=True)


__all__ = ["Account", "Agent", "Team", "TeamSupervisor", "User"]
