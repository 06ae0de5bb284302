"""Mapping rules, and which team a mapping put a person into."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from backend.db.base import account_key, big, identity_key, instant, part_key, within_account


class MappingRule(SQLModel, table=True):
    """`provider_id` None: the rule is for SCIM. `gives` is a list: a licence's key, keys of roles, a team's name; empty is none."""

    __tablename__ = "mapping_rule"
    __table_args__ = (
        within_account("provider_id", "identity_provider", ondelete="CASCADE"),
        Index("ix_mapping_rule_provider", "account_id", "provider_id", "place"),
    )

    account_id: int = account_key()
    id: int = identity_key()
    provider_id: int | None = big(nullable=True)
    place: int
    target: str
    attribute: str
    op: str
    value: str
    gives: Any = Field(default_factory=list, sa_column=Column(JSONB, nullable=False))


class RuleRun(SQLModel, table=True):
    """
    Deciding about everybody in the directory again, after its rules have changed: the account's last time. In round 1 those come who lose a
    seat, in round 2 all others, so that what is taken back can be given; users up to `after_id` have come in this round. `refused`: people
    for whom no seat was left.
    """

    __tablename__ = "rule_run"
    __table_args__ = (Index("ix_rule_run_unfinished", "moved_at", postgresql_where=text("finished_at IS NULL")),)

    account_id: int = account_key()
    asked_at: datetime = instant()
    asked_by: int | None = big(nullable=True)
    moved_at: datetime = instant()
    finished_at: datetime | None = instant(nullable=True)
    round: int = 1
    after_id: int = big()
    total: int = 0
    done: int = 0
    changed: int = 0
    refused: int = 0


class MappedTeam(SQLModel, table=True):
    """Only what a mapping gave may a mapping take away, so it is noted. `supervises`: as its supervisor, else as a member."""

    __tablename__ = "mapped_team"
    __table_args__ = (within_account("user_id", "person", ondelete="CASCADE"), within_account("team_id", "team", ondelete="CASCADE"))

    account_id: int = account_key()
    user_id: int = part_key()
    source: str = Field(primary_key=True)
    team_id: int = big()
    supervises: bool = False
