"""Single logout, whichever side begins it and by either binding."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from lxml import etree
from sqlalchemy import text

from backend.clock import utc_now
from backend.identity.saml.protocol.bindings import redirect_address
from backend.identity.saml.protocol.requests import logout_request, logout_response
from tests.saml.conftest import SLO, message_in, refused_as
from tests.saml.idp import ISSUER, find, key_named, signed

SIGN_OUT = "mutation { signOut { ok redirect } }"
VIEWER = "{ viewer { name } }"


def asking(connected, **changes) -> bytes:
    """The provider asks us to end a session."""
    given = {
        "id": "_logout", "issuer": ISSUER, "destination": connected.own.slo, "at": utc_now(), "name_id": "ann@example.org",
        "name_id_format": "", "session_index": "_session", **changes,
    }  # fmt: skip
    return logout_request(**given)


async def by_redirect(connected, message: bytes, *, field="SAMLRequest", signer="idp", relay_state=""):
    address = redirect_address(connected.own.slo, field, message, key_named(signer), relay_state=relay_state)
    return await connected.http.get(address)


async def by_form(connected, message: bytes, *, field="SAMLRequest", signer="idp", sign=True):
    raw = etree.tostring(signed(etree.fromstring(message), signer)) if sign else message
    return await connected.http.post(f"/saml/{connected.public_id}/slo", data={field: base64.b64encode(raw).decode(), "RelayState": "r"})


@pytest.mark.parametrize("binding", [by_redirect, by_form])
async def test_the_provider_ends_its_session_here(db, connected, nobody, binding):
    await connected.sign_in()
    assert (await nobody.ask(VIEWER))["viewer"]["name"] == "Ann Example"
    answer = await binding(connected, asking(connected))
    assert answer.headers["location"].startswith(f"{SLO}?SAMLResponse=")
    said = message_in(answer.headers["location"], "SAMLResponse")
    assert said.get("InResponseTo") == "_logout"
    assert find(said, "samlp:Status/samlp:StatusCode").get("Value").endswith(":Success")
    assert (await nobody.ask(VIEWER))["viewer"] is None


async def test_a_relay_state_goes_back_to_the_provider(connected):
    await connected.begin()  # from then on the account has a key, and can answer
    answer = await by_redirect(connected, asking(connected), relay_state="their state")
    assert "RelayState=their%20state" in answer.headers["location"]


async def test_only_the_named_session_ends(db, connected, nobody):
    await connected.sign_in()
    await by_redirect(connected, asking(connected, session_index="_another"))
    assert (await nobody.ask(VIEWER))["viewer"] is not None
    await by_redirect(connected, asking(connected, name_id="bob@example.org"))
    assert (await nobody.ask(VIEWER))["viewer"] is not None
    await by_redirect(connected, asking(connected, session_index=None))
    assert (await nobody.ask(VIEWER))["viewer"] is None


@pytest.mark.parametrize("binding", [by_redirect, by_form])
@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("issuer", {"issuer": "https://other.example.org"}),
        ("destination", {"destination": "https://other.example.org/slo"}),
        ("expired", {"at": utc_now() - timedelta(hours=1)}),
        ("subject", {"name_id": ""}),
    ],
)
async def test_what_is_not_meant_for_us_ends_nothing(connected, nobody, binding, code, changes):
    await connected.sign_in()
    assert refused_as(await binding(connected, asking(connected, **changes))) == code
    assert (await nobody.ask(VIEWER))["viewer"] is not None


@pytest.mark.parametrize("binding", [by_redirect, by_form])
async def test_a_stranger_ends_nothing(connected, nobody, binding):
    await connected.sign_in()
    assert refused_as(await binding(connected, asking(connected), signer="stranger")) == "bad_signature"
    assert (await nobody.ask(VIEWER))["viewer"] is not None


async def test_what_is_not_signed_ends_nothing(connected):
    assert refused_as(await by_form(connected, asking(connected), sign=False)) == "unsigned"
    address = redirect_address(connected.own.slo, "SAMLRequest", asking(connected), key_named("idp"))
    assert refused_as(await connected.http.get(address.partition("&Signature=")[0])) == "unsigned"
    assert refused_as(await connected.http.get(address.replace("rsa-sha256", "rsa-sha1"))) == "weak_algorithm"
    assert refused_as(await connected.http.get(f"{address}&SigAlg=x")) == "malformed"
    assert refused_as(await connected.http.get(f"{address}{'x' * 33_000}")) == "too_large"
    assert refused_as(await connected.http.get(f"/saml/{connected.public_id}/slo")) == "unsigned"


async def test_whoever_signs_out_here_goes_to_the_provider(db, connected, nobody):
    await connected.sign_in()
    done = (await nobody.ask(SIGN_OUT))["signOut"]
    asked = message_in(done["redirect"], "SAMLRequest")
    assert done["redirect"].startswith(f"{SLO}?SAMLRequest=")
    assert (find(asked, "saml:NameID").text, find(asked, "samlp:SessionIndex").text) == ("ann@example.org", "_session")
    assert (await nobody.ask(VIEWER))["viewer"] is None
    said = logout_response(
        id="_1", issuer=ISSUER, destination=connected.own.slo, at=utc_now(), in_response_to=asked.get("ID")
    )  # fmt: skip
    answer = await by_redirect(connected, said, field="SAMLResponse")
    assert answer.headers["location"] == "/sign-in"
    assert refused_as(await by_redirect(connected, said, field="SAMLResponse")) == "in_response_to"


async def test_an_answer_to_a_sign_out_signs_nobody_in(db, connected, nobody):
    await connected.sign_in()
    asked = message_in((await nobody.ask(SIGN_OUT))["signOut"]["redirect"], "SAMLRequest")
    assert refused_as(await connected.post(connected.answering(asked))) == "in_response_to"


async def test_a_provider_that_could_not_end_it_is_on_record(db, connected, nobody):
    await connected.sign_in()
    asked = message_in((await nobody.ask(SIGN_OUT))["signOut"]["redirect"], "SAMLRequest")
    said = logout_response(id="_1", issuer=ISSUER, destination=connected.own.slo, at=utc_now(), in_response_to=asked.get("ID"))
    answer = await by_form(connected, said.replace(b":Success", b":PartialLogout"), field="SAMLResponse")
    assert answer.headers["location"] == "/sign-in"
    async with db.reading(connected.world.id) as session:
        found = await session.scalar(text("SELECT detail->>'reason' FROM audit_entry WHERE action = 'session.refused'"))
    assert found == "logout_failed"


async def test_without_single_logout_signing_out_ends_here(db, connect, world, nobody, as_person):
    connected = await connect(world)
    async with db.writing(world.id) as session:
        await session.execute(text("UPDATE identity_provider SET slo_url = NULL"))
    await connected.sign_in()
    assert (await by_redirect(connected, asking(connected, name_id="bob"))).headers["location"] == "/sign-in"
    assert (await nobody.ask(SIGN_OUT))["signOut"] == {"ok": True, "redirect": None}
    assert (await (await as_person(world, "admin")).ask(SIGN_OUT))["signOut"] == {"ok": True, "redirect": None}
