"""Sessions of people in browsers, their second factors, and how an account lets people in. Tokens have tables of their own."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from backend.db.base import account_key, big, blob, identity_key, instant, part_key, within_account


class Session(SQLModel, table=True):
    """Only the SHA-256 of the cookie's token is kept. `method` is how the person signed in: password or saml."""

    __tablename__ = "session"
    __table_args__ = (
        within_account("user_id", "person", ondelete="CASCADE"),
        Index("uq_session_token", "token_hash", unique=True),
        Index("ix_session_user", "account_id", "user_id"),
    )

    account_id: int = account_key()
    id: int = identity_key()
    user_id: int = big()
    token_hash: bytes = blob()
    created_at: datetime = instant()
    seen_at: datetime = instant()
    expires_at: datetime = instant()
    address: str | None = None
    user_agent: str | None = None
    method: str = Field(default="password", sa_column_kwargs={"server_default": "password"})


class SecondFactor(SQLModel, table=True):
    """
    A person's authenticator app. It counts from `confirmed_at` on; `secret` is sealed. `last_step` is the time step of the newest code
    that was taken: none is taken twice.
    """

    __tablename__ = "second_factor"
    __table_args__ = (within_account("user_id", "person", ondelete="CASCADE"),)

    account_id: int = account_key()
    user_id: int = part_key()
    secret: bytes = blob()
    last_step: int = big()
    created_at: datetime = instant()
    confirmed_at: datetime | None = instant(nullable=True)


class RecoveryCode(SQLModel, table=True):
    """The SHA-256 of a code that stands in for the app once. It is random, so a fast hash is enough."""

    __tablename__ = "recovery_code"
    __table_args__ = (within_account("user_id", "person", ondelete="CASCADE"),)

    account_id: int = account_key()
    user_id: int = part_key()
    code_hash: bytes = Field(primary_key=True)
    used_at: datetime | None = instant(nullable=True)


class IdentitySettings(SQLModel, table=True):
    """How people sign in. An account without a row lets them sign in with passwords."""

    __tablename__ = "identity_settings"

    account_id: int = account_key()
    password_sign_in: bool = True
    updated_at: datetime = instant()
