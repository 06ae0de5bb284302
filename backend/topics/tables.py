"""Topics: the seven default ones, made with the account, and its own."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, Index
from sqlmodel import Field, SQLModel

from backend.clock import utc_now
from backend.db.base import account_key, big, identity_key, instant, lowered, within_account


class Topic(SQLModel, table=True):
    """
    `active`: analyses look for it. `version` goes up with every change; `in_force_at` is when what analyses look for last changed: its
    name, its sentences or their English, whether it is on.
    """

    __tablename__ = "topic"
    __table_args__ = (Index("uq_topic_name", "account_id", "name_key", unique=True),)

    account_id: int = account_key()
    id: int = identity_key()
    name: str
    name_key: str = lowered("name")
    custom: bool = True
    active: bool = True
    version: int = 1
    created_at: datetime = instant()
    changed_at: datetime = Field(default_factory=utc_now, sa_type=DateTime(timezone=True))
    changed_by: int | None = big(nullable=True)
    in_force_at: datetime = Field(default_factory=utc_now, sa_type=DateTime(timezone=True))


class TopicSentence(SQLModel, table=True):
    """
    A guiding sentence of a custom topic; the default ones' ship with the analysis. `language` is a primary subtag. `english` is what
    analyses read where that is not English, None until it is translated; `translated_by` is the model, or "person".
    """

    __tablename__ = "topic_sentence"
    __table_args__ = (within_account("topic_id", "topic", ondelete="CASCADE"),)

    account_id: int = account_key()
    id: int = identity_key()
    topic_id: int = big()
    text: str
    language: str = "en"
    english: str | None = None
    translated_by: str | None = None

    @property
    def read_as(self) -> str | None:
        """The English that analyses compare with; None while there is none."""
        return self.text if self.language == "en" else self.english
