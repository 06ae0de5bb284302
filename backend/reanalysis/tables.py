"""Runs of re-analysis: which interactions, how far each is, and in what its new analysis differs from the current one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from backend.db.base import account_key, big, identity_key, instant, part_key, within_account


class Reanalysis(SQLModel, table=True):
    """
    `state`: running, paused, ready (all analysed, none current yet), applied, cancelled. `interaction_id` is set where the run is of one
    interaction. `first_day` and `last_day` bound it; `filtered`: it was narrowed by more than days. `reason`: why it paused by itself.
    `total` is how many interactions it began with.
    """

    __tablename__ = "reanalysis"
    __table_args__ = (within_account("interaction_id", "interaction", ondelete="CASCADE"),)

    account_id: int = account_key()
    id: int = identity_key()
    state: str
    interaction_id: int | None = big(nullable=True)
    first_day: date | None = None
    last_day: date | None = None
    filtered: bool = False
    total: int = 0
    reason: str | None = None
    started_by: int | None = big(nullable=True)
    started_at: datetime = instant()
    finished_at: datetime | None = instant(nullable=True)
    ended_at: datetime | None = instant(nullable=True)


class ReanalysisItem(SQLModel, table=True):
    """
    One interaction of a run. `state`: waiting, working, analysed, same (nothing differs, so nothing is kept), skipped, failed; and once the
    run is applied, current or superseded (another analysis became current meanwhile, and stays). `base_analysis_id` is the analysis that
    was current when it was compared, `analysis_id` the one kept aside; `findings` are the numbers, times and ids that lists and reports
    read once it is current.
    """

    __tablename__ = "reanalysis_item"
    __table_args__ = (
        within_account("reanalysis_id", "reanalysis", ondelete="CASCADE"),
        within_account("interaction_id", "interaction", ondelete="CASCADE"),
        Index("ix_reanalysis_item_state", "account_id", "reanalysis_id", "state", "interaction_id"),
        Index("ix_reanalysis_item_interaction", "account_id", "interaction_id"),
        Index("ix_reanalysis_item_working", "claimed_at", postgresql_where="state = 'working'"),
    )

    account_id: int = account_key()
    reanalysis_id: int = part_key()
    interaction_id: int = part_key()
    state: str = "waiting"
    attempts: int = 0
    claimed_at: datetime | None = instant(nullable=True)
    reason: str | None = None
    base_analysis_id: int | None = big(nullable=True)
    analysis_id: int | None = big(nullable=True)
    findings: dict[str, Any] | None = Field(default=None, sa_type=JSONB(none_as_null=True), nullable=True)


class ReanalysisChange(SQLModel, table=True):
    """
    In what one interaction's analyses differ. `feature` is the kind of thing, `name` which one: a figure, an indicator, a topic, a kind of
    event. Counts, and the values before and after where it has one; never words of the conversation.
    """

    __tablename__ = "reanalysis_change"
    __table_args__ = (
        within_account("reanalysis_id", "reanalysis", ondelete="CASCADE"),
        within_account("interaction_id", "interaction", ondelete="CASCADE"),
        Index("ix_reanalysis_change_interaction", "account_id", "interaction_id"),
    )

    account_id: int = account_key()
    reanalysis_id: int = part_key()
    interaction_id: int = part_key()
    feature: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    added: int = 0
    removed: int = 0
    changed: int = 0
    before: float | None = None
    after: float | None = None
