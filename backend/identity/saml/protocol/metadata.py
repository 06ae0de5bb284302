"""Metadata: what a provider says of itself, and what we say of ourselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from backend.identity.saml.protocol.bindings import POST, REDIRECT, checked_url
from backend.identity.saml.protocol.certificates import Certificate, OwnKey, read_certificate
from backend.identity.saml.protocol.checks import Refused
from backend.identity.saml.protocol.encryption import METHODS
from backend.identity.saml.protocol.xml import (
    DSIG,
    LARGEST_METADATA,
    METADATA,
    PROTOCOL,
    Element,
    children,
    elements,
    instant,
    parse,
    tag,
    text_of,
)


@dataclass(frozen=True, slots=True)
class ProviderFacts:
    """What signing in with a provider takes. `certificates`: all that it signs with, old and new."""

    entity_id: str
    sso_url: str
    slo_url: str | None
    certificates: tuple[Certificate, ...]


def read_metadata(raw: bytes, at: datetime, *, entity_id: str | None = None) -> ProviderFacts:
    """
    The identity provider in a metadata document; `entity_id` says which, where there are several. Raises Refused where there is none, where
    the document has expired, or where the provider offers no sign-in by redirect.
    """
    root = parse(raw, largest=LARGEST_METADATA)
    if root.tag not in {tag("md", "EntityDescriptor"), tag("md", "EntitiesDescriptor")}:
        raise Refused("metadata", "This is no SAML metadata: it has neither an EntityDescriptor nor an EntitiesDescriptor.")
    found = [element for element in elements(root) if element.tag == tag("md", "EntityDescriptor") and _role(element) is not None]
    names = [element.get("entityID", "") for element in found]
    if entity_id is not None:
        found = [element for element in found if element.get("entityID") == entity_id]
    if not found:
        raise Refused("metadata", f"The metadata holds no identity provider{f' {entity_id}' if entity_id else ''}.")
    if len(found) > 1:
        raise Refused("metadata", f"The metadata holds {len(names)} identity providers; say which one: {', '.join(names[:10])}.")
    _require_current(found[0], at)
    return _facts(found[0])


def _role(entity: Element) -> Element | None:
    """The part that speaks SAML 2.0 as an identity provider."""
    roles = children(entity, "md", "IDPSSODescriptor")
    return next((role for role in roles if PROTOCOL in role.get("protocolSupportEnumeration", "").split()), None)


def _require_current(entity: Element, at: datetime) -> None:
    role = _role(entity)
    for element in (role, entity, *entity.iterancestors()):
        until = None if element is None else instant(element.get("validUntil"), "validUntil")
        if until is not None and until <= at:
            raise Refused("metadata", f"The metadata was valid until {until:%Y-%m-%d}: fetch it from the provider again.")


def _facts(entity: Element) -> ProviderFacts:
    role = _role(entity)
    assert role is not None
    sso = next(_locations(role, "SingleSignOnService"), None)
    if not entity.get("entityID") or sso is None:
        raise Refused("metadata", "The provider has no entityID, or offers no sign-in by HTTP redirect.")
    certificates = {one.fingerprint: one for one in _certificates(role)}
    if not certificates:
        raise Refused("metadata", "The metadata has no certificate that the provider signs with.")
    slo = next(_locations(role, "SingleLogoutService"), None)
    return ProviderFacts(entity.get("entityID", ""), sso, slo, tuple(certificates.values()))


def _locations(role: Element, service: str) -> Iterator[str]:
    for element in children(role, "md", service):
        if element.get("Binding") == REDIRECT:
            yield checked_url(element.get("Location", ""), service)


def _certificates(role: Element) -> Iterator[Certificate]:
    for descriptor in children(role, "md", "KeyDescriptor"):
        if descriptor.get("use") in {None, "signing"}:
            for element in descriptor.iter(tag("ds", "X509Certificate")):
                yield read_certificate(text_of(element))


@dataclass(frozen=True, slots=True)
class OwnAddresses:
    """What we are to a provider: an entity id of its own for each, so that several of one account are told apart."""

    entity_id: str
    acs: str
    slo: str


def own_metadata(own: OwnAddresses, key: OwnKey) -> bytes:
    """Our metadata: we sign requests, want assertions signed, and open encrypted ones; by two keys while one takes the other's place."""
    root = etree.Element(tag("md", "EntityDescriptor"), nsmap={"md": METADATA, "ds": DSIG}, entityID=own.entity_id)
    role = etree.SubElement(
        root, tag("md", "SPSSODescriptor"), AuthnRequestsSigned="true", WantAssertionsSigned="true", protocolSupportEnumeration=PROTOCOL
    )
    for use, one in [(use, one) for use in ("signing", "encryption") for one in key.all]:
        descriptor = etree.SubElement(role, tag("md", "KeyDescriptor"), use=use)
        data = etree.SubElement(etree.SubElement(descriptor, tag("ds", "KeyInfo")), tag("ds", "X509Data"))
        etree.SubElement(data, tag("ds", "X509Certificate")).text = one.body
        for method in METHODS if use == "encryption" else ():
            etree.SubElement(descriptor, tag("md", "EncryptionMethod"), Algorithm=method)
    for binding in (REDIRECT, POST):
        etree.SubElement(role, tag("md", "SingleLogoutService"), Binding=binding, Location=own.slo)
    for form in ("2.0:nameid-format:persistent", "1.1:nameid-format:emailAddress", "1.1:nameid-format:unspecified"):
        etree.SubElement(role, tag("md", "NameIDFormat")).text = f"urn:oasis:names:tc:SAML:{form}"
    etree.SubElement(
        role, tag("md", "AssertionConsumerService"), Binding=POST, Location=own.acs, index="0", isDefault="true"
    )  # fmt: skip
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
