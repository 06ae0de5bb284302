"""
Encrypted assertions: RSA-OAEP for the key, AES-GCM or AES-CBC for the content.

RSA 1.5 is not taken, and CBC only inside a response whose signature covers the ciphertext: otherwise whoever caught one could learn its
content from how altered copies of it are refused. What fails to open is refused in one way, whatever it stumbled over.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from backend.identity.saml.protocol.certificates import OwnKey
from backend.identity.saml.protocol.checks import Refused
from backend.identity.saml.protocol.xml import XENC, Element, child, decode_base64, elements, parse, tag, text_of

_XENC11 = "http://www.w3.org/2009/xmlenc11#"
_GCM = {f"{_XENC11}aes{bits}-gcm": bits // 8 for bits in (128, 192, 256)}
_CBC = {f"{XENC}aes{bits}-cbc": bits // 8 for bits in (128, 192, 256)}
# SHA-1 inside OAEP is no signature: no collision matters.
_DIGESTS: dict[str, Callable[[], hashes.HashAlgorithm]] = {
    "http://www.w3.org/2000/09/xmldsig#sha1": hashes.SHA1,
    f"{XENC}sha256": hashes.SHA256,
    "http://www.w3.org/2001/04/xmldsig-more#sha384": hashes.SHA384,
    f"{XENC}sha512": hashes.SHA512,
}
_MASKS: dict[str, Callable[[], hashes.HashAlgorithm]] = {
    f"{_XENC11}mgf1sha1": hashes.SHA1,
    f"{_XENC11}mgf1sha256": hashes.SHA256,
    f"{_XENC11}mgf1sha384": hashes.SHA384,
    f"{_XENC11}mgf1sha512": hashes.SHA512,
}
_OAEP = {f"{XENC}rsa-oaep-mgf1p", f"{_XENC11}rsa-oaep"}
METHODS = (*_GCM, *sorted(_OAEP))
"""What our metadata says we open."""


def decrypted(encrypted: Element, key: OwnKey | None, *, covered: bool) -> Element:
    """
    The element inside an EncryptedAssertion. `covered`: a signature that holds covers the ciphertext. Raises Refused.
    """
    if key is None:
        raise Refused("encryption", "The assertion is encrypted, and there is no key here yet: give the provider this account's metadata.")
    data = child(encrypted, "xenc", "EncryptedData")
    if data is None:
        raise Refused("encryption", "The encrypted assertion holds no EncryptedData.")
    wrapped = _wrapped_key(encrypted, data)
    content, method = _algorithm(data), _algorithm(wrapped)
    if method not in _OAEP:
        raise Refused("encryption", f"The key is wrapped by {method[:120]!r}, which is not taken: use RSA-OAEP.")
    if content not in _GCM and not (content in _CBC and covered):
        raise Refused(
            "encryption", f"The content is encrypted by {content[:120]!r}, which is not taken here: use AES-GCM, or sign the response too."
        )
    for one in key.all:
        with contextlib.suppress(Exception):
            return _open(data, wrapped, content, one)
    raise Refused("encryption", "The encrypted assertion does not open: it was made for another key, or it was changed.")


def _wrapped_key(encrypted: Element, data: Element) -> Element:
    found = [element for element in elements(encrypted) if element.tag == tag("xenc", "EncryptedKey")]
    if len(found) != 1:
        raise Refused("encryption", f"The encrypted assertion holds {len(found)} keys; exactly one is taken.")
    return found[0]


def _algorithm(element: Element) -> str:
    method = child(element, "xenc", "EncryptionMethod")
    return "" if method is None else method.get("Algorithm", "")


def _open(data: Element, wrapped: Element, content: str, key: OwnKey) -> Element:
    secret = key.key.decrypt(_bytes(wrapped), _oaep(wrapped))
    body = _bytes(data)
    if content in _GCM:
        _require_length(secret, _GCM[content])
        return parse(AESGCM(secret).decrypt(body[:12], body[12:], None))
    _require_length(secret, _CBC[content])
    decryptor = Cipher(AES(secret), CBC(body[:16])).decryptor()
    padded = decryptor.update(body[16:]) + decryptor.finalize()
    # XML encryption pads as ISO 10126 does: the last byte is the length, and the others may be anything.
    length = padded[-1]
    if not 1 <= length <= 16:
        raise ValueError("padding")
    return parse(padded[:-length])


def _oaep(wrapped: Element) -> OAEP:
    method = child(wrapped, "xenc", "EncryptionMethod")
    digest = child(method, "ds", "DigestMethod")
    mask = None if method is None else method.find(f"{{{_XENC11}}}MGF")
    hashing = _DIGESTS[digest.get("Algorithm", "")] if digest is not None else hashes.SHA1
    masking = _MASKS[mask.get("Algorithm", "")] if mask is not None else hashes.SHA1
    return OAEP(mgf=MGF1(masking()), algorithm=hashing(), label=None)


def _bytes(element: Element) -> bytes:
    value = child(child(element, "xenc", "CipherData"), "xenc", "CipherValue")
    return decode_base64(text_of(value))


def _require_length(secret: bytes, length: int) -> None:
    if len(secret) != length:
        raise ValueError("length of the key")
