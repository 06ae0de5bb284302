"""Responses that are right, and every way in which one is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from lxml import etree

from backend.identity.saml.protocol.assertion import SKEW
from backend.identity.saml.protocol.certificates import read_certificate
from backend.identity.saml.protocol.checks import Refused
from backend.identity.saml.protocol.signatures import Trust
from tests.saml.idp import ACS, NOON, NS, Said, certificate_named, find, key_named, plain, response, sealed, signed
from tests.saml.taking import reason, take

PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"


@pytest.mark.parametrize("sign", [("assertion",), ("response",), ("assertion", "response")], ids=" and ".join)
def test_a_signed_response_names_a_person(sign):
    login = take(response(sign=sign))
    assert (login.name_id, login.session_index, login.in_response_to) == ("ann@example.org", "_session", "_request")
    assert login.attributes == {"groups": ("QM-Agents",), "displayName": ("Ann Example",)}
    assert login.expires_at == NOON + timedelta(minutes=5) + SKEW


def test_either_certificate_will_do_while_a_provider_changes_them():
    both = Trust([certificate_named("old"), certificate_named("idp")])
    assert reason(response(), trust=both) == "accepted"
    assert reason(response(signer="old"), trust=both) == "accepted"
    assert reason(response(signer="stranger"), trust=both) == "bad_signature"


def test_the_dates_of_a_given_certificate_do_not_end_sign_in():
    """It is a container of a key that was given to us (metadata interoperability profile)."""
    year = timedelta(days=366)
    assert reason(response(Said(at=NOON + 20 * year)), at=NOON + 20 * year) == "accepted"


@pytest.mark.parametrize(
    ("expected", "changes"),
    [
        ("issuer", {"issuer": "https://other.example.org"}),
        ("audience", {"audience": "https://another.example.com"}),
        ("destination", {"recipient": "https://another.example.com/acs"}),
        ("in_response_to", {"in_response_to": "_another"}),
        ("unsolicited", {"in_response_to": None}),
        ("unsigned", {"sign": ()}),
        ("bad_signature", {"signer": "stranger"}),
    ],
)
def test_what_is_not_meant_for_us_is_refused(expected, changes):
    assert reason(response(**changes)) == expected


@pytest.mark.parametrize("sign", [("assertion",), ("response",)], ids=" and ".join)
@pytest.mark.parametrize(
    ("expected", "path", "name", "value"),
    [
        ("status", "samlp:Status/samlp:StatusCode", "Value", "urn:oasis:names:tc:SAML:2.0:status:Responder"),
        ("malformed", ".", "Version", "1.1"),
        ("malformed", "saml:Assertion", "Version", "1.1"),
        ("destination", ".", "Destination", ""),
        ("destination", ".", "Destination", "https://another.example.com/acs"),
        ("in_response_to", ".", "InResponseTo", "_another"),
        ("recipient", ".//saml:SubjectConfirmationData", "Recipient", "https://another.example.com/acs"),
        ("recipient", ".//saml:SubjectConfirmationData", "Recipient", None),
        ("confirmation", ".//saml:SubjectConfirmationData", "NotOnOrAfter", None),
        ("expired", ".//saml:SubjectConfirmationData", "NotOnOrAfter", "2026-11-02T11:50:00Z"),
        ("not_yet_valid", ".//saml:SubjectConfirmationData", "NotBefore", "2026-11-02T12:10:00Z"),
        ("malformed", ".//saml:SubjectConfirmationData", "NotOnOrAfter", "tomorrow"),
        ("malformed", ".//saml:SubjectConfirmationData", "NotOnOrAfter", "2026-02-30T12:00:00Z"),
        ("confirmation", ".//saml:SubjectConfirmation", "Method", "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"),
        ("expired", ".//saml:Conditions", "NotOnOrAfter", "2026-11-02T11:50:00Z"),
        ("not_yet_valid", ".//saml:Conditions", "NotBefore", "2026-11-02T12:10:00Z"),
        ("expired", ".//saml:AuthnStatement", "SessionNotOnOrAfter", "2026-11-02T11:50:00Z"),
    ],
)
def test_a_wrong_attribute_is_refused(expected, path, name, value, sign):
    said = Said(sign=sign)
    root = plain(said)
    element = root if path == "." else find(root, path)
    element.attrib.pop(name, None)
    if value is not None:
        element.set(name, value)
    assert reason(sealed(root, said)) == expected


@pytest.mark.parametrize(
    ("expected", "path"),
    [
        ("issuer", "saml:Issuer"),
        ("issuer", "saml:Assertion/saml:Issuer"),
        ("status", "samlp:Status"),
        ("subject", ".//saml:NameID"),
        ("subject", ".//saml:Subject"),
        ("confirmation", ".//saml:SubjectConfirmation"),
        ("confirmation", ".//saml:SubjectConfirmationData"),
        ("audience", ".//saml:AudienceRestriction"),
        ("audience", ".//saml:Conditions"),
        ("authentication", ".//saml:AuthnStatement"),
        ("accepted", ".//saml:AttributeStatement"),
    ],
)
def test_what_lacks_is_refused(expected, path):
    root = plain(Said())
    element = find(root, path)
    element.getparent().remove(element)
    assert reason(sealed(root, Said())) == expected


@pytest.mark.parametrize(
    ("expected", "path", "inside"),
    [
        ("duplicate_attributes", ".//saml:AttributeStatement", '<saml:Attribute Name="groups"><saml:AttributeValue>x</saml:AttributeValue>'
         "</saml:Attribute>"),
        ("condition", ".//saml:Conditions", "<saml:Condition/>"),
        ("audience", ".//saml:Conditions", "<saml:AudienceRestriction><saml:Audience>https://other</saml:Audience></saml:AudienceRestriction>"),
        ("accepted", ".//saml:Conditions", "<saml:OneTimeUse/>"),
        ("accepted", ".//saml:AudienceRestriction", "<saml:Audience>https://other</saml:Audience>"),
        ("malformed", "saml:Assertion", "<saml:Subject/>"),
        ("encryption", ".//saml:AttributeStatement", "<saml:EncryptedAttribute/>"),
        ("encryption", ".//saml:Subject", "<saml:EncryptedID/>"),
        ("subject", ".//saml:NameID", "<saml:Nested>bob</saml:Nested>"),
    ],
)  # fmt: skip
def test_what_is_there_too_much_is_refused(expected, path, inside):
    root = plain(Said())
    find(root, path).append(etree.fromstring(inside.replace(">", f' xmlns:saml="{NS["saml"]}">', 1) if "/>" not in inside[:30]
                                             else inside.replace("/>", f' xmlns:saml="{NS["saml"]}"/>', 1)))  # fmt: skip
    assert reason(sealed(root, Said())) == expected


def test_the_clock_may_be_three_minutes_off():
    for moment in (NOON - timedelta(seconds=30) - SKEW, NOON + timedelta(minutes=5) + SKEW - timedelta(seconds=1)):
        assert reason(response(), at=moment) == "accepted"
    assert reason(response(), at=NOON - timedelta(seconds=31) - SKEW) == "not_yet_valid"
    assert reason(response(), at=NOON + timedelta(minutes=5) + SKEW) == "expired"


def test_sign_in_that_the_provider_began_is_taken_where_it_is_allowed():
    assert reason(response(in_response_to=None), unsolicited=True, request_id=None) == "accepted"
    assert reason(response(), unsolicited=True, request_id=None) == "in_response_to", "an answer is no beginning"


def test_a_second_confirmation_may_fit_where_the_first_does_not():
    root = plain(Said())
    subject = find(root, ".//saml:Subject")
    first = etree.fromstring(etree.tostring(find(root, ".//saml:SubjectConfirmation"), with_tail=False))
    find(first, "saml:SubjectConfirmationData").set("Recipient", "https://another.example.com/acs")
    subject.insert(1, first)
    assert reason(sealed(root, Said())) == "accepted"


@pytest.mark.parametrize(("algorithm", "digest"), [("rsa-sha1", "sha256"), ("rsa-sha256", "sha1")])
def test_sha_1_is_taken_only_where_it_is_allowed(algorithm, digest):
    root = plain(Said())
    assertion = find(root, "saml:Assertion")
    root.replace(assertion, signed(assertion, algorithm=algorithm, digest=digest))
    raw = etree.tostring(root)
    assert reason(raw) == "weak_algorithm"
    assert reason(raw, allow_sha1=True) == "accepted"


@pytest.mark.parametrize("algorithm", ["rsa-sha384", "rsa-sha512"])
def test_stronger_algorithms_are_taken(algorithm):
    root = plain(Said())
    root.replace(find(root, "saml:Assertion"), signed(find(root, "saml:Assertion"), algorithm=algorithm, digest=algorithm[4:]))
    assert reason(etree.tostring(root)) == "accepted"


@pytest.mark.parametrize("sign", [("assertion",), ("assertion", "response"), ("response",)], ids=" and ".join)
@pytest.mark.parametrize("encrypt", ["aes128-gcm", "aes256-gcm"])
def test_an_encrypted_assertion_is_opened(sign, encrypt):
    assert take(response(sign=sign, encrypt=encrypt), key=key_named("sp")).name_id == "ann@example.org"


def test_cbc_is_taken_only_where_the_response_is_signed():
    assert reason(response(sign=("assertion", "response"), encrypt="aes128-cbc"), key=key_named("sp")) == "accepted"
    assert reason(response(sign=("assertion",), encrypt="aes128-cbc"), key=key_named("sp")) == "encryption"


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({}, None),
        ({}, "another"),
        ({"key_wrap": "http://www.w3.org/2001/04/xmlenc#rsa-1_5"}, "sp"),
    ],
    ids=["no key", "another key", "RSA 1.5"],
)
def test_what_cannot_be_opened_is_refused(changes, key):
    assert reason(response(encrypt="aes256-gcm", **changes), key=key_named(key) if key else None) == "encryption"


def test_an_altered_ciphertext_is_refused():
    root = etree.fromstring(response(encrypt="aes256-gcm"))
    value = root.findall(".//xenc:CipherValue", NS)[-1]
    value.text = value.text[:-8] + ("A" if value.text[-8] != "A" else "B") + value.text[-7:]
    assert reason(etree.tostring(root), key=key_named("sp")) == "encryption"


def test_an_encrypted_assertion_without_any_signature_is_refused():
    assert reason(response(sign=(), encrypt="aes256-gcm"), key=key_named("sp")) == "unsigned"


def test_a_refusal_by_the_provider_says_what_it_said():
    raw = f"""<samlp:Response xmlns:samlp="{NS["samlp"]}" ID="_1" Version="2.0" Destination="{ACS}"><samlp:Status><samlp:StatusCode
      Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:AuthnFailed"/>
      </samlp:StatusCode><samlp:StatusMessage>Locked out</samlp:StatusMessage></samlp:Status></samlp:Response>"""
    with pytest.raises(Refused) as refused:
        take(raw.encode())
    assert refused.value.reason == "status"
    assert "Responder AuthnFailed Locked out" in refused.value.message


def test_a_certificate_is_read_from_pem_and_from_bare_base64():
    key = key_named("idp")
    assert read_certificate(key.certificate).fingerprint == read_certificate(key.body).fingerprint == certificate_named("idp").fingerprint
    for text in ("", "nonsense", key.certificate[:200]):
        with pytest.raises(Refused):
            read_certificate(text)
