"""API tokens and the keys that sign them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from backend.db.base import account_key, big, blob, identity_key, instant, within_account


class SigningKey(SQLModel, table=True):
    """A key of the account: `secret` is sealed, `kid` names it in tokens. The newest that is not retired signs; all verify."""

    __tablename__ = "signing_key"
    __table_args__ = (Index("uq_signing_key_kid", "account_id", "kid", unique=True),)

    account_id: int = account_key()
    id: int = identity_key()
    kid: str
    secret: bytes = blob()
    created_at: datetime = instant()
    retired_at: datetime | None = instant(nullable=True)


class ApiToken(SQLModel, table=True):
    """
    `kind` is api (acts as the person `user_id`) or scim (acts for the account; `user_id` is None). `created_by` made it. `hint` is its
    last characters, for people to tell tokens apart.
    """

    __tablename__ = "api_token"
    __table_args__ = (
        within_account("user_id", "person", ondelete="CASCADE"),
        Index("uq_api_token_hash", "token_hash", unique=True),
        Index("ix_api_token_user", "account_id", "user_id"),
    )

    account_id: int = account_key()
    id: int = identity_key()
    user_id: int | None = big(nullable=True)
    created_by: int | None = big(nullable=True)
    kind: str
    name: str
    scopes: list[str] = Field(default_factory=list, sa_type=JSONB, nullable=False)
    hint: str
    token_hash: bytes = blob()
    kid: str
    created_at: datetime = instant()
    expires_at: datetime = instant()
    last_used_at: datetime | None = instant(nullable=True)
    revoked_at: datetime | None = instant(nullable=True)
