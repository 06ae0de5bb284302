"""
XML signatures: what may be in one is settled before any of it is carried out, and only what was signed is read afterwards.

Transforms run before a signature is known to be good, so an unknown one (XSLT, XPath) in the document of a stranger is refused unseen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureConstructionMethod, SignatureMethod
from signxml.verifier import SignatureConfiguration, XMLVerifier

from backend.identity.saml.protocol.certificates import Certificate, for_its_key
from backend.identity.saml.protocol.checks import Refused
from backend.identity.saml.protocol.xml import DSIG, XENC, Element, child, children, elements, tag

_ENVELOPED = SignatureConstructionMethod.enveloped.value
_EXCLUSIVE = {
    CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0.value,
    CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0_WITH_COMMENTS.value,
}
_LONGEST_PREFIXES = 256
_MOST_CERTIFICATES = 10
_STRONG = ("SHA256", "SHA384", "SHA512", "SHA224")
METHODS = frozenset(
    method
    for method in SignatureMethod
    if method.name.startswith(("RSA_SHA", "ECDSA_SHA")) and method.name.partition("_")[2] in (*_STRONG, "SHA1")
)
DIGESTS = frozenset(digest for digest in DigestAlgorithm if digest.name in (*_STRONG, "SHA1"))
_KNOWN = {method.value: method.name for method in METHODS} | {digest.value: digest.name for digest in DIGESTS}
_FORBIDDEN = {f"{{{DSIG}}}{name}" for name in ("Object", "Manifest", "RetrievalMethod")} | {f"{{{XENC}}}CipherReference"}


@dataclass(frozen=True, slots=True)
class Trust:
    """The keys that a provider signs with. `allow_sha1`: signatures that rest on SHA-1 are taken."""

    certificates: Sequence[Certificate]
    allow_sha1: bool = False


def refuse_unknown(root: Element) -> None:
    """Raises Refused where the document holds a transform, a canonicalisation or a reference that has no place in SAML."""
    for element in elements(root):
        if element.tag in _FORBIDDEN:
            raise Refused("forbidden_transform", f"The message holds {_local(element)}, which has no place in it.")
        if element.tag == tag("ds", "Transform"):
            _require_known(element, {_ENVELOPED, *_EXCLUSIVE})
        if element.tag == tag("ds", "CanonicalizationMethod"):
            _require_known(element, _EXCLUSIVE)
        if element.tag == tag("ds", "Transforms") and len(element) > 2:
            raise Refused("forbidden_transform", "The message asks for more transforms than SAML knows.")


def _require_known(element: Element, known: set[str]) -> None:
    algorithm = element.get("Algorithm", "")
    if algorithm not in known:
        raise Refused("forbidden_transform", f"The message asks for the transform {algorithm[:120]!r}, which is not taken.")
    for part in elements(element):
        if part is not element and not part.tag.endswith("}InclusiveNamespaces"):
            raise Refused("forbidden_transform", f"A transform holds {_local(part)}, which is not taken.")
        if len(part.get("PrefixList", "")) > _LONGEST_PREFIXES:
            raise Refused("forbidden_transform", "A transform names more namespaces than are taken.")


def signed_part(element: Element, trust: Trust) -> Element:
    """
    A copy of the element that holds exactly what was signed, without comments. Raises Refused where its signature is missing, does not
    cover this very element, rests on an algorithm that is not taken, or was made with another key.
    """
    signature = child(element, "ds", "Signature")
    if signature is None:
        raise Refused("unsigned", f"The {_local(element)} is not signed.")
    _require_own_reference(element, signature)
    _require_strong(signature, allow_sha1=trust.allow_sha1)
    for certificate in list(trust.certificates)[:_MOST_CERTIFICATES]:
        found = _verified(element, certificate)
        if found is not None and found.tag == element.tag and found.get("ID") == element.get("ID"):
            return found
    raise Refused(
        "bad_signature",
        f"The signature of the {_local(element)} does not hold: it was changed, or signed with a key that is not among the provider's "
        f"{len(trust.certificates)} certificates.",
    )


def _require_own_reference(element: Element, signature: Element) -> None:
    references = children(_required(signature, "SignedInfo"), "ds", "Reference")
    own = element.get("ID")
    if len(references) != 1 or not own or references[0].get("URI") != f"#{own}":
        raise Refused("wrong_reference", f"The signature does not refer to the {_local(element)} that it stands in.")


def _require_strong(signature: Element, *, allow_sha1: bool) -> None:
    info = _required(signature, "SignedInfo")
    named = [_required(info, "SignatureMethod").get("Algorithm", "")]
    named += [_required(reference, "DigestMethod").get("Algorithm", "") for reference in children(info, "ds", "Reference")]
    for algorithm in named:
        if algorithm not in _KNOWN:
            raise Refused("weak_algorithm", f"The signature's algorithm {algorithm[:120]!r} is not taken: use RSA or ECDSA with SHA-256.")
        if _KNOWN[algorithm].endswith("SHA1") and not allow_sha1:
            raise Refused(
                "weak_algorithm", "The signature rests on SHA-1: let the provider sign with SHA-256, or allow SHA-1 for this provider."
            )


def _required(element: Element, name: str) -> Element:
    found = child(element, "ds", name)
    if found is None:
        raise Refused("malformed", f"The signature lacks {name}.")
    return found


def _verified(element: Element, certificate: Certificate) -> Element | None:
    """What this certificate's key signed; None where it did not."""
    config = SignatureConfiguration(
        location="./",
        expect_references=1,
        signature_methods=METHODS,
        digest_algorithms=DIGESTS,
        ignore_ambiguous_key_info=True,  # the key is the one that we were given, whatever the message says
        verification_time=certificate.not_before,
    )
    try:
        with for_its_key():
            result = XMLVerifier().verify(element, x509_cert=certificate.x509, id_attribute="ID", expect_config=config)
    except Exception:
        # Whatever a stranger's signature makes the verifier stumble over, it is not verified.
        return None
    return None if isinstance(result, list) else result.signed_xml


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]
