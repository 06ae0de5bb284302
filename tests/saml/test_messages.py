"""Metadata of both sides, and how messages travel."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509 import CertificateBuilder, Name
from lxml import etree

from backend.identity.saml.protocol.bindings import POST, REDIRECT, checked_url, local_path, redirect_address, signed_redirect
from backend.identity.saml.protocol.certificates import read_certificate
from backend.identity.saml.protocol.checks import Refused
from backend.identity.saml.protocol.logout import read_logout
from backend.identity.saml.protocol.metadata import OwnAddresses, own_metadata, read_metadata
from backend.identity.saml.protocol.signatures import Trust
from tests.saml.idp import ISSUER, NOON, NS, certificate_named, key_named

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "saml"
MD = {"md": "urn:oasis:names:tc:SAML:2.0:metadata", **NS}
OWN = OwnAddresses("https://qm.example.com/m", "https://qm.example.com/acs", "https://qm.example.com/slo")


def described(*, entity: str = ISSUER, keys: tuple[tuple[str | None, str], ...] = ((None, "idp"),), binding: str = REDIRECT, **values: str):
    """An EntityDescriptor of an identity provider."""
    descriptors = "".join(
        f"<md:KeyDescriptor{f' use={use!r}' if use else ''}><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{key_named(name).body}"
        "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>" for use, name in keys
    )  # fmt: skip
    until = f' validUntil="{values["until"]}"' if "until" in values else ""
    return f"""<md:EntityDescriptor xmlns:md="{MD["md"]}" xmlns:ds="{NS["ds"]}" entityID="{entity}"{until}><md:IDPSSODescriptor
      protocolSupportEnumeration="{values.get("protocol", NS["samlp"])}">{descriptors}<md:SingleLogoutService Binding="{binding}"
      Location="https://idp.example.org/slo"/><md:SingleSignOnService Binding="{POST}" Location="https://idp.example.org/post"/>
      <md:SingleSignOnService Binding="{binding}" Location="{values.get("sso", "https://idp.example.org/sso")}"/>
      </md:IDPSSODescriptor></md:EntityDescriptor>"""


def test_a_providers_metadata_says_all_that_signing_in_takes():
    facts = read_metadata(described().encode(), NOON)
    assert (facts.entity_id, facts.sso_url, facts.slo_url) == (ISSUER, "https://idp.example.org/sso", "https://idp.example.org/slo")
    assert [one.fingerprint for one in facts.certificates] == [certificate_named("idp").fingerprint]


def test_every_certificate_that_it_signs_with_counts_once():
    keys = (("signing", "old"), ("signing", "idp"), ("encryption", "another"), (None, "idp"))
    facts = read_metadata(described(keys=keys).encode(), NOON)
    assert [one.fingerprint for one in facts.certificates] == [certificate_named(name).fingerprint for name in ("old", "idp")]


def several(*entities: str, until: str = "") -> bytes:
    attribute = f' validUntil="{until}"' if until else ""
    inner = "".join(described(entity=entity) for entity in entities)
    return f'<md:EntitiesDescriptor xmlns:md="{MD["md"]}"{attribute}>{inner}</md:EntitiesDescriptor>'.encode()


def test_one_of_several_is_chosen_by_its_name():
    raw = several("https://one.example.org", "https://two.example.org")
    with pytest.raises(Refused, match=r"holds 2 identity providers; say which one: https://one\.example\.org, https://two"):
        read_metadata(raw, NOON)
    assert read_metadata(raw, NOON, entity_id="https://two.example.org").entity_id == "https://two.example.org"
    with pytest.raises(Refused, match="no identity provider https://three"):
        read_metadata(raw, NOON, entity_id="https://three.example.org")


@pytest.mark.parametrize(
    ("fault", "raw"),
    [
        ("valid until 2026-11-01", described(until="2026-11-01T00:00:00Z")),
        ("valid until 2026-11-01", several(ISSUER, until="2026-11-01T00:00:00Z").decode()),
        ("no SAML metadata", "<x/>"),
        ("no identity provider", described(protocol="urn:oasis:names:tc:SAML:1.1:protocol")),
        ("no sign-in by HTTP redirect", described(binding=POST)),
        ("no certificate", described(keys=(("encryption", "idp"),))),
        ("http or https address", described(sso="javascript:alert(1)")),
        ("document type", "<!DOCTYPE x>" + described()),
    ],
)
def test_metadata_that_is_of_no_use_is_refused(fault, raw):
    with pytest.raises(Refused, match=fault):
        read_metadata(raw.encode(), NOON)


@pytest.mark.skipif(not FOLDER.is_dir(), reason="../shared/data/saml is not here")
@pytest.mark.parametrize(
    ("name", "entity", "certificates"),
    [
        ("idp_metadata.xml", None, 1),
        ("idp_metadata2.xml", None, 1),
        ("idp_metadata_multi_certs.xml", None, 2),
        ("idp_metadata_multi_signing_certs.xml", None, 2),
        ("idp_metadata_different_sign_and_encrypt_cert.xml", None, 1),
        ("idp_metadata_same_sign_and_encrypt_cert.xml", None, 1),
        ("idp_multiple_descriptors.xml", "https://foo.example.com/access/saml/idp.xml", 1),
        ("testshib-providers.xml", "https://idp.testshib.org/idp/shibboleth", 1),
    ],
)
def test_metadata_of_others_is_read(name, entity, certificates):
    then = datetime(2014, 1, 1, tzinfo=UTC)  # one of them was valid until that April
    facts = read_metadata((FOLDER / "data" / "metadata" / name).read_bytes(), then, entity_id=entity)
    assert len(facts.certificates) == certificates
    assert facts.sso_url.startswith("http")


@pytest.mark.skipif(not FOLDER.is_dir(), reason="../shared/data/saml is not here")
@pytest.mark.parametrize(
    "name",
    [
        "expired_metadata_settings1.xml", "metadata_settings1.xml", "metadata_bad_order_settings1.xml", "no_expiration_mark_metadata.xml",
        "noentity_metadata_settings1.xml", "signed_metadata_settings1.xml", "signed_metadata_settings2.xml", "unparsed_metadata.xml",
        "entities_metadata.xml", "idp_multiple_descriptors.xml",
    ],
)  # fmt: skip
def test_metadata_of_service_providers_of_several_or_of_nobody_is_refused(name):
    with pytest.raises(Refused):
        read_metadata((FOLDER / "data" / "metadata" / name).read_bytes(), NOON)


def test_our_own_metadata_says_what_we_want():
    root = etree.fromstring(own_metadata(OWN, key_named("sp")))
    role = root.find("md:SPSSODescriptor", MD)
    assert root.get("entityID") == OWN.entity_id
    assert (role.get("AuthnRequestsSigned"), role.get("WantAssertionsSigned")) == ("true", "true")
    (acs,) = role.findall("md:AssertionConsumerService", MD)
    assert (acs.get("Binding"), acs.get("Location")) == (POST, OWN.acs)
    assert {element.get("Location") for element in role.findall("md:SingleLogoutService", MD)} == {OWN.slo}
    for descriptor in role.findall("md:KeyDescriptor", MD):
        found = read_certificate(descriptor.findtext(".//ds:X509Certificate", namespaces=MD))
        assert found.fingerprint == certificate_named("sp").fingerprint
    methods = [element.get("Algorithm") for element in role.iterfind(".//md:EncryptionMethod", MD)]
    assert "http://www.w3.org/2009/xmlenc11#aes256-gcm" in methods
    assert not any("cbc" in method or "rsa-1_5" in method for method in methods)


@pytest.mark.parametrize("target", ["https://idp.example.org/sso", "https://idp.example.org/sso?tenant=1"])
def test_a_redirect_carries_a_signed_message(target):
    address = redirect_address(target, "SAMLRequest", b"<a>\xc3\xa9</a>", key_named("idp"), relay_state="/x?y=1&z=ü")
    query = urlsplit(address).query
    assert parse_qs(query)["RelayState"] == ["/x?y=1&z=ü"]
    trust = Trust([certificate_named("old"), certificate_named("idp")])
    assert signed_redirect(query, "SAMLRequest", trust) == b"<a>\xc3\xa9</a>"
    for spoilt in (query.replace("RelayState=%2Fx", "RelayState=%2Fy"), query.replace("SAMLRequest=", "SAMLRequest=A")):
        with pytest.raises(Refused, match="does not hold"):
            signed_redirect(spoilt, "SAMLRequest", trust)


def test_a_redirect_may_be_signed_with_an_elliptic_curve():
    key = ec.generate_private_key(ec.SECP256R1())
    builder = CertificateBuilder().subject_name(Name([])).issuer_name(Name([])).public_key(key.public_key()).serial_number(1)
    made = builder.not_valid_before(NOON).not_valid_after(NOON + timedelta(days=1)).sign(key, hashes.SHA256())
    trust = Trust([read_certificate(made.public_bytes(serialization.Encoding.PEM).decode())])
    packed = parse_qs(urlsplit(redirect_address("https://x", "SAMLRequest", b"<a/>", key_named("idp"))).query)["SAMLRequest"][0]
    algorithm = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
    content = f"SAMLRequest={quote(packed, safe='')}&SigAlg={quote(algorithm, safe='')}"
    signature = base64.b64encode(key.sign(content.encode(), ec.ECDSA(hashes.SHA256()))).decode()
    assert signed_redirect(f"{content}&Signature={quote(signature, safe='')}", "SAMLRequest", trust) == b"<a/>"


def test_a_certificate_with_a_key_of_1024_bits_is_just_taken():
    key = rsa.generate_private_key(65537, 1024)
    builder = CertificateBuilder().subject_name(Name([])).issuer_name(Name([])).public_key(key.public_key()).serial_number(1)
    made = builder.not_valid_before(NOON).not_valid_after(NOON + timedelta(days=1)).sign(key, hashes.SHA256())
    assert read_certificate(made.public_bytes(serialization.Encoding.PEM).decode()).subject == ""


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("/interactions?text=a&b=%2F", "/interactions?text=a&b=%2F"),
        ("/", "/"), (None, "/"), ("", "/"), ("interactions", "/"), ("//evil.example", "/"), ("/\\evil.example", "/"),
        ("/a\\b", "/"), ("https://evil.example/", "/"), ("/a\nb", "/"), ("/saml/x/login", "/"), ("/" + "a" * 600, "/"),
    ],
)  # fmt: skip
def test_where_to_go_on_is_a_path_of_ours(given, path):
    assert local_path(given) == path


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://x", "https://", "//x", "x", "https://user:pw@x/"])
def test_an_address_that_browsers_must_not_go_to_is_refused(url):
    with pytest.raises(Refused):
        checked_url(url, "It")


def test_a_message_about_signing_out_is_one_of_two():
    root = etree.fromstring(f'<samlp:AuthnRequest xmlns:samlp="{NS["samlp"]}" xmlns:saml="{NS["saml"]}" Destination="{OWN.slo}">'
                            f"<saml:Issuer>{ISSUER}</saml:Issuer></samlp:AuthnRequest>")  # fmt: skip
    with pytest.raises(Refused, match="neither a LogoutRequest nor a LogoutResponse"):
        read_logout(root, issuer=ISSUER, destination=OWN.slo, at=NOON)
    root.tag = f"{{{NS['samlp']}}}LogoutResponse"
    with pytest.raises(Refused, match="no status"):
        read_logout(root, issuer=ISSUER, destination=OWN.slo, at=NOON)


@pytest.mark.skipif(not FOLDER.is_dir(), reason="../shared/data/saml is not here")
def test_the_settings_of_the_collected_responses_hold_certificates():
    for path in sorted((FOLDER / "settings").glob("settings[0-9]*.json")):
        text = json.loads(path.read_text())["idp"].get("x509cert")
        assert text is None or read_certificate(text).pem
