"""What an account has decided."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from backend.db.base import account_key, big, instant


class AccountSettings(SQLModel, table=True):
    """
    One row an account. Analysis is off until someone with the account permission switches it on. `retention_days` None: nothing is
    deleted because of its age. `languages_off` holds primary subtags; `engine` is a key of `rules.engines`.
    """

    __tablename__ = "account_settings"

    account_id: int = account_key()
    analysis_enabled: bool = False
    silence_ms: int = 5_000
    silence_on: bool = True
    crosstalk_ms: int = 2_000
    crosstalk_on: bool = True
    acknowledgement_required: bool = False
    acknowledgement_days: int = 7
    retention_days: int | None = None
    engine: str = "nemo"
    languages_off: list[str] = Field(default_factory=list, sa_type=JSONB, nullable=False)
    use_delivered_transcripts: bool = True
    version: int = 1
    updated_at: datetime = instant()
    updated_by: int | None = big(nullable=True)
