"""Engagements, their interactions, and what the list filters by."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from backend.db.base import account_key, big, blob, calendar_day, document, identity_key, instant, part_key, within_account


class Queue(SQLModel, table=True):
    __tablename__ = "queue"
    __table_args__ = (UniqueConstraint("account_id", "name"),)

    account_id: int = account_key()
    id: int = identity_key()
    name: str


class Engagement(SQLModel, table=True):
    """One customer's contact-centre experience: a call with all its transfers."""

    __tablename__ = "engagement"
    __table_args__ = (UniqueConstraint("account_id", "external_id"),)

    account_id: int = account_key()
    id: int = identity_key()
    external_id: str | None = None
    created_at: datetime = instant()


class Interaction(SQLModel, table=True):
    """
    One agent's part of an engagement: (recording, from_ms, to_ms), its times relative to from_ms. `stage` is the work that
    comes next: decode, activity, transcribe, analyse, index, done, or none where it is never analysed. `failure` stops it until a
    retry. Scores and counts of the current analysis are copied here and into the tags, for the list alone.
    """

    __tablename__ = "interaction"
    __table_args__ = (
        within_account("engagement_id", "engagement", ondelete="CASCADE"),
        within_account("agent_id", "agent"),
        within_account("team_id", "team"),
        within_account("queue_id", "queue"),
        within_account("recording_id", "recording"),
        UniqueConstraint("account_id", "external_id"),
        Index("ix_interaction_started", "account_id", "started_at", "id"),
        Index("ix_interaction_agent", "account_id", "agent_id", "started_at", "id"),
        Index("ix_interaction_team", "account_id", "team_id", "started_at", "id"),
        Index("ix_interaction_queue", "account_id", "queue_id", "started_at", "id"),
        Index("ix_interaction_language", "account_id", "language", "started_at", "id"),
        Index("ix_interaction_sentiment", "account_id", "sentiment_score", "id"),
        Index("ix_interaction_engagement_score", "account_id", "engagement_score", "id"),
        Index("ix_interaction_duration", "account_id", "duration_ms", "id"),
        Index("ix_interaction_engagement", "account_id", "engagement_id"),
        Index("ix_interaction_day", "account_id", "day"),
        Index("ix_interaction_unfinished", "account_id", "id", postgresql_where="stage NOT IN ('done', 'none') AND failure IS NULL"),
    )

    account_id: int = account_key()
    id: int = identity_key()
    engagement_id: int = big()
    position: int = 1
    external_id: str | None = None
    agent_id: int | None = big(nullable=True)
    team_id: int | None = big(nullable=True)
    queue_id: int | None = big(nullable=True)
    recording_id: int | None = big(nullable=True)
    from_ms: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    to_ms: int | None = big(nullable=True)
    channel: str = "voice"
    direction: str | None = None
    consumer: str | None = None
    language: str | None = None
    language_source: str | None = None
    started_at: datetime = instant()
    day: date = calendar_day()
    duration_ms: int | None = big(nullable=True)
    offline: bool = False
    end_to_end_encrypted: bool = False
    consent: str | None = None
    stage: str = "decode"
    stage_started_at: datetime | None = instant(nullable=True)
    attempts: int = 0
    failure: str | None = None
    changed_at: datetime = instant()
    current_analysis_id: int | None = big(nullable=True)
    engagement_score: int | None = None
    sentiment_score: int | None = None
    without_words: bool = False
    indicator_mentions: int = 0


class HoldInterval(SQLModel, table=True):
    """As the contact centre reported it."""

    __tablename__ = "hold_interval"
    __table_args__ = (within_account("interaction_id", "interaction", ondelete="CASCADE"),)

    account_id: int = account_key()
    interaction_id: int = part_key()
    start_ms: int = part_key()
    end_ms: int = big()


class SpeakerRole(SQLModel, table=True):
    """Who a speaker of an interaction is. `source`: channel, delivered, inferred, manual; manual is never overwritten."""

    __tablename__ = "speaker_role"
    __table_args__ = (within_account("interaction_id", "interaction", ondelete="CASCADE"),)

    account_id: int = account_key()
    interaction_id: int = part_key()
    speaker: str = Field(primary_key=True)
    role: str
    source: str
    confidence: float | None = None
    name: str | None = None


class DeliveredTranscript(SQLModel, table=True):
    """The transcript file as the contact centre delivered it, sealed."""

    __tablename__ = "delivered_transcript"
    __table_args__ = (within_account("interaction_id", "interaction", ondelete="CASCADE"),)

    account_id: int = account_key()
    interaction_id: int = part_key()
    format: str
    body: bytes = blob()


class InteractionEvent(SQLModel, table=True):
    """What happened to an interaction, for its history. `detail` holds no words of the conversation."""

    __tablename__ = "interaction_event"
    __table_args__ = (
        within_account("interaction_id", "interaction", ondelete="CASCADE"),
        Index("ix_interaction_event_interaction", "account_id", "interaction_id", "id"),
    )

    account_id: int = account_key()
    id: int = identity_key()
    interaction_id: int = big()
    at: datetime = instant()
    what: str
    detail: dict[str, Any] = document()


class InteractionTag(SQLModel, table=True):
    """
    One row for (interaction, indicator or topic) of the current analysis, with the filterable columns copied in, so that
    an indicator filter drives the list and "distinct interactions" is a count. `kind`: indicator, topic.
    """

    __tablename__ = "interaction_tag"
    __table_args__ = (
        within_account("interaction_id", "interaction", ondelete="CASCADE"),
        Index("ix_interaction_tag_list", "account_id", "kind", "tag_id", "started_at", "interaction_id"),
        Index("ix_interaction_tag_interaction", "account_id", "interaction_id"),
        Index("ix_interaction_tag_day", "account_id", "day"),
    )

    account_id: int = account_key()
    kind: str = Field(primary_key=True)
    tag_id: int = part_key()
    interaction_id: int = part_key()
    day: date = Field(primary_key=True)
    started_at: datetime = instant()
    agent_id: int | None = big(nullable=True)
    team_id: int | None = big(nullable=True)
    queue_id: int | None = big(nullable=True)
    language: str | None = None
    channel: str = "voice"
    engagement_score: int | None = None
    sentiment_score: int | None = None
    by_agent: int = 0
    by_consumer: int = 0
    total: int = 0
