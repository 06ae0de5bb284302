"""Connecting providers over GraphQL, writing rules, and dry runs."""

from __future__ import annotations

import base64
from datetime import timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import text

from backend.clock import utc_now
from backend.graphql.ids import global_id
from tests.saml.idp import ISSUER, NOON, Said, certificate_named, key_named, response
from tests.saml.test_messages import described, several

SAVE = """mutation ($input: SaveIdentityProviderInput!) { saveIdentityProvider(input: $input) { __typename
  ... on SaveIdentityProviderPayload { provider { id name entityId ssoUrl sloUrl active allowIdpInitiated createUsers allowSha1
    emailAttribute
    certificates { id fingerprint subject notAfter expired } rules { id } acsUrl metadataUrl spEntityId logoutUrl loginUrl lastSignInAt } }
  ... on InvalidInput { pointer message } ... on Error { code } } }"""
RULES = """mutation ($input: SaveMappingRulesInput!) { saveMappingRules(input: $input) { __typename
  ... on SaveMappingRulesPayload { rules { target place attribute op value gives none } } ... on InvalidInput { pointer } } }"""
DRY = """mutation ($input: DryRunSamlInput!) { dryRunSaml(input: $input) { __typename ... on DryRunPayload { dryRun {
  verdict reason subject changes checks { holds sentence } attributes { name values }
  rules { target matched decided why rule { value } } } } } }"""


@pytest.fixture
async def admin(world, as_person):
    return await as_person(world, "admin")


@pytest.fixture
def save(admin):
    async def run(**given):
        return (await admin.ask(SAVE, input=given))["saveIdentityProvider"]

    return run


@pytest.fixture
async def provider(save):
    return (await save(name="Okta", metadataXml=described(keys=(("signing", "old"), ("signing", "idp")))))["provider"]


async def test_a_provider_comes_from_its_metadata(provider):
    assert provider["entityId"] == ISSUER
    assert provider["sloUrl"] == "https://idp.example.org/slo"
    fingerprints = {certificate["fingerprint"] for certificate in provider["certificates"]}
    assert fingerprints == {certificate_named(name).fingerprint for name in ("old", "idp")}
    assert (provider["active"], provider["allowIdpInitiated"], provider["createUsers"], provider["allowSha1"]) == (True, False, True, False)
    base = provider["loginUrl"].removesuffix("/login")
    assert base.startswith("http://assay.test/saml/")
    assert len(base.rpartition("/")[2]) == 32
    assert (provider["acsUrl"], provider["spEntityId"]) == (f"{base}/acs", f"{base}/metadata")
    assert (provider["metadataUrl"], provider["logoutUrl"]) == (f"{base}/metadata", f"{base}/slo")


async def test_what_is_left_out_stays(provider, save):
    changed = (await save(id=provider["id"], active=False, emailAttribute=" mail "))["provider"]
    assert changed == {**provider, "active": False, "emailAttribute": "mail"}
    assert (await save(id=provider["id"], sloUrl=""))["provider"]["sloUrl"] is None


async def test_one_of_several_in_a_file_is_named(save):
    both = several("https://one.example.org", "https://two.example.org").decode()
    assert (await save(name="A", metadataXml=both))["pointer"] == "/input/metadataXml"
    assert (await save(name="A", metadataXml=both, entityId="https://two.example.org"))["provider"]["entityId"] == "https://two.example.org"


@pytest.mark.parametrize(
    ("pointer", "given"),
    [
        ("/input/name", {"name": " "}),
        ("/input/name", {"name": "x" * 101}),
        ("/input/metadataXml", {"metadataXml": "<x/>"}),
        ("/input/entityId", {"entityId": ""}),
        ("/input/entityId", {"entityId": "a\nb"}),
        ("/input/ssoUrl", {"ssoUrl": "javascript:alert(1)"}),
        ("/input/ssoUrl", {"ssoUrl": ""}),
        ("/input/sloUrl", {"sloUrl": "ftp://x"}),
        ("/input/certificates", {"certificates": []}),
        ("/input/certificates/0", {"certificates": ["nonsense"]}),
        ("/input/groupsAttribute", {"groupsAttribute": "x" * 600}),
    ],
)
async def test_what_cannot_be_is_refused_where_it_stands(save, pointer, given):
    whole = {"name": "A", "entityId": ISSUER, "ssoUrl": "https://idp.example.org/sso", "certificates": [key_named("idp").certificate]}
    found = await save(**{**whole, **given})
    assert (found["__typename"], found.get("pointer")) == ("InvalidInput", pointer)


async def test_a_name_is_borne_once(provider, save):
    assert (await save(name="Okta", metadataXml=described()))["code"] == "conflict"
    assert (await save(name="Other", metadataXml=described()))["__typename"] == "SaveIdentityProviderPayload"


async def test_certificates_change_one_after_the_other(provider, admin, db, world):
    add = """mutation ($input: AddCertificateInput!) { addCertificate(input: $input) { __typename
      ... on AddCertificatePayload { provider { certificates { id fingerprint } } } ... on InvalidInput { pointer } } }"""
    remove = """mutation ($id: ID!) { removeCertificate(id: $id) { __typename
      ... on RemoveCertificatePayload { provider { certificates { id } } } } }"""
    given = {"providerId": provider["id"], "pem": key_named("another").certificate}
    found = (await admin.ask(add, input=given))["addCertificate"]["provider"]["certificates"]
    assert len(found) == 3
    assert (await admin.ask(add, input=given))["addCertificate"]["__typename"] == "Conflict"
    assert (await admin.ask(add, input={**given, "pem": "x"}))["addCertificate"] == {"__typename": "InvalidInput", "pointer": "/input/pem"}
    for number, certificate in enumerate(found):
        done = (await admin.ask(remove, id=certificate["id"]))["removeCertificate"]["__typename"]
        assert done == ("Conflict" if number == 2 else "RemoveCertificatePayload")
    async with db.reading(world.id) as session:
        actions = (
            (await session.execute(text("SELECT action FROM audit_entry WHERE action LIKE 'certificate%' ORDER BY id"))).scalars().all()
        )
    assert actions == ["certificate.add", "certificate.remove", "certificate.remove"]


async def test_a_certificate_that_ran_out_is_shown_so(save, monkeypatch):
    monkeypatch.setattr("backend.identity.saml.types.utc_now", lambda: NOON + timedelta(days=8_000))
    (certificate,) = (await save(name="A", metadataXml=described()))["provider"]["certificates"]
    assert certificate["expired"] is True


async def test_deleting_a_provider_takes_its_rules_along(provider, admin, db, world):
    rule = {"target": "TEAM", "attribute": "groups", "op": "CONTAINS", "value": "north", "gives": ["north"]}
    await admin.ask(RULES, input={"providerId": provider["id"], "rules": [rule]})
    delete = "mutation ($id: ID!) { deleteIdentityProvider(id: $id) { ... on DeleteIdentityProviderPayload { id } } }"
    assert (await admin.ask(delete, id=provider["id"]))["deleteIdentityProvider"] == {"id": provider["id"]}
    assert (await admin.ask("{ identityProviders { id } }"))["identityProviders"] == []
    async with db.reading(world.id) as session:
        assert await session.scalar(text("SELECT count(*) FROM mapping_rule")) == 0


async def test_rules_keep_their_order_within_a_target(provider, admin):
    rules = [
        {"target": "ROLE", "attribute": "groups", "op": "CONTAINS", "value": "lead", "gives": ["supervisor", "evaluator"]},
        {"target": "LICENCE", "attribute": "groups", "op": "EXACT", "value": "Guests", "gives": [], "none": True},
        {"target": "LICENCE", "attribute": "groups", "op": "EXACT", "value": " QM ", "gives": ["qm"]},
    ]
    saved = (await admin.ask(RULES, input={"providerId": provider["id"], "rules": rules}))["saveMappingRules"]["rules"]
    assert [(rule["target"], rule["place"], rule["value"], rule["none"]) for rule in saved] == [
        ("LICENCE", 1, "Guests", True),
        ("LICENCE", 2, "QM", False),
        ("ROLE", 1, "lead", False),
    ]
    ask = "query ($id: ID!) { identityProvider(id: $id) { rules { target place attribute op value gives none } } }"
    assert (await admin.ask(ask, id=provider["id"]))["identityProvider"]["rules"] == saved
    assert (await admin.ask(RULES, input={"rules": []}))["saveMappingRules"]["rules"] == []
    assert (await admin.ask(ask, id=provider["id"]))["identityProvider"]["rules"] == saved, "the rules of SCIM are others"


@pytest.mark.parametrize(
    ("pointer", "change"),
    [
        ("/input/rules/0/attribute", {"attribute": " "}),
        ("/input/rules/0/value", {"value": ""}),
        ("/input/rules/0/value", {"value": "x" * 600}),
        ("/input/rules/0/gives", {"gives": []}),
        ("/input/rules/0/gives", {"none": True}),
        ("/input/rules/0/gives", {"gives": ["another"]}),
        ("/input/rules/0/gives", {"gives": ["qm", "qm2"]}),
        ("/input/rules/0/gives", {"target": "ROLE", "gives": ["agent", "nobody"]}),
        ("/input/rules/0/gives", {"target": "TEAM", "gives": [" "]}),
    ],
)
async def test_a_rule_that_cannot_be_is_refused_where_it_stands(provider, admin, pointer, change):
    rule = {"target": "LICENCE", "attribute": "groups", "op": "EXACT", "value": "QM", "gives": ["qm"], **change}
    found = (await admin.ask(RULES, input={"providerId": provider["id"], "rules": [rule]}))["saveMappingRules"]
    assert found == {"__typename": "InvalidInput", "pointer": pointer}


async def test_too_many_rules_are_refused(provider, admin):
    rule = {"target": "LICENCE", "attribute": "groups", "op": "EXACT", "value": "QM", "gives": ["qm"]}
    found = (await admin.ask(RULES, input={"providerId": provider["id"], "rules": [rule] * 201}))["saveMappingRules"]
    assert found == {"__typename": "InvalidInput", "pointer": "/input/rules"}


def said_to(connected, **changes) -> Said:
    return Said(audience=connected.own.entity_id, recipient=connected.own.acs, at=NOON, **changes)


async def dry_run(admin, connected, pasted: str, at=NOON):
    given = {"providerId": global_id("IdentityProvider", connected.id), "response": pasted, "at": at.isoformat()}
    return (await admin.ask(DRY, input=given))["dryRunSaml"]["dryRun"]


async def test_a_dry_run_tells_all_and_writes_nothing(db, connected, admin):
    rules = [
        {"target": "LICENCE", "attribute": "title", "op": "EXACT", "value": "x", "gives": ["qm"]},
        {"target": "LICENCE", "attribute": "groups", "op": "CONTAINS", "value": "qm", "gives": ["qm"]},
        {"target": "ROLE", "attribute": "groups", "op": "CONTAINS", "value": "qm", "gives": ["evaluator"]},
    ]
    await admin.ask(RULES, input={"providerId": global_id("IdentityProvider", connected.id), "rules": rules})
    raw = response(said_to(connected))
    found = await dry_run(admin, connected, raw.decode())
    assert (found["verdict"], found["reason"], found["subject"]) == ("ACCEPTED", None, "ann@example.org")
    assert found["attributes"] == [{"name": "groups", "values": ["QM-Agents"]}, {"name": "displayName", "values": ["Ann Example"]}]
    assert [(trace["matched"], trace["decided"]) for trace in found["rules"]] == [(False, False), (True, True), (True, True)]
    assert found["changes"] == [
        "Ann Example (ann@example.org) is made.",
        "The role Evaluator is given.",
        "A seat of Quality Management is assigned.",
    ]
    assert all(check["holds"] for check in found["checks"])
    async with db.reading(connected.world.id) as session:
        for table in ("saml_assertion", "saml_subject", "saml_session"):
            assert await session.scalar(text(f"SELECT count(*) FROM {table}")) == 0
        assert await session.scalar(text("SELECT count(*) FROM person WHERE email = 'ann@example.org'")) == 0
        assert await session.scalar(text("SELECT count(*) FROM seat_event")) == 0
        assert (
            await session.scalar(text("SELECT detail->>'verdict' FROM audit_entry WHERE action = 'identity_provider.dry_run'"))
            == "accepted"
        )


async def test_a_dry_run_foresees_what_then_happens(db, connected, admin, rule_out, nobody):
    rule = {"target": "LICENCE", "attribute": "groups", "op": "CONTAINS", "value": "qm", "gives": ["qm"]}
    await admin.ask(RULES, input={"providerId": global_id("IdentityProvider", connected.id), "rules": [rule]})
    raw = connected.answering(await connected.begin())
    foreseen = await dry_run(admin, connected, base64.b64encode(raw).decode(), at=utc_now())
    assert foreseen["changes"][1] == "A seat of Quality Management is assigned."
    await connected.post(raw)
    assert (await nobody.ask("{ viewer { hasSeat } }"))["viewer"]["hasSeat"] is True
    after = await dry_run(admin, connected, base64.b64encode(raw).decode(), at=utc_now())
    assert after["changes"] == ["Ann Example (ann@example.org) is signed in.", "The seat stays as it was assigned, by SAML."]


@pytest.mark.parametrize(
    "form",
    [
        lambda raw: raw.decode(),
        lambda raw: base64.encodebytes(raw).decode(),
        lambda raw: quote(base64.b64encode(raw).decode()),
        lambda raw: f"RelayState=x&SAMLResponse={quote(base64.b64encode(raw).decode(), safe='')}&y=1",
    ],
)
async def test_a_response_is_taken_as_it_was_found(connected, admin, form):
    assert (await dry_run(admin, connected, form(response(said_to(connected)))))["verdict"] == "ACCEPTED"


async def test_a_dry_run_shows_every_test_that_fails(connected, admin):
    raw = response(said_to(connected, issuer="https://other.example.org"))
    found = await dry_run(admin, connected, raw.decode(), at=NOON + timedelta(hours=1))
    assert (found["verdict"], found["changes"], found["rules"], found["subject"]) == ("REFUSED", [], [], None)
    failed = [check["sentence"] for check in found["checks"] if not check["holds"]]
    assert found["reason"] == failed[0]
    assert [sentence.split()[0:2] for sentence in failed] == [["The", "Response"], ["The", "assertion"], ["It", "could"], ["It", "expired"]]


@pytest.mark.parametrize("pasted", ["", "nonsense", "<x/>", "SAMLResponse=%%%"])
async def test_a_dry_run_of_nonsense_says_so(connected, admin, pasted):
    found = await dry_run(admin, connected, pasted)
    assert found["verdict"] == "REFUSED"
    assert [check["holds"] for check in found["checks"]][-1] is False
    assert found["reason"]


async def test_a_dry_run_says_whom_nobody_knows(connect, world, admin):
    connected = await connect(world, create_users=False)
    found = await dry_run(admin, connected, response(said_to(connected)).decode())
    assert found["verdict"] == "REFUSED"
    assert "no person with the address ann@example.org" in found["reason"]
    assert found["subject"] == "ann@example.org"
