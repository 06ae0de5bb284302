"""Corners of the protocol that no ordinary message reaches."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.x509 import CertificateBuilder, Name
from lxml import etree

from backend.identity.saml.protocol.certificates import read_certificate
from backend.identity.saml.protocol.checks import Refused
from tests.saml.idp import NOON, NS, Said, encrypted, find, key_named, plain, response, signed
from tests.saml.taking import reason

# A certificate with a key of 512 bits, made for this test.
SHORT = (
    "MIIBbzCCARmgAwIBAgIUdSrm0ZJEOpLjxK6ygwRUAmJMWXMwDQYJKoZIhvcNAQELBQAwDDEKMAgGA1UEAwwBeDAeFw0yNjExMjUw"
    "OTUwMTJaFw0yNjExMjcwOTUwMTJaMAwxCjAIBgNVBAMMAXgwXDANBgkqhkiG9w0BAQEFAANLADBIAkEAryHN5azlzeTWmNW0ZnNt"
    "oXrVc5doWG7KSo8l9OQzeb9Lf3hYx0k7D01oqpRzU4L1JRilJQCuTPlauzMCX3VYrQIDAQABo1MwUTAdBgNVHQ4EFgQUNW3rZ4N9"
    "0krfPtxBT+B0KdJXdokwHwYDVR0jBBgwFoAUNW3rZ4N90krfPtxBT+B0KdJXdokwDwYDVR0TAQH/BAUwAwEB/zANBgkqhkiG9w0B"
    "AQsFAANBAAuQkGimP2NBehghXU7TNwYTMZnnmYU9E+HNejTF1ZR5KeSZSsRrppUaZ6MQxkrGfkoISkiOMzk3Ht65xCv+IZA="
)


def test_a_certificate_with_a_key_that_is_too_short_is_refused():
    with pytest.raises(Refused, match="512 bits"):
        read_certificate(SHORT)


def test_a_certificate_with_a_key_of_another_kind_is_refused():
    key = ed25519.Ed25519PrivateKey.generate()
    builder = CertificateBuilder().subject_name(Name([])).issuer_name(Name([])).public_key(key.public_key()).serial_number(1)
    made = builder.not_valid_before(NOON).not_valid_after(NOON + timedelta(days=1)).sign(key, None)
    with pytest.raises(Refused, match="neither RSA nor of an elliptic curve"):
        read_certificate(made.public_bytes(serialization.Encoding.PEM).decode())


def inside(element: etree._Element, said: Said) -> bytes:
    """A response whose encrypted part is something else than it should be."""
    root = plain(said)
    root.replace(find(root, "saml:Assertion"), encrypted(element, said))
    return etree.tostring(root)


def test_what_was_encrypted_must_be_an_assertion():
    said = Said(encrypt="aes256-gcm")
    assert reason(inside(etree.Element("x"), said), key=key_named("sp")) == "encryption"


def test_what_was_encrypted_obeys_the_rules_of_what_comes_in_the_open():
    said = Said(encrypt="aes256-gcm")
    assertion = signed(find(plain(said), "saml:Assertion"))
    etree.SubElement(find(assertion, "saml:Subject"), f"{{{NS['saml']}}}Assertion", ID="_inner")
    assert reason(inside(assertion, said), key=key_named("sp")) == "signature_place"
    transforms = signed(find(plain(said), "saml:Assertion"))
    find(transforms, ".//ds:Transform").set("Algorithm", "http://www.w3.org/TR/1999/REC-xslt-19991116")
    assert reason(inside(transforms, said), key=key_named("sp")) == "forbidden_transform"


@pytest.mark.parametrize(("path", "code"), [("xenc:EncryptedData", "encryption"), (".//xenc:EncryptedKey", "encryption")])
def test_an_encrypted_assertion_must_be_whole(path, code):
    root = etree.fromstring(response(encrypt="aes256-gcm"))
    holder = find(root, "saml:EncryptedAssertion")
    element = find(holder, path)
    element.getparent().remove(element)
    assert reason(etree.tostring(root), key=key_named("sp")) == code


def test_a_key_that_does_not_fit_its_algorithm_opens_nothing():
    root = etree.fromstring(response(encrypt="aes256-gcm"))
    find(root, ".//xenc:EncryptedData/xenc:EncryptionMethod").set("Algorithm", "http://www.w3.org/2009/xmlenc11#aes128-gcm")
    assert reason(etree.tostring(root), key=key_named("sp")) == "encryption"


def test_padding_that_is_none_opens_nothing():
    said = Said(encrypt="aes256-cbc", sign=("assertion",))
    root = plain(said)
    assertion = find(root, "saml:Assertion")
    holder = encrypted(assertion, said)
    value = holder.findall(".//xenc:CipherValue", NS)[-1]
    value.text = value.text[: len(value.text) // 2 // 64 * 64]  # whole blocks, and no padding at the end
    root.replace(assertion, holder)
    assert reason(etree.tostring(signed(root)), key=key_named("sp")) == "encryption"


def test_an_assertion_in_another_place_is_refused():
    root = plain(Said())
    assertion = find(root, "saml:Assertion")
    etree.SubElement(root, f"{{{NS['samlp']}}}Extensions").append(assertion)
    assert reason(etree.tostring(root)) == "assertion_place"


def test_an_unknown_algorithm_and_half_a_signature_are_refused():
    root = etree.fromstring(response())
    find(root, ".//ds:SignatureMethod").set("Algorithm", "http://www.w3.org/2000/09/xmldsig#hmac-sha1")
    assert reason(etree.tostring(root)) == "weak_algorithm"
    method = find(root, ".//ds:SignatureMethod")
    method.getparent().remove(method)
    assert reason(etree.tostring(root)) == "malformed"
