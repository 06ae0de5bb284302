"""Signing in through a provider, from the sign-in page to a session, over HTTP."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from sqlalchemy import text

from backend.clock import utc_now
from backend.identity.mapping.rules import Op, Target
from backend.identity.mapping.service import NewRule
from tests.saml.conftest import SSO, message_in, refused_as
from tests.saml.idp import NS, Said, find, plain, sealed

AGENTS = NewRule(Target.LICENCE, "groups", Op.CONTAINS, "qm-", ("qm",))
VIEWER = "{ viewer { name email hasSeat roles } }"

ELSEWHERE = [
    "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil", "javascript:alert(1)", "/a\r\nset-cookie: x", "x",
    "/" + "a" * 600, "/saml/x/login",
]  # fmt: skip


async def rows(db, world, sql: str, **values):
    async with db.reading(world.id) as session:
        return (await session.execute(text(sql), values)).all()


async def refusals(db, world):
    found = await rows(db, world, "SELECT detail->>'reason' FROM audit_entry WHERE action = 'session.refused' ORDER BY id")
    return [row[0] for row in found]


async def test_our_request_says_who_we_are(connected):
    answer = await connected.http.get(f"/saml/{connected.public_id}/login")
    assert answer.headers["location"].startswith(f"{SSO}&SAMLRequest=")
    request = message_in(answer.headers["location"], "SAMLRequest")
    assert request.get("AssertionConsumerServiceURL") == connected.own.acs
    assert request.get("Destination") == SSO
    assert find(request, "saml:Issuer").text == connected.own.entity_id
    assert answer.headers["cache-control"] == "no-store"


async def test_a_newcomer_is_made_and_signed_in(db, connected, rule_out, nobody):
    await rule_out(connected, AGENTS)
    request = await connected.begin(return_to="/interactions?text=refund")
    answer = await connected.post(connected.answering(request))
    assert answer.headers["location"] == "/interactions?text=refund"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    viewer = (await nobody.ask(VIEWER))["viewer"]
    assert viewer == {"name": "Ann Example", "email": "ann@example.org", "hasSeat": True, "roles": ["Agent"]}
    assert await rows(db, connected.world, "SELECT source, password_hash FROM person WHERE email = 'ann@example.org'") == [("saml", None)]
    assert await rows(db, connected.world, "SELECT method FROM session") == [("saml",)]
    found = await rows(db, connected.world, "SELECT action FROM audit_entry ORDER BY id")
    assert {"user.create", "seat.assign", "session.open"} <= {row[0] for row in found}
    assert (await rows(db, connected.world, "SELECT last_sign_in_at IS NOT NULL FROM identity_provider")) == [(True,)]


async def test_somebody_known_by_address_stays_who_they_are(db, connected, nobody):
    await connected.sign_in(attributes={"mail": ["Agent@Example.com"]}, name_id="a-1", name_id_format="")
    assert (await nobody.ask(VIEWER))["viewer"]["name"] == "Agent"
    # From now on the provider's lasting name is what counts, whatever it says the address is.
    await connected.sign_in(attributes={"mail": ["other@example.com"]}, name_id="a-1", name_id_format="")
    assert (await nobody.ask(VIEWER))["viewer"]["name"] == "Agent"


async def test_a_passing_name_means_nobody_later(db, connected):
    passing = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
    await connected.sign_in(attributes={"mail": ["agent@example.com"]}, name_id="t-1", name_id_format=passing)
    assert await rows(db, connected.world, "SELECT 1 FROM saml_subject") == []


@pytest.mark.parametrize(
    ("attributes", "name"),
    [
        ({}, "ann"),
        ({"cn": ["  Ann \u0007 Other "]}, "Ann Other"),
        ({"givenName": ["Ann"], "sn": ["Third"]}, "Ann Third"),
    ],
)
async def test_a_name_is_found_or_made(connected, nobody, attributes, name):
    escaped = {key: [value.replace("\u0007", "") for value in values] for key, values in attributes.items()}
    await connected.sign_in(attributes=escaped)
    assert (await nobody.ask(VIEWER))["viewer"]["name"] == name


async def test_the_settings_name_the_attributes(connect, world, rule_out, nobody):
    connected = await connect(world, email_attribute="upn", name_attribute="full", groups_attribute="urn:groups")
    await rule_out(connected, AGENTS)
    said = {"upn": ["upn@example.org"], "mail": ["mail@example.org"], "full": ["Full Name"], "urn:groups": ["QM-Agents"]}
    await connected.sign_in(attributes=said, name_id="x")
    viewer = (await nobody.ask(VIEWER))["viewer"]
    assert viewer == {"name": "Full Name", "email": "upn@example.org", "hasSeat": True, "roles": ["Agent"]}


@pytest.mark.parametrize(
    ("attributes", "code"),
    [({"mail": ["nonsense"]}, "no_email"), ({"mail": [""]}, "no_email"), ({}, "no_email")],
)
async def test_without_an_address_nobody_is_made(db, connected, attributes, code):
    assert refused_as(await connected.sign_in(attributes=attributes, name_id="no address")) == code
    assert await refusals(db, connected.world) == [code]


async def test_a_provider_that_may_make_nobody_lets_only_known_people_in(connect, world):
    connected = await connect(world, create_users=False)
    assert refused_as(await connected.sign_in()) == "unknown_person"
    assert refused_as(await connected.sign_in(attributes={"mail": ["agent@example.com"]}, name_id="a")) is None


async def test_somebody_switched_off_stays_outside(db, connected, nobody):
    async with db.writing(connected.world.id) as session:
        await session.execute(text("UPDATE person SET active = false WHERE email = 'agent@example.com'"))
    assert refused_as(await connected.sign_in(attributes={"mail": ["agent@example.com"]}, name_id="a")) == "inactive"
    assert (await nobody.ask(VIEWER))["viewer"] is None
    assert await rows(db, connected.world, "SELECT 1 FROM session") == []


async def test_without_a_seat_left_the_person_is_in_and_is_told_why(db, connected, rule_out, nobody):
    await rule_out(connected, AGENTS)
    async with db.writing(connected.world.id) as session:
        await session.execute(text("UPDATE licence SET seats = 4"))
    assert refused_as(await connected.sign_in()) is None
    assert (await nobody.ask(VIEWER))["viewer"]["hasSeat"] is False
    assert await rows(db, connected.world, "SELECT change, source FROM seat_event") == [("refused", "saml")]


async def test_an_answer_is_taken_once(db, connected):
    request = await connected.begin()
    raw = connected.answering(request)
    assert refused_as(await connected.post(raw)) is None
    assert refused_as(await connected.post(raw)) == "in_response_to"
    assert await refusals(db, connected.world) == ["in_response_to"]


async def test_an_answer_that_answers_nothing_is_taken_once_too(connect, world):
    connected = await connect(world, allow_idp_initiated=True)
    raw = connected.answering(None)
    answer = await connected.post(raw, RelayState="/interactions")
    assert answer.headers["location"] == "/interactions"
    assert refused_as(await connected.post(raw)) == "replayed"


async def test_a_provider_may_not_begin_where_it_is_not_allowed(connected):
    assert refused_as(await connected.post(connected.answering(None))) == "unsolicited"


async def test_a_request_waits_only_so_long(db, connected):
    request = await connected.begin()
    async with db.writing(connected.world.id) as session:
        await session.execute(text("UPDATE saml_request SET expires_at = :then"), {"then": utc_now() - timedelta(seconds=1)})
    assert refused_as(await connected.post(connected.answering(request))) == "in_response_to"


@pytest.mark.parametrize("relay_state", ELSEWHERE)
async def test_a_relay_state_leads_nowhere_else(connect, world, relay_state):
    connected = await connect(world, allow_idp_initiated=True)
    answer = await connected.post(connected.answering(None), RelayState=relay_state)
    assert answer.headers["location"] == "/"


async def test_two_providers_of_an_account_are_kept_apart(connect, world):
    first, second = await connect(world), await connect(world, name="Second")
    request = await first.begin()
    raw = first.answering(request)
    assert refused_as(await second.post(raw)) == "destination"
    crossed = second.answering(request)
    assert refused_as(await second.post(crossed)) == "in_response_to"
    assert refused_as(await first.post(raw)) is None


async def test_another_accounts_provider_signs_nobody_in_here(db, connected, connect, new_account, nobody):
    other = await connect(await new_account(db))
    await other.sign_in(attributes={"mail": ["agent@example.com"]}, name_id="a")
    found = await rows(db, other.world, "SELECT count(*) FROM session")
    assert found == [(1,)]
    assert await rows(db, connected.world, "SELECT count(*) FROM session") == [(0,)]


async def test_a_provider_that_is_off_begins_and_ends_nothing(connect, world):
    connected = await connect(world, active=False)
    assert refused_as(await connected.http.get(f"/saml/{connected.public_id}/login")) == "provider_off"
    assert refused_as(await connected.post(connected.answering(None))) == "provider_off"


async def test_encrypted_answers_are_opened_with_the_accounts_key(connected):
    await connected.begin()
    assert refused_as(await connected.sign_in(encrypt="aes256-gcm")) is None


async def test_our_metadata_can_be_read_by_all(connected):
    answer = await connected.http.get(f"/saml/{connected.public_id}/metadata")
    assert answer.headers["content-type"] == "application/samlmetadata+xml"
    assert connected.own.acs in answer.text
    assert (await connected.http.get("/saml/nobody/metadata")).status_code == 404


@pytest.mark.parametrize(
    ("code", "form"),
    [
        ("malformed", {}),
        ("malformed", {"SAMLResponse": "###"}),
        ("malformed", {"SAMLResponse": base64.b64encode(b"<x/>").decode()}),
        ("too_large", {"SAMLResponse": "A" * 600_000}),
        ("malformed", {f"a{n}": "b" for n in range(30)}),
    ],
)
async def test_a_bad_form_is_a_redirect_with_a_code(connected, code, form):
    assert refused_as(await connected.http.post(f"/saml/{connected.public_id}/acs", data=form)) == code


async def test_too_many_attempts_are_put_off(connected, limiter):
    limiter.counts["saml:127.0.0.1"] = 3_000
    assert refused_as(await connected.http.get(f"/saml/{connected.public_id}/login")) == "too_many_attempts"


async def test_what_the_provider_refused_is_kept_for_the_administrator(db, connected):
    request = await connected.begin()
    said = Said(audience=connected.own.entity_id, recipient=connected.own.acs, at=utc_now(), in_response_to=request.get("ID"))
    root = plain(said)
    find(root, "samlp:Status/samlp:StatusCode").set("Value", f"{NS['samlp'][:-8]}status:Responder")
    assert refused_as(await connected.post(sealed(root, said))) == "status"
    (found,) = await rows(db, connected.world, "SELECT detail FROM audit_entry WHERE action = 'session.refused'")
    assert found[0]["provider"] == "Example"
    assert "refused the sign-in" in found[0]["message"]


async def test_what_strangers_send_does_not_fill_the_audit_log(db, connected, limiter):
    limiter.counts["saml-refused:127.0.0.1"] = 200
    assert refused_as(await connected.post(b"<x/>")) == "malformed"
    assert await refusals(db, connected.world) == []
