"""Single logout: whoever signs out here is signed out at the provider too, and the provider can end what it began."""

from __future__ import annotations

from datetime import timedelta

from backend.audit import service as audit
from backend.clock import utc_now
from backend.db.session import Session
from backend.graphql.services import Services
from backend.identity.saml import repository
from backend.identity.saml.keys import own_key
from backend.identity.saml.protocol.bindings import redirect_address, signed_redirect
from backend.identity.saml.protocol.checks import Refused
from backend.identity.saml.protocol.logout import LogoutRequest, posted, read_logout
from backend.identity.saml.protocol.requests import logout_request, logout_response, new_message_id
from backend.identity.saml.protocol.signatures import refuse_unknown
from backend.identity.saml.protocol.xml import Element, parse
from backend.identity.saml.service import Peer, addresses, note_refusal
from backend.identity.saml.tables import PendingRequest

SIGN_IN = "/sign-in"
_ANSWER_WITHIN = timedelta(minutes=15)
_LONGEST_RELAY_STATE = 512


async def logout_address(session: Session, services: Services, session_id: int) -> str | None:
    """
    Where the browser goes to end this session at the provider too; ask before it is ended here. None where no provider began it, or
    it knows no single logout.
    """
    found = await repository.begun(session, session.account_id, session_id)
    key = await own_key(session, session.account_id, services.sealers) if found else None
    if found is None or key is None or not found.provider.slo_url:
        return None
    now, request_id, target = utc_now(), new_message_id(), found.provider.slo_url
    session.add(
        PendingRequest(
            account_id=session.account_id, request_id=request_id, provider_id=found.provider.id, kind="logout", return_to=SIGN_IN,
            expires_at=now + _ANSWER_WITHIN,
        )
    )  # fmt: skip
    message = logout_request(
        id=request_id, issuer=addresses(services.config, found.provider.public_id).entity_id, destination=target, at=now,
        name_id=found.name_id, name_id_format=found.name_id_format, session_index=found.session_index,
    )  # fmt: skip
    return redirect_address(target, "SAMLRequest", message, key)


def redirected(peer: Peer, query: str, field: str) -> Element:
    """The message of a redirect, whose signature holds. Raises Refused."""
    root = parse(signed_redirect(query, field, peer.trust))
    refuse_unknown(root)
    return root


def from_form(peer: Peer, raw: bytes) -> Element:
    """The message of a form, whose signature holds. Raises Refused."""
    return posted(raw, peer.trust)


async def receive(services: Services, peer: Peer, root: Element, *, relay_state: str | None, address: str | None) -> str:
    """Does what a signed message asks; where the browser goes on. Raises Refused."""
    message = read_logout(root, issuer=peer.provider.entity_id, destination=peer.own.slo, at=utc_now())
    async with services.database.writing(peer.account_id, address=address) as session:
        if isinstance(message, LogoutRequest):
            return await _end(session, peer, message, relay_state)
        if not await repository.take_pending(session, message.in_response_to):
            raise Refused("in_response_to", "It answers no request of ours that is waiting.")
    if not message.success:
        await note_refusal(services, peer, Refused("logout_failed", "The provider did not end its session."), address)
    return SIGN_IN


async def _end(session: Session, peer: Peer, message: LogoutRequest, relay_state: str | None) -> str:
    ended = await repository.end_sessions(session, peer.provider.id, message.name_id, message.session_indexes)
    for user_id in ended:
        audit.record(session, None, "session.close", "User", user_id, detail={"method": "saml", "provider": peer.provider.name})
    if not peer.provider.slo_url or peer.key is None:
        return SIGN_IN
    target = peer.provider.slo_url
    answer = logout_response(
        id=new_message_id(), issuer=peer.own.entity_id, destination=target, at=utc_now(), in_response_to=message.id
    )  # fmt: skip
    kept = (relay_state or "")[:_LONGEST_RELAY_STATE]
    return redirect_address(target, "SAMLResponse", answer, peer.key, relay_state=kept)
