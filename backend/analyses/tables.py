"""Transcripts and analyses: immutable rows by version; an interaction points to its current analysis."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from backend.db.base import account_key, big, blob, document, identity_key, instant, part_key, within_account


class Activity(SQLModel, table=True):
    """
    Who makes sound when, per channel, before any words: `intervals` maps a channel's name (`agent`, `consumer`, `mixed`) to start
    and end milliseconds, flat. Times are numbers, so they are not sealed.
    """

    __tablename__ = "activity"
    __table_args__ = (within_account("interaction_id", "interaction", ondelete="CASCADE"),)

    account_id: int = account_key()
    interaction_id: int = part_key()
    detector: str
    intervals: dict[str, Any] = document()


class Transcript(SQLModel, table=True):
    """`body` is the interchange document, compressed and sealed. `source`: delivered, recognised, activity."""

    __tablename__ = "transcript"
    __table_args__ = (
        within_account("interaction_id", "interaction", ondelete="CASCADE"),
        Index("ix_transcript_interaction", "account_id", "interaction_id", "id"),
    )

    account_id: int = account_key()
    id: int = identity_key()
    interaction_id: int = big()
    source: str
    engine: str
    engine_version: str
    language: str
    body: bytes = blob()
    created_at: datetime = instant()


class Translation(SQLModel, table=True):
    """
    A transcript in English, which stands beside it: `body` holds every sentence, compressed and sealed. `language` is the original's,
    `engine` the model with its version.
    """

    __tablename__ = "translation"
    __table_args__ = (
        within_account("interaction_id", "interaction", ondelete="CASCADE"),
        Index("ix_translation_interaction", "account_id", "interaction_id", "id"),
    )

    account_id: int = account_key()
    id: int = identity_key()
    interaction_id: int = big()
    language: str
    engine: str
    body: bytes = blob()
    created_at: datetime = instant()


class Analysis(SQLModel, table=True):
    """
    `body` is the analysis document, compressed and sealed; `settings` are the constants and thresholds that made it. `translation_id` is
    the translation in which its topics were found.
    """

    __tablename__ = "analysis"
    __table_args__ = (
        within_account("interaction_id", "interaction", ondelete="CASCADE"),
        within_account("transcript_id", "transcript"),
        within_account("translation_id", "translation"),
        Index("ix_analysis_interaction", "account_id", "interaction_id", "id"),
    )

    account_id: int = account_key()
    id: int = identity_key()
    interaction_id: int = big()
    transcript_id: int = big()
    translation_id: int | None = big(nullable=True)
    analyzer_version: str
    models: dict[str, Any] = document()
    settings: dict[str, Any] = document()
    body: bytes = blob()
    created_at: datetime = instant()


class Metrics(SQLModel, table=True):
    """The figures of an analysis as numbers, for reports."""

    __tablename__ = "metrics"
    __table_args__ = (
        within_account("interaction_id", "interaction", ondelete="CASCADE"),
        within_account("analysis_id", "analysis", ondelete="CASCADE"),
        Index("ix_metrics_day", "account_id", "day"),
    )

    account_id: int = account_key()
    analysis_id: int = part_key()
    interaction_id: int = big()
    day: date
    engagement_score: int | None = None
    sentiment_score: int | None = None
    agent_talk_ms: int | None = big(nullable=True)
    consumer_talk_ms: int | None = big(nullable=True)
    agent_talk_share_pct: float | None = None
    agent_longest_spiel_ms: int | None = big(nullable=True)
    agent_fillers_per_min: float | None = None
    agent_words_per_min: float | None = None
    agent_patience_ms: float | None = None
    response_lag_ms: float | None = None
    speaker_changes: int = 0
    silences: int = 0
    crosstalks: int = 0
    holds: int = 0
    silence_ms: int = big()
    crosstalk_ms: int = big()
    hold_ms: int = big()


class MentionRow(SQLModel, table=True):
    """Where an indicator's keyword stands. Times and positions only; the words are in the transcript."""

    __tablename__ = "mention"
    __table_args__ = (
        within_account("interaction_id", "interaction", ondelete="CASCADE"),
        Index("ix_mention_keyword", "account_id", "keyword_id", "interaction_id"),
        Index("ix_mention_interaction", "account_id", "interaction_id"),
    )

    account_id: int = account_key()
    day: date = Field(primary_key=True)
    id: int = identity_key()
    interaction_id: int = big()
    analysis_id: int = big()
    indicator_id: int = big()
    keyword_id: int = big()
    role: str
    segment: int
    end_segment: int
    start_ms: int = big()
    end_ms: int = big()
    char_start: int
    char_end: int
    exact: bool
