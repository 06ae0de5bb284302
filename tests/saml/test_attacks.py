"""Messages that mean harm: wrapped signatures, transforms that work for minutes, entities, comments, and whatever chance makes of one."""

from __future__ import annotations

import base64
import zlib
from copy import deepcopy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from backend.identity.saml.protocol import signatures
from backend.identity.saml.protocol.bindings import inflate
from backend.identity.saml.protocol.checks import Refused
from backend.identity.saml.protocol.xml import LARGEST, decode_base64, parse, text_of
from tests.saml.idp import NS, Said, find, plain, response, sealed, signed
from tests.saml.taking import reason, take

DS = f"{{{NS['ds']}}}"
SAML = f"{{{NS['saml']}}}"
SAMLP = f"{{{NS['samlp']}}}"


def good(*sign: str) -> etree._Element:
    return etree.fromstring(response(sign=sign))


def evil(element: etree._Element, *, keep_signature: bool = False, keep_id: bool = False) -> etree._Element:
    """A copy that names somebody else."""
    copy = deepcopy(element)
    find(copy, ".//saml:NameID").text = "root@example.org"
    for signature in [] if keep_signature else copy.findall(".//ds:Signature", NS):
        signature.getparent().remove(signature)
    if not keep_id:
        copy.set("ID", "_evil")
    return copy


def around_the_response(*, before: bool):
    """The signed response inside the signature of one that is not."""
    original = good("response")
    outer = evil(original, keep_signature=True)
    signature = find(outer, "ds:Signature")
    inner = deepcopy(original)
    inner.remove(find(inner, "ds:Signature"))
    if before:
        outer.insert(list(outer).index(signature), inner)
    else:
        etree.SubElement(signature, f"{DS}Object").append(inner)
    return outer


def beside_the_assertion():
    root = good("assertion")
    root.insert(list(root).index(find(root, "saml:Assertion")), evil(find(root, "saml:Assertion")))
    return root


def inside_an_assertion():
    root = good("assertion")
    original = find(root, "saml:Assertion")
    outer = evil(original)
    root.replace(original, outer)
    outer.append(original)
    return root


def behind_a_changed_assertion():
    root = good("assertion")
    original = find(root, "saml:Assertion")
    changed = evil(original, keep_signature=True)
    original.remove(find(original, "ds:Signature"))
    root.replace(original, changed)
    root.append(original)
    return root


def inside_the_signature_of_a_changed_assertion(*, in_object: bool):
    root = good("assertion")
    original = find(root, "saml:Assertion")
    changed = evil(original, keep_signature=True)
    original = deepcopy(original)
    original.remove(find(original, "ds:Signature"))
    holder = find(changed, "ds:Signature")
    (etree.SubElement(holder, f"{DS}Object") if in_object else holder).append(original)
    root.replace(find(root, "saml:Assertion"), changed)
    return root


def inside_extensions():
    root = good("assertion")
    extensions = etree.Element(f"{SAMLP}Extensions")
    extensions.append(evil(find(root, "saml:Assertion")))
    root.insert(1, extensions)
    return root


WRAPPED = {
    "XSW1": lambda: around_the_response(before=False),
    "XSW2": lambda: around_the_response(before=True),
    "XSW3": beside_the_assertion,
    "XSW4": inside_an_assertion,
    "XSW5": behind_a_changed_assertion,
    "XSW6": lambda: inside_the_signature_of_a_changed_assertion(in_object=False),
    "XSW7": inside_extensions,
    "XSW8": lambda: inside_the_signature_of_a_changed_assertion(in_object=True),
}


@pytest.mark.parametrize("name", WRAPPED)
def test_wrapping_a_signature_is_refused_before_anything_is_verified(name, monkeypatch):
    monkeypatch.setattr(signatures, "XMLVerifier", None)
    assert reason(etree.tostring(WRAPPED[name]())) in {"assertion_count", "assertion_place", "forbidden_transform", "signature_place"}


def test_a_copy_under_the_same_id_is_refused():
    root = good("assertion")
    etree.SubElement(root, f"{SAMLP}Extensions", ID=find(root, "saml:Assertion").get("ID"))
    assert reason(etree.tostring(root)) == "duplicate_id"


def test_an_assertion_of_another_response_does_not_pass_under_a_new_id():
    root = good("assertion")
    find(root, "saml:Assertion").set("ID", "_evil")
    assert reason(etree.tostring(root)) == "wrong_reference"


@pytest.mark.parametrize("uri", ["", "#_response", "#xpointer(/)", "https://example.org/x", None])
def test_a_signature_must_refer_to_what_it_stands_in(uri):
    root = good("assertion")
    reference = find(root, ".//ds:Reference")
    reference.attrib.pop("URI")
    if uri is not None:
        reference.set("URI", uri)
    assert reason(etree.tostring(root)) == "wrong_reference"


def test_the_signature_of_a_response_does_not_cover_an_assertion_that_was_put_in_later():
    root = good("response")
    root.replace(find(root, "saml:Assertion"), evil(find(root, "saml:Assertion"), keep_id=True))
    assert reason(etree.tostring(root)) == "bad_signature"


def test_a_good_response_signature_does_not_save_a_bad_one_inside():
    root = plain(Said())
    done = signed(find(root, "saml:Assertion"))
    find(done, ".//saml:NameID").text = "root@example.org"
    root.replace(find(root, "saml:Assertion"), done)
    assert reason(etree.tostring(signed(root))) == "bad_signature"


@pytest.mark.parametrize(
    "algorithm",
    [
        "http://www.w3.org/TR/1999/REC-xslt-19991116",
        "http://www.w3.org/TR/1999/REC-xpath-19991116",
        "http://www.w3.org/2002/06/xmldsig-filter2",
        "http://www.w3.org/2000/09/xmldsig#base64",
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
        "",
    ],
)
@pytest.mark.parametrize("place", ["Transform", "CanonicalizationMethod"])
def test_a_transform_that_has_no_place_is_refused_and_never_run(algorithm, place, monkeypatch):
    monkeypatch.setattr(signatures, "XMLVerifier", None)
    root = good("assertion")
    element = root.findall(f".//ds:{place}", NS)[-1]
    element.set("Algorithm", algorithm)
    assert reason(etree.tostring(root)) == "forbidden_transform"


def test_a_stylesheet_inside_a_transform_is_refused_at_once(monkeypatch):
    """One that doubles its work with every level: libraries that run transforms first are busy for minutes."""
    monkeypatch.setattr(signatures, "XMLVerifier", None)
    levels = "".join(
        f'<xsl:template name="t{n}"><xsl:call-template name="t{n + 1}"/><xsl:call-template name="t{n + 1}"/></xsl:template>'
        for n in range(40)
    )
    sheet = f'<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0">{levels}</xsl:stylesheet>'
    root = good("assertion")
    transform = find(root, ".//ds:Transform")
    transform.append(etree.fromstring(sheet))
    assert reason(etree.tostring(root)) == "forbidden_transform"
    transform.set("Algorithm", "http://www.w3.org/TR/1999/REC-xslt-19991116")
    assert reason(etree.tostring(root)) == "forbidden_transform"


def test_more_transforms_and_longer_lists_of_namespaces_than_needed_are_refused():
    root = good("assertion")
    transforms = find(root, ".//ds:Transforms")
    transforms.append(deepcopy(transforms[-1]))
    assert reason(etree.tostring(root)) == "forbidden_transform"
    root = good("assertion")
    namespaces = etree.SubElement(root.findall(".//ds:Transform", NS)[-1], "{http://www.w3.org/2001/10/xml-exc-c14n#}InclusiveNamespaces")
    namespaces.set("PrefixList", "a " * 200)
    assert reason(etree.tostring(root)) == "forbidden_transform"


@pytest.mark.parametrize(
    ("expected", "raw"),
    [
        ("document_type", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
        ("document_type", b'<?xml version="1.0"?><!doctype x SYSTEM "file:///etc/passwd"><x/>'),
        ("malformed", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16")),
        ("malformed", b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE x+AD4-<x/>'),
        ("malformed", b""),
        ("malformed", b"<a><b></a>"),
        ("malformed", b"<a>\x00</a>"),
        ("malformed", b"<a>&undefined;</a>"),
        ("too_large", b"<a>" + b" " * LARGEST + b"</a>"),
        ("too_large", b"<a>" + b"<b/>" * 4_001 + b"</a>"),
        ("too_large", b"<a " + b" ".join(b'x%d="1"' % n for n in range(65)) + b"/>"),
        ("too_large", b"<a " + b" ".join(b'xmlns:x%d="1"' % n for n in range(33)) + b"/>"),
        ("too_large", b"".join(b'<a xmlns:x%d="1">' % n for n in range(33)) + b"</a>" * 33),
        ("malformed", b"<a>" * 300 + b"</a>" * 300),
    ],
)
def test_xml_that_is_none_or_too_much_is_refused(expected, raw):
    with pytest.raises(Refused) as refused:
        parse(raw)
    assert refused.value.reason == expected


def test_a_message_of_another_kind_is_refused():
    assert reason(b"<x/>") == "malformed"
    assert reason(etree.tostring(find(good("assertion"), "saml:Assertion"))) == "malformed"


@pytest.mark.parametrize("text", ["ann@example.org<!-- -->.evil.example", "ann@example.org<?x y?>.evil.example"])
def test_a_comment_in_a_name_does_not_cut_it_off(text):
    said = Said()
    root = plain(said)
    name = find(root, ".//saml:NameID")
    name.getparent().replace(name, etree.fromstring(f'<saml:NameID xmlns:saml="{NS["saml"]}">{text}</saml:NameID>'))
    assert take(sealed(root, said)).name_id == "ann@example.org.evil.example"


def test_a_comment_that_is_put_into_a_signed_name_does_not_cut_it_off():
    raw = response(name_id="ann@example.org.evil.example")
    assert take(raw.replace(b"ann@example.org.evil", b"ann@example.org<!-- -->.evil")).name_id == "ann@example.org.evil.example"


def test_text_is_all_text():
    assert text_of(etree.fromstring("<a> b<!-- x -->c<d>e</d>&#102; </a>")) == "bcef"
    assert text_of(None) == ""


def test_a_deflated_message_is_bounded_while_it_grows():
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = base64.b64encode(packer.compress(b" " * 50 * LARGEST) + packer.flush()).decode()
    for packed, expected in ((bomb, "too_large"), (bomb[:80], "too_large"), ("/////w==", "malformed"), ("???", "malformed")):
        with pytest.raises(Refused) as refused:
            inflate(packed)
        assert refused.value.reason == expected


def test_base64_may_be_folded_and_nothing_else():
    assert decode_base64("PGE v\nPg==") == b"<a/>"
    for text in ("PGE*", "PGEvPg", "é"):
        with pytest.raises(Refused):
            decode_base64(text)


GOOD = response(sign=("assertion",))
WHAT = take(GOOD)
INSERTED = [b"", b"x", b"<", b">", b'"', b"<a/>", b"&#1;", b"\xff", b"<!---->", b" "]


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 60), st.sampled_from(INSERTED))
def test_whatever_is_changed_never_names_somebody_else(start, length, inserted):
    try:
        login = take(GOOD[:start] + inserted + GOOD[start + length :])
    except Refused:
        return
    assert (login.name_id, login.attributes, login.assertion_id) == (WHAT.name_id, WHAT.attributes, WHAT.assertion_id)


@settings(max_examples=100)
@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_refused(raw):
    with pytest.raises(Refused):
        take(raw)
