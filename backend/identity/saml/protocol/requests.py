"""The messages that we send: asking for a sign-in, asking for a sign-out, and answering one."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from lxml import etree

from backend.identity.saml.protocol.bindings import POST
from backend.identity.saml.protocol.xml import ASSERTION, PROTOCOL, Element, tag, written

_SPACES = {"samlp": PROTOCOL, "saml": ASSERTION}
_ANSWER_WITHIN = timedelta(minutes=5)


def new_message_id() -> str:
    """160 random bits; an XML id may not begin with a digit."""
    return f"_{secrets.token_hex(20)}"


def authn_request(*, id: str, issuer: str, destination: str, acs: str, at: datetime) -> bytes:
    """Asks the provider to sign a person in, and to answer by a form to `acs`."""
    root = _message("AuthnRequest", id=id, issuer=issuer, destination=destination, at=at)
    root.set("AssertionConsumerServiceURL", acs)
    root.set("ProtocolBinding", POST)
    etree.SubElement(root, tag("samlp", "NameIDPolicy"), AllowCreate="true")
    return etree.tostring(root)


def logout_request(
    *, id: str, issuer: str, destination: str, at: datetime, name_id: str, name_id_format: str, session_index: str | None
) -> bytes:  # fmt: skip
    """Asks the provider to end the session that it began."""
    root = _message("LogoutRequest", id=id, issuer=issuer, destination=destination, at=at)
    root.set("NotOnOrAfter", written(at + _ANSWER_WITHIN))
    name = etree.SubElement(root, tag("saml", "NameID"), {"Format": name_id_format} if name_id_format else None)
    name.text = name_id
    if session_index:
        etree.SubElement(root, tag("samlp", "SessionIndex")).text = session_index
    return etree.tostring(root)


def logout_response(*, id: str, issuer: str, destination: str, at: datetime, in_response_to: str) -> bytes:
    """Says that the sessions are over."""
    root = _message("LogoutResponse", id=id, issuer=issuer, destination=destination, at=at)
    root.set("InResponseTo", in_response_to)
    status = etree.SubElement(root, tag("samlp", "Status"))
    etree.SubElement(status, tag("samlp", "StatusCode"), Value="urn:oasis:names:tc:SAML:2.0:status:Success")
    return etree.tostring(root)


def _message(name: str, *, id: str, issuer: str, destination: str, at: datetime) -> Element:
    facts = {"ID": id, "Version": "2.0", "IssueInstant": written(at), "Destination": destination}
    root = etree.Element(tag("samlp", name), facts, nsmap=_SPACES)
    etree.SubElement(root, tag("saml", "Issuer")).text = issuer
    return root
