"""
XML from strangers: bounded in size, in elements and in what it may contain, before anything else looks at it.

A document type is refused altogether, so there are no entities; only UTF-8 is taken, so that nothing hides behind an encoding.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from lxml import etree

from backend.identity.saml.protocol.checks import Refused

Element = etree._Element

PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol"
ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion"
METADATA = "urn:oasis:names:tc:SAML:2.0:metadata"
DSIG = "http://www.w3.org/2000/09/xmldsig#"
XENC = "http://www.w3.org/2001/04/xmlenc#"
NAMES = {"samlp": PROTOCOL, "saml": ASSERTION, "md": METADATA, "ds": DSIG, "xenc": XENC}

LARGEST = 256 * 1024
LARGEST_METADATA = 4 * 1024 * 1024
_MOST_ELEMENTS = 4_000
_MOST_ATTRIBUTES = 64
_MOST_NAMESPACES = 32
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")


def tag(prefix: str, name: str) -> str:
    """A name as lxml writes it, e.g. `tag("saml", "Assertion")`."""
    return f"{{{NAMES[prefix]}}}{name}"


def decode_base64(text: str) -> bytes:
    """The bytes of a POST binding's field, white space allowed. Raises Refused."""
    packed = "".join(text.split())
    try:
        return base64.b64decode(packed, validate=True)
    except (binascii.Error, ValueError):
        raise Refused("malformed", "This is no base64.") from None


def parse(raw: bytes, *, largest: int = LARGEST) -> Element:
    """The root of a document. Raises Refused where it is too large, no XML, or has a document type."""
    if len(raw) > largest:
        raise Refused("too_large", f"The message is larger than the {largest // 1024} KiB that are taken.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("malformed", "The message is not UTF-8.") from None
    if re.search(r"<!\s*(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise Refused("document_type", "The message has a document type or entities, which are not taken.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode(), parser=parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused("malformed", f"The message is no well-formed XML: {str(error)[:120]}.") from None
    _bound(root, most=_MOST_ELEMENTS if largest == LARGEST else 40 * _MOST_ELEMENTS)
    return root


def _bound(root: Element, *, most: int) -> None:
    """Canonicalisation works for every namespace in scope at every element: both are few in whatever means well."""
    for count, element in enumerate(elements(root), 1):
        if count > most or len(element.attrib) > _MOST_ATTRIBUTES or len(element.nsmap) > _MOST_NAMESPACES:
            raise Refused("too_large", "The message has more elements, attributes or namespaces than are taken.")


def elements(root: Element) -> Iterator[Element]:
    """The elements of a tree, without comments and instructions."""
    return root.iter(etree.Element)


def children(element: Element, prefix: str, name: str) -> list[Element]:
    return element.findall(tag(prefix, name))


def child(element: Element | None, prefix: str, name: str) -> Element | None:
    """The one child of this name; None where there is none. Raises Refused where there are several."""
    found = [] if element is None else children(element, prefix, name)
    if len(found) > 1:
        raise Refused("malformed", f"The message has {len(found)} elements {name} where one may stand.")
    return found[0] if found else None


def text_of(element: Element | None) -> str:
    """All text inside, trimmed. A comment neither ends nor parts it."""
    return "" if element is None else str(element.xpath("string(.)")).strip()


def instant(value: str | None, what: str) -> datetime | None:
    """An xs:dateTime as an aware instant; without a zone it is UTC, as SAML has it. Raises Refused."""
    if value is None:
        return None
    if not _INSTANT.fullmatch(value.strip()):
        raise Refused("malformed", f"{what} holds no instant: {value[:40]!r}.")
    try:
        found = datetime.fromisoformat(value.strip())
    except ValueError:
        raise Refused("malformed", f"{what} holds no instant: {value[:40]!r}.") from None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
