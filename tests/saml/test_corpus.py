"""
Responses that others collected: each gets the right verdict for the right reason, with the clock set to its time.

The reference folder `../shared/data/saml` lies beside the project on some machines; elsewhere these tests are skipped.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree

from backend.identity.saml.protocol.certificates import read_certificate
from backend.identity.saml.protocol.checks import Refused
from backend.identity.saml.protocol.signatures import Trust
from backend.identity.saml.protocol.xml import decode_base64
from tests.saml.idp import NS, certificate_named, key_named, signed
from tests.saml.taking import reason, take

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "saml"
RESPONSES = FOLDER / "data" / "responses"
pytestmark = pytest.mark.skipif(not RESPONSES.is_dir(), reason="../shared/data/saml is not here")


@dataclass(frozen=True)
class Ours:
    """Whom a response is expected from, and who we are to it."""

    issuer: str
    audience: str
    recipient: str
    settings: int = 1


_PITBULK = "https://pitbulk.no-ip.org"
_DEMO = f"{_PITBULK}/newonelogin/demo1"
STUFF = Ours("http://idp.example.com/", "http://stuff.com/endpoints/metadata.php", "http://stuff.com/endpoints/endpoints/acs.php")
DEMO = Ours(f"{_PITBULK}/simplesaml/saml2/idp/metadata.php", f"{_DEMO}/metadata.php", f"{_DEMO}/index.php?acs")
MIXED = Ours("http://idp.example.com/", "http://stuff.com/endpoints/metadata.php", f"{_DEMO}/index.php?acs")
TOOLKIT = Ours(
    "https://idp.example.com/simplesaml/saml2/idp/metadata.php", "http://pytoolkit.com:8000/metadata/", "http://pytoolkit.com:8000/?acs", 2
)  # fmt: skip
_EXAMPLE = "https://example.com/newonelogin/demo1"
EXAMPLE = Ours("https://example.com/simplesaml/saml2/idp/metadata.php", f"{_EXAMPLE}/metadata.php", f"{_EXAMPLE}/index.php?acs")
ONELOGIN = Ours("https://app.onelogin.com/saml/metadata/13590", "{audience}", "{recipient}")
VOID = Ours("https://idp.example.org", "https://sp.example.org", "https://sp.example.org/acs")

# File, who we are, verdict. SHA-1 is allowed here, as an account can allow it for one provider: nearly all of them were signed with it.
VERDICTS: list[tuple[str, Ours, str]] = [
    ("valid_response.xml.base64", MIXED, "accepted"),
    ("valid_response2.xml.base64", TOOLKIT, "accepted"),
    ("valid_response_without_inresponseto.xml.base64", DEMO, "accepted"),  # the signed assertion says what it answers
    ("double_signed_response.xml.base64", DEMO, "accepted"),
    ("signed_assertion_response.xml.base64", DEMO, "accepted"),
    ("signed_message_response.xml.base64", DEMO, "accepted"),
    # Signed, and meant for somebody else or incomplete.
    ("response1_with_friendlyname.xml.base64", ONELOGIN, "issuer"),  # the Response itself names none
    ("response1_with_duplicate_attributes.xml.base64", ONELOGIN, "bad_signature"),
    ("response_with_nested_nameid_values.xml.base64", ONELOGIN, "bad_signature"),
    ("adfs_response.xml.base64", VOID, "bad_signature"),
    ("pretty_signed_message_response.xml", DEMO, "bad_signature"),  # changed by whoever made it pretty
    ("response3.xml.base64", VOID, "bad_signature"),
    ("simple_saml_php.xml", VOID, "bad_signature"),
    ("response_node_text_attack.xml.base64", ONELOGIN, "bad_signature"),
    ("response_without_reference_uri.xml.base64", VOID, "wrong_reference"),
    ("response_encrypted_nameid.xml.base64", DEMO, "encryption"),
    ("response4.xml.base64", VOID, "assertion_count"),
    ("response_with_ampersands.xml.base64", VOID, "assertion_count"),
    ("wrapped_response_2.xml.base64", VOID, "signature_place"),
    # Encrypted for a key that is not ours.
    ("valid_encrypted_assertion.xml.base64", STUFF, "encryption"),
    ("signed_encrypted_assertion.xml.base64", STUFF, "encryption"),
    ("signed_encrypted_assertion2.xml.base64", TOOLKIT, "encryption"),
    ("signed_message_encrypted_assertion2.xml.base64", TOOLKIT, "encryption"),
    ("double_signed_encrypted_assertion2.xml.base64", TOOLKIT, "encryption"),
    # Not signed at all.
    ("decrypted_valid_encrypted_assertion.xml", STUFF, "unsigned"),
    ("pretty_decrypted_valid_encrypted_assertion.xml", STUFF, "unsigned"),
    ("expired_response.xml.base64", DEMO, "unsigned"),
    ("no_audience.xml.base64", STUFF, "unsigned"),
    ("unsigned_response_with_miliseconds.xm.base64", STUFF, "unsigned"),
    ("valid_unsigned_response.xml", DEMO, "unsigned"),
    ("unsigned_assertion.xml.base64", STUFF, "malformed"),  # a fragment whose prefixes are declared nowhere
    ("invalids/bad_reference.xml.base64", EXAMPLE, "bad_signature"),
    ("invalids/empty_destination.xml.base64", MIXED, "destination"),
    ("invalids/encrypted_attrs.xml.base64", STUFF, "unsigned"),
    ("invalids/encrypted_nameID_without_keyinfo.xml.base64", DEMO, "bad_signature"),
    ("invalids/invalid_issuer_assertion.xml.base64", STUFF, "unsigned"),
    ("invalids/invalid_sessionindex.xml.base64", STUFF, "unsigned"),
    ("invalids/invalid_subjectconfirmation_nb.xml.base64", STUFF, "unsigned"),
    ("invalids/invalid_subjectconfirmation_recipient.xml.base64", STUFF, "unsigned"),
    ("invalids/no_authnstatement.xml.base64", DEMO, "authentication"),
    ("invalids/no_id.xml.base64", EXAMPLE, "malformed"),
    ("invalids/no_issuer_response.xml.base64", DEMO, "issuer"),
    ("invalids/no_nameid.xml.base64", STUFF, "unsigned"),
    ("invalids/no_signature.xml.base64", STUFF, "unsigned"),
    ("invalids/no_status_code.xml.base64", STUFF, "status"),
    ("invalids/no_subjectconfirmation_method.xml.base64", STUFF, "unsigned"),
    ("invalids/not_before_failed.xml.base64", STUFF, "status"),  # it has no status either
    ("invalids/signature_wrapping_attack.xml.base64", DEMO, "assertion_count"),
    ("invalids/signed_assertion_response.xml.base64", DEMO, "bad_signature"),
    ("invalids/status_code_responer_and_msg.xml.base64", VOID, "status"),
]

# What is wrong with those that were never signed: signed by a trusted key, they are refused for that alone.
FLAWS: list[tuple[str, Ours, str]] = [
    ("valid_unsigned_response.xml", DEMO, "accepted"),
    ("expired_response.xml.base64", DEMO, "accepted"),  # at its own time
    ("no_audience.xml.base64", STUFF, "audience"),
    ("unsigned_response_with_miliseconds.xm.base64", STUFF, "accepted"),
    ("decrypted_valid_encrypted_assertion.xml", STUFF, "recipient"),
    ("invalids/encrypted_attrs.xml.base64", STUFF, "encryption"),
    ("invalids/invalid_issuer_assertion.xml.base64", STUFF, "issuer"),
    ("invalids/invalid_sessionindex.xml.base64", STUFF, "accepted"),  # its session ended in 2013: below
    ("invalids/invalid_subjectconfirmation_nb.xml.base64", STUFF, "not_yet_valid"),
    ("invalids/invalid_subjectconfirmation_recipient.xml.base64", STUFF, "recipient"),
    ("invalids/no_nameid.xml.base64", STUFF, "subject"),
    ("invalids/no_signature.xml.base64", STUFF, "issuer"),  # the Response itself names none
    ("invalids/no_subjectconfirmation_method.xml.base64", STUFF, "confirmation"),
]


def read(name: str) -> bytes:
    raw = (RESPONSES / name).read_bytes()
    return raw if raw.lstrip().startswith(b"<") else decode_base64(raw.decode())


def settings_of(ours: Ours) -> Trust:
    said = json.loads((FOLDER / "settings" / f"settings{ours.settings}.json").read_text())
    return Trust([read_certificate(said["idp"]["x509cert"])], allow_sha1=True)


def expected_of(raw: bytes, ours: Ours) -> dict[str, object]:
    """Its own time, and the request that it says it answers."""
    try:
        root = etree.fromstring(raw)
    except etree.XMLSyntaxError:
        root = etree.Element("none")
    at = root.get("IssueInstant", "2014-01-01T00:00:00Z")
    answered = next(iter(root.xpath("//@InResponseTo")), None)
    return {
        "issuer": ours.issuer, "audience": ours.audience, "recipient": ours.recipient, "at": datetime.fromisoformat(at),
        "request_id": answered and str(answered), "unsolicited": answered is None,
    }  # fmt: skip


def test_no_file_is_left_out():
    there = {str(path.relative_to(RESPONSES)) for path in RESPONSES.rglob("*") if path.is_file()}
    assert there == {name for name, _, _ in VERDICTS}


@pytest.mark.parametrize(("name", "ours", "verdict"), VERDICTS, ids=[name for name, _, _ in VERDICTS])
def test_every_response_gets_its_verdict(name, ours, verdict):
    raw = read(name)
    trust, expected = settings_of(ours), expected_of(raw, ours)
    assert reason(raw, trust=trust, key=key_named("sp"), **expected) == verdict
    strict = reason(raw, trust=Trust(trust.certificates), key=key_named("sp"), **expected)
    assert strict == ("weak_algorithm" if verdict == "accepted" else strict)
    assert strict != "accepted"


@pytest.mark.parametrize(("name", "ours", "verdict"), FLAWS, ids=[name for name, _, _ in FLAWS])
def test_a_flaw_is_found_behind_a_good_signature(name, ours, verdict):
    root = etree.fromstring(read(name))
    assertion = root.find("saml:Assertion", NS)
    root.replace(assertion, signed(assertion))
    raw = etree.tostring(root)
    assert reason(raw, trust=Trust([certificate_named("idp")]), **expected_of(raw, ours)) == verdict


@pytest.mark.parametrize("name", ["expired_response.xml.base64", "invalids/invalid_sessionindex.xml.base64"])
def test_what_ends_has_ended_later(name):
    root = etree.fromstring(read(name))
    assertion = root.find("saml:Assertion", NS)
    root.replace(assertion, signed(assertion))
    raw = etree.tostring(root)
    ours = DEMO if name.startswith("expired") else STUFF
    later = {**expected_of(raw, ours), "at": datetime.fromisoformat("2019-01-01T00:00:00Z")}
    assert reason(raw, trust=Trust([certificate_named("idp")]), **later) == "expired"


def test_an_accepted_response_is_refused_by_everybody_else_and_later():
    raw = read("valid_response.xml.base64")
    expected, trust = expected_of(raw, MIXED), settings_of(MIXED)
    assert take(raw, trust=trust, **expected).attributes["mail"] == ("smartin@yaco.es",)
    for change, code in (
        ({"audience": "https://qm.example.com"}, "audience"),
        ({"recipient": "https://qm.example.com/acs"}, "destination"),
        ({"issuer": "https://idp.example.org"}, "issuer"),
        ({"request_id": "_another"}, "in_response_to"),
        ({"at": datetime.fromisoformat("2055-01-01T00:00:00Z")}, "expired"),
        ({"at": datetime.fromisoformat("2013-01-01T00:00:00Z")}, "not_yet_valid"),
    ):
        with pytest.raises(Refused) as refused:
            take(raw, trust=trust, **{**expected, **change})
        assert refused.value.reason == code
