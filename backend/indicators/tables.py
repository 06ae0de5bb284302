"""Indicators: named sets of keywords, in categories."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from backend.db.base import account_key, big, identity_key, instant, within_account


class IndicatorCategory(SQLModel, table=True):
    __tablename__ = "indicator_category"
    __table_args__ = (UniqueConstraint("account_id", "name"),)

    account_id: int = account_key()
    id: int = identity_key()
    name: str


class Indicator(SQLModel, table=True):
    """`scope`: agent, consumer, both."""

    __tablename__ = "indicator"
    __table_args__ = (
        UniqueConstraint("account_id", "category_id", "name"),
        within_account("category_id", "indicator_category", ondelete="CASCADE"),
    )

    account_id: int = account_key()
    id: int = identity_key()
    category_id: int = big()
    name: str
    scope: str = "both"
    created_at: datetime = instant()


class IndicatorKeyword(SQLModel, table=True):
    __tablename__ = "indicator_keyword"
    __table_args__ = (
        UniqueConstraint("account_id", "indicator_id", "text"),
        within_account("indicator_id", "indicator", ondelete="CASCADE"),
    )

    account_id: int = account_key()
    id: int = identity_key()
    indicator_id: int = big()
    text: str
    inflections: bool = False
