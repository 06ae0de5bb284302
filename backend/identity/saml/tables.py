"""Identity providers of an account, its own key, and what is remembered between a request and its answer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from backend.db.base import account_key, big, blob, identity_key, instant, part_key, within_account


class IdentityProvider(SQLModel, table=True):
    """`public_id` stands in its addresses: 128 random bits. `allow_sha1`: signatures that rest on SHA-1 are taken from it."""

    __tablename__ = "identity_provider"
    __table_args__ = (Index("uq_identity_provider_public", "public_id", unique=True), UniqueConstraint("account_id", "name"))

    account_id: int = account_key()
    id: int = identity_key()
    public_id: str
    name: str
    entity_id: str
    sso_url: str
    slo_url: str | None = None
    active: bool = True
    allow_idp_initiated: bool = False
    create_users: bool = True
    allow_sha1: bool = False
    email_attribute: str = ""
    name_attribute: str = ""
    groups_attribute: str = ""
    created_at: datetime = instant()
    last_sign_in_at: datetime | None = instant(nullable=True)


class ProviderCertificate(SQLModel, table=True):
    """A certificate that the provider signs with. Several: the old and the new one while it changes them."""

    __tablename__ = "provider_certificate"
    __table_args__ = (
        within_account("provider_id", "identity_provider", ondelete="CASCADE"),
        UniqueConstraint("account_id", "provider_id", "fingerprint"),
    )

    account_id: int = account_key()
    id: int = identity_key()
    provider_id: int = big()
    pem: str
    fingerprint: str
    subject: str
    not_before: datetime = instant()
    not_after: datetime = instant()


class ServiceKey(SQLModel, table=True):
    """
    A key of the account's own: it signs requests from `signs_from` on, until a later one does, and opens encrypted assertions. It is over
    at `ends_at`; None: it lasts, and there is one such. The private half is sealed.
    """

    __tablename__ = "saml_key"
    __table_args__ = (Index("uq_saml_key_lasting", "account_id", unique=True, postgresql_where=text("ends_at IS NULL")),)

    account_id: int = account_key()
    id: int = identity_key()
    private_key: bytes = blob()
    certificate: str
    created_at: datetime = instant()
    signs_from: datetime = instant()
    ends_at: datetime | None = instant(nullable=True)


class PendingRequest(SQLModel, table=True):
    """
    A request that went out and was not answered yet: taken once. `return_to` is a path of ours; `browser` the SHA-256 of what the browser
    that asked was given to show again, None where it can show nothing on the way back.
    """

    __tablename__ = "saml_request"
    __table_args__ = (
        within_account("provider_id", "identity_provider", ondelete="CASCADE"),
        Index("ix_saml_request_expiry", "account_id", "expires_at"),
    )

    account_id: int = account_key()
    request_id: str = Field(primary_key=True)
    provider_id: int = big()
    kind: str
    return_to: str
    browser: bytes | None = blob(nullable=True)
    expires_at: datetime = instant()


class SeenAssertion(SQLModel, table=True):
    """The SHA-256 of an assertion's id, kept until the assertion would have expired."""

    __tablename__ = "saml_assertion"
    __table_args__ = (
        within_account("provider_id", "identity_provider", ondelete="CASCADE"),
        Index("ix_saml_assertion_expiry", "account_id", "expires_at"),
    )

    account_id: int = account_key()
    provider_id: int = part_key()
    digest: bytes = Field(primary_key=True)
    expires_at: datetime = instant()


class Subject(SQLModel, table=True):
    """Whom a provider's lasting name means."""

    __tablename__ = "saml_subject"
    __table_args__ = (
        within_account("provider_id", "identity_provider", ondelete="CASCADE"),
        within_account("user_id", "person", ondelete="CASCADE"),
        UniqueConstraint("account_id", "provider_id", "name_id"),
    )

    account_id: int = account_key()
    id: int = identity_key()
    provider_id: int = big()
    name_id: str
    user_id: int = big()


class ProviderSession(SQLModel, table=True):
    """What the provider calls a session that it began, so that either side can end it."""

    __tablename__ = "saml_session"
    __table_args__ = (
        within_account("session_id", "session", ondelete="CASCADE"),
        within_account("provider_id", "identity_provider", ondelete="CASCADE"),
        Index("ix_saml_session_name", "account_id", "provider_id", "name_id"),
    )

    account_id: int = account_key()
    session_id: int = part_key()
    provider_id: int = big()
    name_id: str
    name_id_format: str
    session_index: str | None = None
