"""Connecting identity providers: what an administrator writes down, checked before it is kept."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from backend.audit import service as audit
from backend.authz.actions import AccountAction
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.db.session import Session
from backend.errors import Conflict, InvalidInput, NotFound
from backend.identity.methods.ways import keeping_ways_in
from backend.identity.saml import repository
from backend.identity.saml.protocol.bindings import checked_url
from backend.identity.saml.protocol.certificates import Certificate, read_certificate
from backend.identity.saml.protocol.checks import Refused
from backend.identity.saml.protocol.metadata import ProviderFacts, read_metadata
from backend.identity.saml.tables import IdentityProvider, ProviderCertificate

MOST_PROVIDERS = 50
MOST_CERTIFICATES = 10
_LONGEST = {"name": 100, "entity_id": 1_024, "email_attribute": 512, "name_attribute": 512, "groups_attribute": 512}


@dataclass(frozen=True, slots=True)
class Given:
    """
    What was given of a provider. `settings` maps columns to values; `metadata` and `entity_id` say where the technical part comes from;
    `certificates` None leaves those that there are.
    """

    settings: Mapping[str, Any] = field(default_factory=dict)
    metadata: str | None = None
    entity_id: str | None = None
    sso_url: str | None = None
    slo_url: str | None = None
    certificates: Sequence[str] | None = None


async def save(session: Session, actor: Actor, *, provider_id: int | None, given: Given) -> IdentityProvider:
    """
    Makes a provider, or changes one: what is not given stays. Raises NotFound, NotPermitted, Conflict where the name is taken or nobody
    could sign in any more, and InvalidInput for what cannot be.
    """
    actor.require_account(AccountAction.IDENTITY_EDIT)
    async with keeping_ways_in(session) if given.settings.get("active") is False else nullcontext():
        return await _save(session, actor, provider_id, given)


async def _save(session: Session, actor: Actor, provider_id: int | None, given: Given) -> IdentityProvider:
    row = await _found(session, provider_id) if provider_id is not None else await _new(session)
    for name, value in given.settings.items():
        setattr(row, name, _checked_text(name, value) if name in _LONGEST else value)
    certificates = _apply_facts(row, given)
    await _check_name(session, row)
    _require_whole(row, certificates, fresh=provider_id is None)
    session.add(row)
    await session.flush()
    if certificates is not None:
        await _replace_certificates(session, row, certificates)
    detail = {
        name: getattr(row, name) for name in ("name", "entity_id", "sso_url", "slo_url", "active", "allow_idp_initiated", "create_users")
    }
    audit.record(session, actor, "identity_provider.save", "IdentityProvider", row.id, detail={**detail, "allow_sha1": row.allow_sha1})
    return row


async def delete(session: Session, actor: Actor, *, provider_id: int) -> None:
    """
    The provider is gone with its rules and what it called people; the people and their open sessions stay. Raises NotFound, and Conflict
    where nobody could sign in without it.
    """
    actor.require_account(AccountAction.IDENTITY_EDIT)
    async with keeping_ways_in(session):
        row = await _found(session, provider_id)
        audit.record(session, actor, "identity_provider.delete", "IdentityProvider", row.id, detail={"name": row.name})
        await session.delete(row)


async def add_certificate(session: Session, actor: Actor, *, provider_id: int, pem: str) -> IdentityProvider:
    """One more that the provider may sign with, from now on. Raises NotFound, Conflict where it is there already, InvalidInput."""
    actor.require_account(AccountAction.IDENTITY_EDIT)
    row = await _found(session, provider_id)
    certificate = _certificate(pem, "/input/pem")
    held = await repository.certificates(session, session.account_id, [row.id])
    if certificate.fingerprint in {one.fingerprint for one in held}:
        raise Conflict("The provider has this certificate already.")
    if len(held) >= MOST_CERTIFICATES:
        raise Conflict(f"A provider has at most {MOST_CERTIFICATES} certificates: remove an old one first.")
    session.add(_row_of(row, certificate))
    await session.flush()
    detail = {"provider": row.name, "fingerprint": certificate.fingerprint}
    audit.record(session, actor, "certificate.add", "IdentityProvider", row.id, detail=detail)
    return row


async def remove_certificate(session: Session, actor: Actor, *, certificate_id: int) -> IdentityProvider:
    """What is signed with it is refused from now on. Raises NotFound, Conflict where it is the last of an active provider."""
    actor.require_account(AccountAction.IDENTITY_EDIT)
    found = await repository.certificate(session, certificate_id)
    if found is None:
        raise NotFound("There is no such certificate.")
    row = await _found(session, found.provider_id)
    if row.active and len(await repository.certificates(session, session.account_id, [row.id])) == 1:
        raise Conflict("This is the provider's last certificate: nobody could sign in through it. Add the new one first.")
    await session.delete(found)
    await session.flush()
    detail = {"provider": row.name, "fingerprint": found.fingerprint}
    audit.record(session, actor, "certificate.remove", "IdentityProvider", row.id, detail=detail)
    return row


async def _found(session: Session, provider_id: int) -> IdentityProvider:
    row = await repository.hold(session, provider_id)
    if row is None:
        raise NotFound("There is no such identity provider.")
    return row


async def _new(session: Session) -> IdentityProvider:
    if len(await repository.providers(session, session.account_id)) >= MOST_PROVIDERS:
        raise Conflict(f"An account has at most {MOST_PROVIDERS} identity providers.")
    return IdentityProvider(
        account_id=session.account_id, public_id=secrets.token_hex(16), name="", entity_id="", sso_url="", created_at=utc_now()
    )


def _apply_facts(row: IdentityProvider, given: Given) -> list[Certificate] | None:
    """The technical part, from metadata or from its single values; the certificates where they change."""
    if given.metadata is not None:
        facts = _facts(given.metadata, given.entity_id)
        row.entity_id, row.sso_url, row.slo_url = facts.entity_id, facts.sso_url, facts.slo_url
        return list(facts.certificates)
    row.entity_id = _checked_text("entity_id", given.entity_id) if given.entity_id is not None else row.entity_id
    row.sso_url = _url(given.sso_url, "ssoUrl") or row.sso_url
    row.slo_url = row.slo_url if given.slo_url is None else _url(given.slo_url, "sloUrl")
    if given.certificates is None:
        return None
    return [_certificate(pem, f"/input/certificates/{place}") for place, pem in enumerate(given.certificates)]


def _facts(metadata: str, entity_id: str | None) -> ProviderFacts:
    try:
        return read_metadata(metadata.encode(), utc_now(), entity_id=entity_id or None)
    except Refused as refused:
        raise InvalidInput(refused.message, pointer="/input/metadataXml") from refused


def _url(value: str | None, name: str) -> str | None:
    if not value:
        return None
    try:
        return checked_url(value, "The provider's address")
    except Refused as refused:
        raise InvalidInput(refused.message, pointer=f"/input/{name}", value=value) from refused


def _certificate(pem: str, pointer: str) -> Certificate:
    try:
        return read_certificate(pem)
    except Refused as refused:
        raise InvalidInput(refused.message, pointer=pointer) from refused


def _checked_text(name: str, value: str) -> str:
    text, pointer = value.strip(), "/input/" + "".join(part.title() if place else part for place, part in enumerate(name.split("_")))
    if len(text) > _LONGEST[name] or (text and not text.isprintable()):
        raise InvalidInput(f"This takes one line of at most {_LONGEST[name]} characters.", pointer=pointer, value=value)
    return text


async def _check_name(session: Session, row: IdentityProvider) -> None:
    if not row.name:
        raise InvalidInput("A provider needs a name: people see it on the sign-in page.", pointer="/input/name", value=row.name)
    with session.no_autoflush:
        other = await repository.named(session, session.account_id, row.name)
    if other is not None and other.id != row.id:
        raise Conflict(f"There is a provider named {row.name} already.")


def _require_whole(row: IdentityProvider, certificates: list[Certificate] | None, *, fresh: bool) -> None:
    if not row.entity_id:
        raise InvalidInput("Paste the provider's metadata, or give its entity id.", pointer="/input/entityId")
    if not row.sso_url:
        raise InvalidInput("Give the address where the provider signs people in.", pointer="/input/ssoUrl")
    if certificates == [] or (fresh and certificates is None):
        raise InvalidInput("Give at least one certificate that the provider signs with.", pointer="/input/certificates")
    if certificates is not None and len(certificates) > MOST_CERTIFICATES:
        raise InvalidInput(f"A provider has at most {MOST_CERTIFICATES} certificates.", pointer="/input/certificates")


async def _replace_certificates(session: Session, row: IdentityProvider, certificates: Sequence[Certificate]) -> None:
    held = {one.fingerprint: one for one in await repository.certificates(session, session.account_id, [row.id])}
    wanted = {certificate.fingerprint: certificate for certificate in certificates}
    for fingerprint, old in held.items():
        if fingerprint not in wanted:
            await session.delete(old)
    session.add_all(_row_of(row, certificate) for fingerprint, certificate in wanted.items() if fingerprint not in held)
    await session.flush()


def _row_of(row: IdentityProvider, certificate: Certificate) -> ProviderCertificate:
    return ProviderCertificate(
        account_id=row.account_id, provider_id=row.id, pem=certificate.pem, fingerprint=certificate.fingerprint,
        subject=certificate.subject, not_before=certificate.not_before, not_after=certificate.not_after,
    )  # fmt: skip
