"""Topics: the seven default ones, made with the account, and its own."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from backend.db.base import account_key, big, identity_key, instant, within_account


class Topic(SQLModel, table=True):
    __tablename__ = "topic"
    __table_args__ = (UniqueConstraint("account_id", "name"),)

    account_id: int = account_key()
    id: int = identity_key()
    name: str
    custom: bool = True
    created_at: datetime = instant()


class TopicSentence(SQLModel, table=True):
    """A guiding sentence of a custom topic; the default ones' ship with the analysis."""

    __tablename__ = "topic_sentence"
    __table_args__ = (within_account("topic_id", "topic", ondelete="CASCADE"),)

    account_id: int = account_key()
    id: int = identity_key()
    topic_id: int = big()
    text: str
