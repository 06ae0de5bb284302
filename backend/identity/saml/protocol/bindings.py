"""
How messages travel: deflated in a redirect's address with a signature over the address itself, or as base64 in a form.
"""

from __future__ import annotations

import base64
import zlib
from urllib.parse import parse_qsl, quote, unquote_plus, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15

from backend.identity.saml.protocol.certificates import Certificate, OwnKey
from backend.identity.saml.protocol.checks import Refused
from backend.identity.saml.protocol.signatures import Trust
from backend.identity.saml.protocol.xml import LARGEST, decode_base64

REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
_LONGEST_QUERY = 32 * 1024
_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    f"{_MORE}rsa-sha256": hashes.SHA256, f"{_MORE}rsa-sha384": hashes.SHA384, f"{_MORE}rsa-sha512": hashes.SHA512,
    f"{_MORE}ecdsa-sha256": hashes.SHA256, f"{_MORE}ecdsa-sha384": hashes.SHA384, f"{_MORE}ecdsa-sha512": hashes.SHA512,
    "http://www.w3.org/2000/09/xmldsig#rsa-sha1": hashes.SHA1,
}  # fmt: skip
_OURS = f"{_MORE}rsa-sha256"


def checked_url(url: str, what: str) -> str:
    """An address that a browser may be sent to. Raises Refused."""
    parts = urlsplit(url.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None:
        raise Refused("address", f"{what} must be an http or https address, not {url[:120]!r}.")
    return url.strip()


def redirect_address(target: str, field: str, message: bytes, key: OwnKey, *, relay_state: str = "") -> str:
    """The address to send a browser to: `field` is SAMLRequest or SAMLResponse, signed with RSA and SHA-256."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = base64.b64encode(packer.compress(message) + packer.flush()).decode()
    parts = [(field, packed), *([("RelayState", relay_state)] if relay_state else []), ("SigAlg", _OURS)]
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in parts)
    signature = base64.b64encode(key.key.sign(query.encode(), PKCS1v15(), hashes.SHA256())).decode()
    joint = "&" if urlsplit(target).query else "?"
    return f"{target}{joint}{query}&Signature={quote(signature, safe='')}"


def inflate(packed: str) -> bytes:
    """The message of a redirect, bounded while it grows. Raises Refused."""
    unpacker = zlib.decompressobj(-15)
    try:
        message = unpacker.decompress(decode_base64(packed), LARGEST + 1)
    except zlib.error:
        raise Refused("malformed", "The message in the address is not deflated.") from None
    if len(message) > LARGEST or not unpacker.eof:
        raise Refused("too_large", f"The message is larger than the {LARGEST // 1024} KiB that are taken, or cut off.")
    return message


def signed_redirect(query: str, field: str, trust: Trust) -> bytes:
    """The message in a query string whose signature holds, checked over the very characters that came. Raises Refused."""
    if len(query) > _LONGEST_QUERY:
        raise Refused("too_large", "The address is longer than is taken.")
    raw = [part.partition("=")[::2] for part in query.split("&") if part]
    given = dict(raw)
    if len(given) != len(raw):
        raise Refused("malformed", "The address names something twice.")
    if not given.get("Signature") or not given.get("SigAlg"):
        raise Refused("unsigned", "The message in the address is not signed.")
    names = [name for name in (field, "RelayState", "SigAlg") if name in given]
    content = "&".join(f"{name}={given[name]}" for name in names).encode()
    algorithm = unquote_plus(given["SigAlg"])
    if algorithm not in _HASHES or (algorithm.endswith("sha1") and not trust.allow_sha1):
        raise Refused("weak_algorithm", f"The signature's algorithm {algorithm[:120]!r} is not taken: use RSA or ECDSA with SHA-256.")
    signature = decode_base64(unquote_plus(given["Signature"]))
    if not any(_holds(certificate, signature, content, algorithm) for certificate in trust.certificates):
        raise Refused("bad_signature", "The signature in the address does not hold.")
    return inflate(unquote_plus(given.get(field, "")))


def _holds(certificate: Certificate, signature: bytes, content: bytes, algorithm: str) -> bool:
    key, digest = certificate.x509.public_key(), _HASHES[algorithm]()
    try:
        if isinstance(key, rsa.RSAPublicKey) and "#rsa-" in algorithm:
            key.verify(signature, content, PKCS1v15(), digest)
            return True
        if isinstance(key, ec.EllipticCurvePublicKey) and "#ecdsa-" in algorithm:
            key.verify(signature, content, ec.ECDSA(digest))
            return True
    except InvalidSignature:
        pass
    return False


def local_path(value: str | None) -> str:
    """Where to go on: a path of ours, or the start. An address elsewhere, in any of the ways in which browsers read one, is none."""
    if not value or len(value) > 512 or not value.startswith("/") or value.startswith(("//", "/\\")):
        return "/"
    if any(character in value for character in "\\\r\n\t\0") or urlsplit(value).netloc or value.startswith("/saml/"):
        return "/"
    return value


def fields_of(form: str) -> dict[str, str]:
    """The fields of a query string or a form, the first of each name. Raises Refused."""
    try:
        return dict(reversed(parse_qsl(form, keep_blank_values=True, max_num_fields=20)))
    except ValueError:
        raise Refused("malformed", "This is no form.") from None
