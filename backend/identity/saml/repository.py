"""All the SQL of identity providers and of what is remembered between a request and its answer."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from backend.accounts.tables import User
from backend.db.session import ReadSession, Session
from backend.identity import tables as identity
from backend.identity.saml.tables import (
    IdentityProvider,
    PendingRequest,
    ProviderCertificate,
    ProviderSession,
    SeenAssertion,
    ServiceKey,
    Subject,
)


async def providers(session: ReadSession, account_id: int) -> Sequence[IdentityProvider]:
    """By name."""
    query = select(IdentityProvider).where(col(IdentityProvider.account_id) == account_id)
    return (await session.execute(query.order_by(col(IdentityProvider.name), col(IdentityProvider.id)))).scalars().all()


async def provider(session: ReadSession, account_id: int, provider_id: int) -> IdentityProvider | None:
    query = select(IdentityProvider).where(col(IdentityProvider.account_id) == account_id, col(IdentityProvider.id) == provider_id)
    return (await session.execute(query)).scalars().first()


async def hold(session: Session, provider_id: int) -> IdentityProvider | None:
    """Locked until the transaction ends: changes of one provider come one after the other."""
    mine = (col(IdentityProvider.account_id) == session.account_id, col(IdentityProvider.id) == provider_id)
    return (await session.execute(select(IdentityProvider).where(*mine).with_for_update())).scalars().first()


async def named(session: ReadSession, account_id: int, name: str) -> IdentityProvider | None:
    query = select(IdentityProvider).where(col(IdentityProvider.account_id) == account_id, col(IdentityProvider.name) == name)
    return (await session.execute(query)).scalars().first()


async def certificates(session: ReadSession, account_id: int, provider_ids: Collection[int]) -> Sequence[ProviderCertificate]:
    """Those of these providers; the one that lasts longest first."""
    query = select(ProviderCertificate).where(
        col(ProviderCertificate.account_id) == account_id, col(ProviderCertificate.provider_id).in_(provider_ids)
    )
    rows = await session.execute(query.order_by(col(ProviderCertificate.not_after).desc(), col(ProviderCertificate.id)))
    return rows.scalars().all()


async def certificate(session: Session, certificate_id: int) -> ProviderCertificate | None:
    query = select(ProviderCertificate).where(
        col(ProviderCertificate.account_id) == session.account_id, col(ProviderCertificate.id) == certificate_id
    )
    return (await session.execute(query)).scalars().first()


async def service_keys(session: ReadSession, account_id: int, now: datetime) -> Sequence[ServiceKey]:
    """Those that are not over, the one that signs from latest on first."""
    lasting = or_(col(ServiceKey.ends_at).is_(None), col(ServiceKey.ends_at) > now)
    query = select(ServiceKey).where(col(ServiceKey.account_id) == account_id, lasting)
    return (await session.execute(query.order_by(col(ServiceKey.signs_from).desc(), col(ServiceKey.id).desc()))).scalars().all()


async def hold_service_keys(session: Session) -> Sequence[ServiceKey]:
    """All, locked until the transaction ends: one change at a time."""
    query = select(ServiceKey).where(col(ServiceKey.account_id) == session.account_id).order_by(col(ServiceKey.id)).with_for_update()
    return (await session.execute(query.execution_options(populate_existing=True))).scalars().all()


async def add_service_key(session: Session, row: ServiceKey) -> None:
    """Adds the key where the account has none that lasts: of two at once the first stays."""
    values = {name: getattr(row, name) for name in ("account_id", "id", "private_key", "certificate", "created_at", "signs_from")}
    lasting = insert(ServiceKey).values(**values)
    await session.execute(
        lasting.on_conflict_do_nothing(index_elements=["account_id"], index_where=col(ServiceKey.ends_at).is_(None))
    )  # fmt: skip


async def drop_expired(session: Session, now: datetime) -> None:
    for table in (PendingRequest, SeenAssertion):
        await session.execute(delete(table).where(col(table.account_id) == session.account_id, col(table.expires_at) <= now))


async def pending(session: ReadSession, account_id: int, provider_id: int, request_id: str, now: datetime) -> PendingRequest | None:
    query = select(PendingRequest).where(
        col(PendingRequest.account_id) == account_id,
        col(PendingRequest.provider_id) == provider_id,
        col(PendingRequest.request_id) == request_id,
        col(PendingRequest.expires_at) > now,
    )
    return (await session.execute(query)).scalars().first()


async def take_pending(session: Session, request_id: str) -> bool:
    """Whether the request waited until now; it does no longer."""
    query = delete(PendingRequest).where(
        col(PendingRequest.account_id) == session.account_id, col(PendingRequest.request_id) == request_id
    )  # fmt: skip
    return (await session.execute(query.returning(col(PendingRequest.request_id)))).first() is not None


async def note_assertion(session: Session, provider_id: int, assertion_id: str, expires_at: datetime) -> bool:
    """False where the assertion was used before."""
    digest = hashlib.sha256(assertion_id.encode()).digest()
    values = {"account_id": session.account_id, "provider_id": provider_id, "digest": digest, "expires_at": expires_at}
    added = insert(SeenAssertion).values(**values).on_conflict_do_nothing().returning(col(SeenAssertion.provider_id))
    return (await session.execute(added)).first() is not None


async def subject(session: ReadSession, account_id: int, provider_id: int, name_id: str) -> User | None:
    """Whom the provider's lasting name means."""
    query = (
        select(User)
        .join(Subject, (col(Subject.account_id) == col(User.account_id)) & (col(Subject.user_id) == col(User.id)))
        .where(col(Subject.account_id) == account_id, col(Subject.provider_id) == provider_id, col(Subject.name_id) == name_id)
    )
    return (await session.execute(query)).scalars().first()


async def link(session: Session, provider_id: int, name_id: str, user_id: int) -> None:
    values = {"account_id": session.account_id, "provider_id": provider_id, "name_id": name_id, "user_id": user_id}
    await session.execute(insert(Subject).values(**values).on_conflict_do_nothing())


async def arrived(session: ReadSession, account_id: int) -> frozenset[int]:
    """Those whom an active provider has a lasting name for."""
    same = (col(IdentityProvider.account_id) == col(Subject.account_id)) & (col(IdentityProvider.id) == col(Subject.provider_id))
    query = select(col(Subject.user_id)).join(IdentityProvider, same)
    query = query.where(col(Subject.account_id) == account_id, col(IdentityProvider.active))
    return frozenset((await session.execute(query.distinct())).scalars())


@dataclass(frozen=True, slots=True)
class Begun:
    """A session that a provider began, and what the provider calls it."""

    provider: IdentityProvider
    user_id: int
    name_id: str
    name_id_format: str
    session_index: str | None


async def begun(session: ReadSession, account_id: int, session_id: int) -> Begun | None:
    query = (
        select(ProviderSession, IdentityProvider, col(identity.Session.user_id))
        .join(
            IdentityProvider,
            (col(IdentityProvider.account_id) == col(ProviderSession.account_id))
            & (col(IdentityProvider.id) == col(ProviderSession.provider_id)),
        )
        .join(
            identity.Session,
            (col(identity.Session.account_id) == col(ProviderSession.account_id))
            & (col(identity.Session.id) == col(ProviderSession.session_id)),
        )
        .where(col(ProviderSession.account_id) == account_id, col(ProviderSession.session_id) == session_id)
    )
    row = (await session.execute(query)).first()
    return Begun(row[1], row[2], row[0].name_id, row[0].name_id_format, row[0].session_index) if row else None


async def end_sessions(session: Session, provider_id: int, name_id: str, indexes: Collection[str]) -> list[int]:
    """Ends the sessions that the provider began for this name, all or those of these indexes; the person of each."""
    mine = select(col(ProviderSession.session_id)).where(
        col(ProviderSession.account_id) == session.account_id,
        col(ProviderSession.provider_id) == provider_id,
        col(ProviderSession.name_id) == name_id,
    )
    if indexes:
        mine = mine.where(col(ProviderSession.session_index).in_(indexes))
    query = delete(identity.Session).where(
        col(identity.Session.account_id) == session.account_id, col(identity.Session.id).in_(mine)
    )  # fmt: skip
    return list((await session.execute(query.returning(col(identity.Session.user_id)))).scalars())


async def note_sign_in(session: Session, provider_id: int, now: datetime) -> None:
    mine = (col(IdentityProvider.account_id) == session.account_id, col(IdentityProvider.id) == provider_id)
    await session.execute(update(IdentityProvider).where(*mine).values(last_sign_in_at=now))
