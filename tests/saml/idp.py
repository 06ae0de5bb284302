"""An identity provider for tests: it signs, encrypts and deflates as real ones do."""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP, PKCS1v15
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.x509 import load_pem_x509_certificate
from lxml import etree
from signxml import XMLSigner
from signxml.algorithms import SignatureConstructionMethod

from backend.identity.saml.protocol.certificates import Certificate, OwnKey, new_own_key, read_certificate

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
ISSUER = "https://idp.example.org/metadata"
SP, ACS = "https://qm.example.com/saml/x/metadata", "https://qm.example.com/saml/x/acs"
NS = {
    "samlp": "urn:oasis:names:tc:SAML:2.0:protocol", "saml": "urn:oasis:names:tc:SAML:2.0:assertion",
    "ds": "http://www.w3.org/2000/09/xmldsig#", "xenc": "http://www.w3.org/2001/04/xmlenc#",
}  # fmt: skip
EXC = "http://www.w3.org/2001/10/xml-exc-c14n#"
OAEP_METHOD = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"


@cache
def key_named(name: str) -> OwnKey:
    """A key of that name, made once a test process."""
    return new_own_key(name, NOON - timedelta(days=1))


@cache
def certificate_named(name: str) -> Certificate:
    return read_certificate(key_named(name).certificate)


def stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class Said:
    """What a response says. `sign` names what is signed: assertion, response, or both."""

    issuer: str = ISSUER
    audience: str = SP
    recipient: str = ACS
    at: datetime = NOON
    in_response_to: str | None = "_request"
    name_id: str = "ann@example.org"
    name_id_format: str = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
    session_index: str = "_session"
    attributes: dict[str, list[str]] = field(default_factory=lambda: {"groups": ["QM-Agents"], "displayName": ["Ann Example"]})
    assertion_id: str = "_assertion"
    sign: tuple[str, ...] = ("assertion",)
    signer: str = "idp"
    encrypt: str | None = None
    key_wrap: str = OAEP_METHOD

    def but(self, **changes) -> Said:
        return replace(self, **changes)


def plain(said: Said) -> etree._Element:
    """The response without signatures, which tests may spoil before it is signed."""
    answered = f' InResponseTo="{said.in_response_to}"' if said.in_response_to else ""
    attributes = "".join(
        f'<saml:Attribute Name="{name}">' + "".join(f"<saml:AttributeValue>{value}</saml:AttributeValue>" for value in values)
        + "</saml:Attribute>" for name, values in said.attributes.items()
    )  # fmt: skip
    later = stamp(said.at + timedelta(minutes=5))
    return _parsed(f"""<samlp:Response xmlns:samlp="{NS["samlp"]}" xmlns:saml="{NS["saml"]}" ID="_response" Version="2.0"
 IssueInstant="{stamp(said.at)}" Destination="{said.recipient}"{answered}><saml:Issuer>{said.issuer}</saml:Issuer><samlp:Status>
<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><saml:Assertion ID="{said.assertion_id}" Version="2.0"
 IssueInstant="{stamp(said.at)}"><saml:Issuer>{said.issuer}</saml:Issuer><saml:Subject><saml:NameID
 Format="{said.name_id_format}">{said.name_id}</saml:NameID><saml:SubjectConfirmation
 Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="{later}"
 Recipient="{said.recipient}"{answered}/></saml:SubjectConfirmation></saml:Subject><saml:Conditions
 NotBefore="{stamp(said.at - timedelta(seconds=30))}" NotOnOrAfter="{later}"><saml:AudienceRestriction>
<saml:Audience>{said.audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>
<saml:AuthnStatement AuthnInstant="{stamp(said.at)}"
 SessionIndex="{said.session_index}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password
</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>{attributes}</saml:AttributeStatement>
</saml:Assertion></samlp:Response>""")


def _parsed(text: str) -> etree._Element:
    return etree.fromstring(text.replace("\n", ""))


def find(root: etree._Element, path: str) -> etree._Element:
    found = root.find(path, NS)
    assert found is not None, path
    return found


def sealed(root: etree._Element, said: Said) -> bytes:
    """Signs and encrypts, innermost first."""
    assertion = find(root, "saml:Assertion")
    if "assertion" in said.sign:
        done = signed(assertion, said.signer)
        root.replace(assertion, done)
        assertion = done
    if said.encrypt:
        root.replace(assertion, encrypted(assertion, said))
    if "response" in said.sign:
        root = signed(root, said.signer)
    return etree.tostring(root)


def response(said: Said | None = None, **changes) -> bytes:
    said = (said or Said()).but(**changes)
    return sealed(plain(said), said)


def signed(element: etree._Element, signer: str = "idp", *, algorithm: str = "rsa-sha256", digest: str = "sha256") -> etree._Element:
    """A signed copy, the signature behind the issuer as the schema has it."""
    copy = etree.fromstring(etree.tostring(element, with_tail=False))
    holder = etree.Element(f"{{{NS['ds']}}}Signature", Id="placeholder", nsmap={"ds": NS["ds"]})
    copy.insert(1, holder)
    key = key_named(signer)
    signer_of = _Weak if "sha1" in algorithm or "sha1" in digest else XMLSigner
    maker = signer_of(SignatureConstructionMethod.enveloped, signature_algorithm=algorithm, digest_algorithm=digest, c14n_algorithm=EXC)
    return maker.sign(copy, key=key.key, cert=key.certificate, reference_uri=f"#{copy.get('ID')}", id_attribute="ID")


class _Weak(XMLSigner):
    def check_deprecated_methods(self) -> None:
        """The tests want to see SHA-1 refused."""


def encrypted(assertion: etree._Element, said: Said) -> etree._Element:
    """For the key named `sp`. `said.encrypt` is the end of the algorithm's name, e.g. aes256-gcm."""
    size = int(said.encrypt[3:6]) // 8
    secret, body = os.urandom(size), etree.tostring(assertion, with_tail=False)
    if said.encrypt.endswith("gcm"):
        algorithm, nonce = f"http://www.w3.org/2009/xmlenc11#{said.encrypt}", os.urandom(12)
        content = nonce + AESGCM(secret).encrypt(nonce, body, None)
    else:
        algorithm, vector = f"{NS['xenc']}{said.encrypt}", os.urandom(16)
        missing = 16 - len(body) % 16
        encryptor = Cipher(AES(secret), CBC(vector)).encryptor()
        content = vector + encryptor.update(body + bytes(missing - 1) + bytes([missing])) + encryptor.finalize()
    public = load_pem_x509_certificate(key_named("sp").certificate.encode()).public_key()
    padding = OAEP(MGF1(hashes.SHA1()), hashes.SHA1(), None) if said.key_wrap == OAEP_METHOD else PKCS1v15()
    wrapped = public.encrypt(secret, padding)
    return _parsed(f"""<saml:EncryptedAssertion xmlns:saml="{NS["saml"]}"><xenc:EncryptedData xmlns:xenc="{NS["xenc"]}"
 Type="{NS["xenc"]}Element"><xenc:EncryptionMethod Algorithm="{algorithm}"/><ds:KeyInfo xmlns:ds="{NS["ds"]}"><xenc:EncryptedKey>
<xenc:EncryptionMethod Algorithm="{said.key_wrap}"/><xenc:CipherData>
<xenc:CipherValue>{base64.b64encode(wrapped).decode()}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo><xenc:CipherData>
<xenc:CipherValue>{base64.b64encode(content).decode()}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData></saml:EncryptedAssertion>""")
