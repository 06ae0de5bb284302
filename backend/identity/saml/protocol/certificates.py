"""
Certificates of identity providers, and the account's own key.

A certificate given here is a container of a trusted key (SAML V2.0 Metadata Interoperability Profile, 2.6.1): it is trusted until it is
removed. Its dates are shown, and do not end sign-in overnight.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.oid import NameOID

from backend.identity.saml.protocol.checks import Refused
from backend.identity.saml.protocol.xml import decode_base64

_MARKS = re.compile(r"-----(BEGIN|END) CERTIFICATE-----")
_WEAKEST_BITS = 1024
_LASTS = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Certificate:
    """`fingerprint` is the SHA-256 of the certificate as hex; `subject` as RFC 4514 writes it."""

    pem: str
    fingerprint: str
    subject: str
    not_before: datetime
    not_after: datetime

    @property
    def x509(self) -> x509.Certificate:
        return _loaded(decode_base64(_MARKS.sub("", self.pem)))


def read_certificate(text: str) -> Certificate:
    """From PEM or bare base64, or PEM in base64, as some metadata has it. Raises Refused where it is none, or no key for signatures."""
    try:
        der = decode_base64(_MARKS.sub("", text))
        found = _loaded(decode_base64(_MARKS.sub("", der.decode("ascii"))) if der.startswith(b"-----BEGIN") else der)
        key = found.public_key()
        subject = found.subject.rfc4514_string()
    except (Refused, ValueError, TypeError, x509.UnsupportedGeneralNameType) as error:
        raise Refused("certificate", "This is no X.509 certificate: paste it as PEM, or as the metadata has it.") from error
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise Refused("certificate", "The certificate's key is neither RSA nor of an elliptic curve.")
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < _WEAKEST_BITS:
        raise Refused("certificate", f"The certificate's key has {key.key_size} bits; fewer than {_WEAKEST_BITS} are not taken.")
    pem = found.public_bytes(serialization.Encoding.PEM).decode()
    return Certificate(pem, found.fingerprint(hashes.SHA256()).hex(), subject, found.not_valid_before_utc, found.not_valid_after_utc)


@contextmanager
def for_its_key() -> Iterator[None]:
    """A serial number of 0 is wrong, and providers have such certificates: here only the key in them matters, so nobody is warned."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        yield


def _loaded(der: bytes) -> x509.Certificate:
    with for_its_key():
        return x509.load_der_x509_certificate(der)


@dataclass(frozen=True, slots=True)
class OwnKey:
    """
    The private half as PKCS #8 in DER, and a certificate that carries the public one. `others` are keys that stand in metadata beside it
    and open what was encrypted for them, while one takes the place of another; this one signs.
    """

    private: bytes
    certificate: str
    others: tuple[OwnKey, ...] = ()

    @property
    def all(self) -> tuple[OwnKey, ...]:
        return (self, *self.others)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate as hex."""
        return read_certificate(self.certificate).fingerprint

    @property
    def key(self) -> rsa.RSAPrivateKey:
        # It is one that we made and sealed: proving its primes each time would take longer than all the rest of a sign-in.
        loaded = serialization.load_der_private_key(self.private, None, unsafe_skip_rsa_key_validation=True)
        assert isinstance(loaded, rsa.RSAPrivateKey)
        return loaded

    @property
    def body(self) -> str:
        """The certificate as metadata and KeyInfo hold it: base64 without marks."""
        return "".join(_MARKS.sub("", self.certificate).split())


def new_own_key(name: str, now: datetime) -> OwnKey:
    """A fresh RSA key of 3072 bits with a certificate that it signs itself."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + _LASTS)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return OwnKey(private, certificate.public_bytes(serialization.Encoding.PEM).decode())
