"""Single logout, as it arrives: a provider that asks us to end sessions, or that says ours is ended there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backend.identity.saml.protocol.assertion import SKEW
from backend.identity.saml.protocol.checks import Refused
from backend.identity.saml.protocol.signatures import Trust, refuse_unknown, signed_part
from backend.identity.saml.protocol.xml import Element, child, children, instant, parse, tag, text_of

_SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"


@dataclass(frozen=True, slots=True)
class LogoutRequest:
    """`session_indexes` empty: every session of this name."""

    id: str
    name_id: str
    session_indexes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LogoutResponse:
    in_response_to: str
    success: bool


def posted(raw: bytes, trust: Trust) -> Element:
    """The signed message of a form. Raises Refused."""
    root = parse(raw)
    refuse_unknown(root)
    return signed_part(root, trust)


def read_logout(root: Element, *, issuer: str, destination: str, at: datetime) -> LogoutRequest | LogoutResponse:
    """A message whose signature was checked, where it is meant for us and in time. Raises Refused."""
    named = text_of(child(root, "saml", "Issuer"))
    if named != issuer:
        raise Refused("issuer", f"It comes from {named[:200]!r}, and not from {issuer}.")
    if root.get("Destination") != destination:
        raise Refused("destination", f"It was sent to {root.get('Destination', '')[:200]!r}, and our address is {destination}.")
    if root.tag == tag("samlp", "LogoutRequest"):
        return _request(root, at)
    if root.tag == tag("samlp", "LogoutResponse"):
        return _response(root)
    raise Refused("malformed", "This is neither a LogoutRequest nor a LogoutResponse.")


def _request(root: Element, at: datetime) -> LogoutRequest:
    until = instant(root.get("NotOnOrAfter"), "NotOnOrAfter")
    issued = instant(root.get("IssueInstant"), "IssueInstant")
    # Without an end of its own a caught request would end sessions for ever.
    if (until is not None and until + SKEW <= at) or issued is None or abs(at - issued) > 5 * SKEW:
        raise Refused("expired", "The request to sign out has expired.")
    name = text_of(child(root, "saml", "NameID"))
    if not root.get("ID") or not name:
        raise Refused("subject", "The request to sign out has no ID or names nobody.")
    return LogoutRequest(root.get("ID", ""), name, tuple(text_of(part) for part in children(root, "samlp", "SessionIndex")))


def _response(root: Element) -> LogoutResponse:
    code = child(child(root, "samlp", "Status"), "samlp", "StatusCode")
    if code is None:
        raise Refused("status", "The answer has no status.")
    return LogoutResponse(root.get("InResponseTo", ""), code.get("Value") == _SUCCESS)
