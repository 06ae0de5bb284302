"""What an account has decided."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import SQLModel

from backend.db.base import account_key, instant


class AccountSettings(SQLModel, table=True):
    """One row an account. Analysis is off until someone with the account permission switches it on."""

    __tablename__ = "account_settings"

    account_id: int = account_key()
    analysis_enabled: bool = False
    silence_ms: int = 5_000
    silence_on: bool = True
    crosstalk_ms: int = 2_000
    crosstalk_on: bool = True
    use_delivered_transcripts: bool = True
    version: int = 1
    updated_at: datetime = instant()
