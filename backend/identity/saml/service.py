"""
Signing in through an identity provider: the request that goes out, the answer that comes back, and the session that it opens.

What must hold between the two is kept on the server: the request is taken once, an assertion is used once, and where to go on is a path
of ours. Cookies of ours do not come with a form of another site, so nothing here rests on the session cookie.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.audit import service as audit
from backend.clock import utc_now
from backend.config import Config
from backend.db import doors
from backend.db.session import ReadSession, Session
from backend.errors import NotFound
from backend.graphql.context import Caller
from backend.graphql.services import Services
from backend.identity import service as identity
from backend.identity.methods import service as methods
from backend.identity.saml import repository
from backend.identity.saml.keys import ensure_key, own_key
from backend.identity.saml.people import Admitted, admit
from backend.identity.saml.protocol.assertion import Expected, Login, judge
from backend.identity.saml.protocol.bindings import local_path, redirect_address
from backend.identity.saml.protocol.certificates import OwnKey, read_certificate
from backend.identity.saml.protocol.checks import Checks, Refused
from backend.identity.saml.protocol.metadata import OwnAddresses, own_metadata
from backend.identity.saml.protocol.requests import authn_request, new_message_id
from backend.identity.saml.protocol.response import Authentic, authenticate
from backend.identity.saml.protocol.signatures import Trust
from backend.identity.saml.tables import IdentityProvider, PendingRequest, ProviderSession

_ANSWER_WITHIN = timedelta(minutes=15)
_WINDOW_S = 15 * 60
_REFUSALS_AN_ADDRESS = 200


@dataclass(frozen=True, slots=True)
class Peer:
    """An identity provider with all that talking to it takes. `key` None: the account has no key yet."""

    provider: IdentityProvider
    own: OwnAddresses
    trust: Trust
    key: OwnKey | None

    @property
    def account_id(self) -> int:
        return self.provider.account_id


@dataclass(frozen=True, slots=True)
class Entered:
    """A session that was opened, and where the browser goes on."""

    signed_in: identity.SignedIn
    admitted: Admitted
    return_to: str


def addresses(config: Config, public_id: str) -> OwnAddresses:
    """Our addresses for one provider."""
    base = f"{config.address}/saml/{public_id}"
    return OwnAddresses(entity_id=f"{base}/metadata", acs=f"{base}/acs", slo=f"{base}/slo")


async def find(services: Services, public_id: str) -> Peer:
    """The provider of these addresses, whether it is active or not. Raises NotFound."""
    found = await doors.identity_provider(services.database, public_id)
    if found is None:
        raise NotFound("There is no such identity provider.")
    async with services.database.reading(found[0]) as session:
        peer = await peer_of(session, services, found[0], found[1])
    if peer is None:
        raise NotFound("There is no such identity provider.")
    return peer


async def peer_of(session: ReadSession, services: Services, account_id: int, provider_id: int) -> Peer | None:
    row = await repository.provider(session, account_id, provider_id)
    if row is None:
        return None
    certificates = [read_certificate(found.pem) for found in await repository.certificates(session, account_id, [provider_id])]
    key = await own_key(session, account_id, services.sealers)
    return Peer(row, addresses(services.config, row.public_id), Trust(certificates, row.allow_sha1), key)


@methods.register
async def offered(session: ReadSession, account_id: int) -> list[methods.Provider]:
    """The active providers, for the sign-in page."""
    rows = [row for row in await repository.providers(session, account_id) if row.active]
    return [methods.Provider(row.public_id, row.name, f"/saml/{row.public_id}/login") for row in rows]


@methods.register_arrivals
async def arrived(session: ReadSession, account_id: int) -> frozenset[int]:
    """Whom an active provider has a lasting name for."""
    return await repository.arrived(session, account_id)


async def metadata(services: Services, peer: Peer) -> bytes:
    key = peer.key or await ensure_key(services.database, services.sealers, peer.account_id)
    return own_metadata(peer.own, key)


async def begin(services: Services, peer: Peer, *, return_to: str | None, browser: str | None) -> str:
    """The provider's address to send the browser to. `browser`: what it will show again. Raises Refused where the provider is off."""
    _require_active(peer)
    key = peer.key or await ensure_key(services.database, services.sealers, peer.account_id)
    now, request_id = utc_now(), new_message_id()
    async with services.database.writing(peer.account_id) as session:
        await repository.drop_expired(session, now)
        session.add(
            PendingRequest(
                account_id=peer.account_id, request_id=request_id, provider_id=peer.provider.id, kind="login",
                return_to=local_path(return_to), browser=browser_hash(browser), expires_at=now + _ANSWER_WITHIN,
            )
        )  # fmt: skip
    target = peer.provider.sso_url
    message = authn_request(id=request_id, issuer=peer.own.entity_id, destination=target, acs=peer.own.acs, at=now)
    return redirect_address(target, "SAMLRequest", message, key)


def browser_hash(value: str | None) -> bytes | None:
    return hashlib.sha256(value.encode()).digest() if value else None


async def finish(
    services: Services, peer: Peer, raw: bytes, *, relay_state: str | None, browser: str | None, caller: Caller
) -> Entered:  # fmt: skip
    """
    Opens a session for the person that the response names. Raises Refused; the refusal is in the audit log, and nothing else is written.
    Where no seat is left, the person signs in without one, and the history of seats says why.
    """
    checks = Checks()
    try:
        _require_active(peer)
        authentic = await asyncio.to_thread(authenticate, raw, peer.trust, peer.key, checks)
        async with services.database.writing(peer.account_id, address=caller.address) as session:
            return await _enter(services, session, peer, authentic, checks, relay_state=relay_state, browser=browser, caller=caller)
    except Refused as refused:
        await note_refusal(services, peer, refused, caller.address)
        raise


async def _enter(
    services: Services, session: Session, peer: Peer, authentic: Authentic, checks: Checks, *, relay_state: str | None,
    browser: str | None, caller: Caller,
) -> Entered:  # fmt: skip
    now = utc_now()
    waiting = await _waiting(session, peer, authentic, now, browser)
    login = judge(authentic, expected(peer, now, waiting.request_id if waiting else None), checks)
    await _use_once(session, peer, waiting, login, now)
    admitted = await admit(session, peer.provider, login)
    life = identity.lifetime(services.config)
    signed_in = await identity.open_session(session, admitted.user.id, method="saml", caller=caller, life=life)
    session.add(
        ProviderSession(
            account_id=peer.account_id, session_id=signed_in.session_id, provider_id=peer.provider.id, name_id=login.name_id,
            name_id_format=login.name_id_format, session_index=login.session_index,
        )
    )  # fmt: skip
    await repository.note_sign_in(session, peer.provider.id, now)
    return Entered(signed_in, admitted, waiting.return_to if waiting else local_path(relay_state))


async def _waiting(session: Session, peer: Peer, authentic: Authentic, now: datetime, browser: str | None) -> PendingRequest | None:
    """The request that this answers, if it waits, and if this is the browser that asked."""
    answered = authentic.in_response_to
    found = await repository.pending(session, peer.account_id, peer.provider.id, answered, now) if answered else None
    if found is not None and found.browser is not None and found.browser != browser_hash(browser):
        raise Refused("other_browser", "The sign-in was begun in another browser. Start again at the sign-in page.")
    return found if found is not None and found.kind == "login" else None


async def _use_once(session: Session, peer: Peer, waiting: PendingRequest | None, login: Login, now: datetime) -> None:
    await repository.drop_expired(session, now)
    if waiting is not None and not await repository.take_pending(session, waiting.request_id):
        raise Refused("in_response_to", "The request was answered already. Start again at the sign-in page.")
    if not await repository.note_assertion(session, peer.provider.id, login.assertion_id, login.expires_at):
        raise Refused("replayed", "The answer was used already. Start again at the sign-in page.")


def expected(peer: Peer, at: datetime, request_id: str | None) -> Expected:
    """What an answer of this provider to us must say."""
    return Expected(
        issuer=peer.provider.entity_id,
        audience=peer.own.entity_id,
        recipient=peer.own.acs,
        at=at,
        request_id=request_id,
        unsolicited=peer.provider.allow_idp_initiated,
    )


def _require_active(peer: Peer) -> None:
    if not peer.provider.active:
        raise Refused("provider_off", f"Sign-in through {peer.provider.name} is switched off.")


async def note_refusal(services: Services, peer: Peer, refused: Refused, address: str | None) -> None:
    """For the administrator: the page tells the stranger less. Nobody fills the audit log with what they send."""
    if await services.limiter.take(f"saml-refused:{address}", limit=_REFUSALS_AN_ADDRESS, window_s=_WINDOW_S) is not None:
        return
    detail = {"method": "saml", "provider": peer.provider.name, "reason": refused.reason, "message": refused.message[:500]}
    async with services.database.writing(peer.account_id, address=address) as session:
        audit.record(session, None, "session.refused", "IdentityProvider", peer.provider.id, detail=detail)
