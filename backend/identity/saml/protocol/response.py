"""
A Response, from its bytes to a person's name and attributes.

Two steps. `authenticate` settles who wrote it, and from there on only what was signed is read. `judge` settles whether it is meant for us,
now, and as the answer to what we asked.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from backend.identity.saml.protocol.certificates import OwnKey
from backend.identity.saml.protocol.checks import Checks, Refused
from backend.identity.saml.protocol.encryption import decrypted
from backend.identity.saml.protocol.signatures import Trust, refuse_unknown, signed_part
from backend.identity.saml.protocol.xml import Element, child, children, elements, parse, tag, text_of

_SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"


@dataclass(frozen=True, slots=True)
class Authentic:
    """
    What a trusted key signed. `assertion` is read from the signed copy alone; of `response` only what must fit us is read, and where
    nothing but the assertion was signed it is checked and never believed.
    """

    response: Element
    assertion: Element
    whole: bool
    """Whether the response itself was signed, and not its assertion alone."""

    @property
    def in_response_to(self) -> str | None:
        """The request that the signed assertion says it answers; None where it answers none."""
        for confirmation in elements(self.assertion):
            if confirmation.tag == tag("saml", "SubjectConfirmationData") and confirmation.get("InResponseTo"):
                return confirmation.get("InResponseTo")
        return self.response.get("InResponseTo")


def authenticate(raw: bytes, trust: Trust, key: OwnKey | None, checks: Checks) -> Authentic:
    """The signed assertion of a response. Raises Refused, and leaves every check in `checks`."""
    try:
        return _authenticate(raw, trust, key, checks)
    except Refused as refused:
        if not checks.made or checks.made[-1].holds:
            checks.refuse(refused)
        raise


def _authenticate(raw: bytes, trust: Trust, key: OwnKey | None, checks: Checks) -> Authentic:
    root = parse(raw)
    checks.require(root.tag == tag("samlp", "Response"), "malformed", "It is a Response.", "This is no SAML 2.0 Response.")
    refuse_unknown(root)
    sealed = _only_assertion(root)
    _require_unique_ids(root)
    _require_signatures_in_place(root, sealed)
    checks.note(True, "form", "Its form is what SAML allows: one assertion, no document type, no foreign transform.", "")
    checks.require(root.get("Version") == "2.0" and bool(root.get("ID")), "malformed", "It is SAML 2.0.", "It is not of SAML 2.0.")
    _require_success(root, checks)
    return _believed(root, sealed, trust, key, checks)


def _only_assertion(root: Element) -> Element:
    """The one assertion, which is a child of the Response. Several, or one elsewhere, are how signatures are wrapped."""
    kinds = {tag("saml", "Assertion"), tag("saml", "EncryptedAssertion")}
    found = [element for element in elements(root) if element.tag in kinds]
    if not found:
        _require_success(root, Checks())  # a refusal by the provider has no assertion, and a reason
    if len(found) != 1:
        raise Refused("assertion_count", f"The Response holds {len(found)} assertions; exactly one is taken.")
    if found[0].getparent() is not root:
        raise Refused("assertion_place", "The assertion does not stand where it belongs.")
    return found[0]


def _require_unique_ids(root: Element) -> None:
    named = (value for element in elements(root) for name, value in element.attrib.items() if str(name).rpartition("}")[2].lower() == "id")
    if any(count > 1 for count in Counter(named).values()):
        raise Refused("duplicate_id", "Two elements of the message bear the same ID.")


def _require_signatures_in_place(root: Element, assertion: Element) -> None:
    for signature in [element for element in elements(root) if element.tag == tag("ds", "Signature")]:
        if signature.getparent() is not root and signature.getparent() is not assertion:
            raise Refused("signature_place", "A signature stands neither in the Response nor in its assertion.")


def _require_success(root: Element, checks: Checks) -> None:
    status = child(root, "samlp", "Status")
    code = child(status, "samlp", "StatusCode")
    value = "" if code is None else code.get("Value", "")
    nested = child(code, "samlp", "StatusCode")
    detail = " ".join(part for part in (
        value.rpartition(":")[2], "" if nested is None else nested.get("Value", "").rpartition(":")[2],
        text_of(child(status, "samlp", "StatusMessage")),
    ) if part)  # fmt: skip
    checks.require(
        value == _SUCCESS, "status", "The provider says that the sign-in succeeded.",
        f"The provider refused the sign-in: {detail[:200] or 'without a status'}.",
    )  # fmt: skip


def _believed(root: Element, sealed: Element, trust: Trust, key: OwnKey | None, checks: Checks) -> Authentic:
    response, by_response = root, False
    if children(root, "ds", "Signature"):
        response = signed_part(root, trust)
        sealed, by_response = _only_assertion(response), True
        checks.note(True, "signature", "The Response's signature holds.", "")
    assertion = sealed
    if sealed.tag == tag("saml", "EncryptedAssertion"):
        assertion = decrypted(sealed, key, covered=by_response)
        _require_plain(assertion)
        checks.note(True, "encryption", "The assertion was encrypted for us, and opens.", "")
    if children(assertion, "ds", "Signature"):
        assertion = signed_part(assertion, trust)
        checks.note(True, "signature", "The assertion's signature holds.", "")
    elif not by_response:
        raise Refused("unsigned", "Neither the Response nor its assertion is signed.")
    return Authentic(response, assertion, by_response)


def _require_plain(assertion: Element) -> None:
    """What was decrypted obeys the rules of what came in the open."""
    if assertion.tag != tag("saml", "Assertion"):
        raise Refused("encryption", "What was encrypted is no assertion.")
    refuse_unknown(assertion)
    _require_unique_ids(assertion)
    for element in elements(assertion):
        inner = element is not assertion and element.tag in {tag("saml", "Assertion"), tag("saml", "EncryptedAssertion")}
        if inner or (element.tag == tag("ds", "Signature") and element.getparent() is not assertion):
            raise Refused("signature_place", "A signature or an assertion stands inside the assertion where none may.")
