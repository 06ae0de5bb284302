"""Recordings. What they hold lies sealed in the object store; a row keeps facts and the wrapped key."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import SQLModel

from backend.db.base import account_key, big, blob, document, identity_key, instant, within_account


class Recording(SQLModel, table=True):
    """
    `parts` lists the originals in order: name, object key, byte size, SHA-256, roles of its channels. `facts` are what decoding
    found: container, codec, channels, sample rate. `playable_key` is what browsers get: an original or a rendition. `peaks_key` is the
    waveform. All objects are sealed with `wrapped_key`.
    """

    __tablename__ = "recording"
    __table_args__ = (within_account("engagement_id", "engagement", ondelete="CASCADE"),)

    account_id: int = account_key()
    id: int = identity_key()
    engagement_id: int = big()
    provider_key: str
    wrapped_key: bytes = blob()
    parts: dict[str, Any] = document()
    facts: dict[str, Any] = document()
    duration_ms: int | None = big(nullable=True)
    has_video: bool = False
    playable_key: str | None = None
    playable_mime: str | None = None
    playable_size: int | None = big(nullable=True)
    peaks_key: str | None = None
    created_at: datetime = instant()
