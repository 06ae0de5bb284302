"""Identity providers and mapping rules: account.identity, in one's own account. SAML's addresses are open to all, and give nothing away."""

from __future__ import annotations

from typing import Any
from unittest import mock
from urllib.parse import parse_qs, urlsplit

from backend.authz.actions import AccountAction
from backend.graphql.ids import local_id
from tests.api.expectations import Check, Scene, signed_out
from tests.saml.idp import ISSUER, key_named, response

OURS, FOREIGN, NOBODY = "admin", "foreign", "nobody"
_SAVE = """mutation ($input: SaveIdentityProviderInput!) { saveIdentityProvider(input: $input) { __typename
    ... on NotPermitted { permission } ... on SaveIdentityProviderPayload { provider { id publicId name certificates { id } } } } }"""


def _given(name: str) -> dict[str, Any]:
    certificates = [key_named("idp").certificate, key_named("old").certificate]
    return {"name": name, "entityId": ISSUER, "ssoUrl": "https://idp.example.org/sso", "certificates": certificates}


async def _save(scene: Scene, person: str, **given: Any) -> dict[str, Any]:
    """Making a key takes a second: the tests' own stands in for the account's."""
    with mock.patch("backend.identity.saml.keys.new_own_key", return_value=key_named("sp")):
        found = (await scene.clients[person].ask(_SAVE, input=given))["saveIdentityProvider"]
    assert isinstance(found, dict)
    return found


async def _ours(scene: Scene) -> dict[str, Any]:
    """A provider of the account that everybody but the foreigner belongs to."""
    provider: dict[str, Any] = (await _save(scene, OURS, **_given("Ours")))["provider"]
    return provider


async def identity_providers(scene: Scene, person: str) -> None:
    query, client = "{ identityProviders { id rules { id } } }", scene.clients[person]
    if person == NOBODY:
        return await signed_out(client, query)
    if person in {OURS, FOREIGN}:
        assert (await client.ask(query))["identityProviders"] == []
        return None
    refused = (await client.refused(query))["extensions"]
    assert (refused["code"], refused["permission"]) == ("not_permitted", "account.identity")
    return None


async def identity_provider(scene: Scene, person: str) -> None:
    ours, query, client = (
        await _ours(scene),
        "query ($id: ID!) { identityProvider(id: $id) { id } node(id: $id) { id } }",
        scene.clients[person],
    )
    if person == NOBODY:
        await signed_out(client, query, id=ours["id"])
    elif person in {OURS, FOREIGN}:
        there = {"id": ours["id"]} if person == OURS else None
        assert await client.ask(query, id=ours["id"]) == {"identityProvider": there, "node": there}
    else:
        assert (await client.refused(query, id=ours["id"]))["extensions"]["code"] == "not_permitted"


async def save_identity_provider(scene: Scene, person: str) -> None:
    ours = await _ours(scene)
    if person == NOBODY:
        await signed_out(scene.clients[person], _SAVE, input=_given("Mine"))
        return
    for given, own in ((_given("Mine"), person in {OURS, FOREIGN}), ({"id": ours["id"], "active": False}, person == OURS)):
        found = await _save(scene, person, **given)
        _fits(person, found, own)


def _fits(person: str, found: dict[str, Any], own: bool) -> None:
    """Done; not found where it is another account's; not permitted to whoever lacks the permission."""
    if own:
        assert found["__typename"].endswith("Payload"), found
    elif person == FOREIGN:
        assert found == {"__typename": "NotFound"}
    else:
        assert found == {"__typename": "NotPermitted", "permission": "account.identity"}


async def _expect(scene: Scene, person: str, query: str, **given: Any) -> None:
    if person == NOBODY:
        await signed_out(scene.clients[person], query, **given)
        return
    found = next(iter((await scene.clients[person].ask(query, **given)).values()))
    _fits(person, found, person == OURS)


async def delete_identity_provider(scene: Scene, person: str) -> None:
    query = "mutation ($id: ID!) { deleteIdentityProvider(id: $id) { __typename ... on NotPermitted { permission } } }"
    await _expect(scene, person, query, id=(await _ours(scene))["id"])


async def add_certificate(scene: Scene, person: str) -> None:
    query = "mutation ($input: AddCertificateInput!) { addCertificate(input: $input) { __typename ... on NotPermitted { permission } } }"
    given = {"providerId": (await _ours(scene))["id"], "pem": key_named("another").certificate}
    await _expect(scene, person, query, input=given)


async def remove_certificate(scene: Scene, person: str) -> None:
    query = "mutation ($id: ID!) { removeCertificate(id: $id) { __typename ... on NotPermitted { permission } } }"
    await _expect(scene, person, query, id=(await _ours(scene))["certificates"][0]["id"])


async def saml_keys(scene: Scene, person: str) -> None:
    query, client = "{ samlKeys { signs endsAt } }", scene.clients[person]
    if person == NOBODY:
        await signed_out(client, query)
    elif person in (OURS, FOREIGN):
        assert all(key["signs"] for key in (await client.ask(query))["samlKeys"])
    else:
        assert (await client.refused(query))["extensions"]["permission"] == "account.identity"


async def rotate_saml_key(scene: Scene, person: str) -> None:
    query = """mutation { rotateSamlKey(input: {keepDays: 400}) { __typename ... on NotPermitted { permission }
        ... on InvalidInput { pointer } } }"""
    client = scene.clients[person]
    if person == NOBODY:
        await signed_out(client, query)
        return
    refused = {"__typename": "NotPermitted", "permission": "account.identity"}
    wrong = {"__typename": "InvalidInput", "pointer": "/input/keepDays"}
    assert (await client.ask(query))["rotateSamlKey"] == (wrong if person in (OURS, FOREIGN) else refused)


async def save_mapping_rules(scene: Scene, person: str) -> None:
    query = (
        "mutation ($input: SaveMappingRulesInput!) { saveMappingRules(input: $input) { __typename ... on NotPermitted { permission } } }"
    )
    rule = {"target": "LICENCE", "attribute": "groups", "op": "EXACT", "value": "QM", "gives": ["qm"]}
    await _expect(scene, person, query, input={"providerId": (await _ours(scene))["id"], "rules": [rule]})
    if person == FOREIGN:  # whose own rules of SCIM are another matter
        assert (await scene.clients[person].ask(query, input={"rules": []}))["saveMappingRules"]["__typename"].endswith("Payload")


async def dry_run_saml(scene: Scene, person: str) -> None:
    query = "mutation ($input: DryRunSamlInput!) { dryRunSaml(input: $input) { __typename ... on NotPermitted { permission } } }"
    await _expect(scene, person, query, input={"providerId": (await _ours(scene))["id"], "response": response().decode()})


async def saml(scene: Scene, person: str) -> None:
    """The same for everybody: cookies count for nothing here."""
    ours, http = await _ours(scene), scene.clients[person].http
    assert local_id("IdentityProvider", ours["id"]) is not None
    base = f"/saml/{ours['publicId']}"
    assert (await http.get(f"{base}/metadata")).headers["content-type"] == "application/samlmetadata+xml"
    assert (await http.get(f"{base}/login")).headers["location"].startswith("https://idp.example.org/sso?SAMLRequest=")
    for answer, code in (
        (await http.post(f"{base}/acs", data={"SAMLResponse": "PHgvPg=="}), "malformed"),
        (await http.get(f"{base}/slo"), "unsigned"),
    ):
        assert parse_qs(urlsplit(answer.headers["location"]).query) == {"error": [code]}
    for unknown in (f"/saml/{ours['id']}/metadata", "/saml/nobody/login", "/saml/nobody/slo"):
        assert (await http.get(unknown)).status_code == 404, unknown


FIELDS: dict[str, Check | None] = {
    "Query.identityProviders": identity_providers,
    "Query.identityProvider": identity_provider,
    "Mutation.saveIdentityProvider": save_identity_provider,
    "Mutation.deleteIdentityProvider": delete_identity_provider,
    "Mutation.addCertificate": add_certificate,
    "Mutation.removeCertificate": remove_certificate,
    "Mutation.saveMappingRules": save_mapping_rules,
    "Query.samlKeys": saml_keys,
    "Mutation.rotateSamlKey": rotate_saml_key,
    "Mutation.dryRunSaml": dry_run_saml,
}
ROUTES: dict[str, Check | None] = {
    "/saml/{provider}/metadata": saml,
    "/saml/{provider}/login": None,  # with the metadata
    "/saml/{provider}/acs": None,
    "/saml/{provider}/slo": None,
}
CHANGING: list[Check] = [
    identity_provider, save_identity_provider, delete_identity_provider, add_certificate, remove_certificate, save_mapping_rules,
    dry_run_saml, saml,
]  # fmt: skip
PERMISSIONS = dict.fromkeys(
    (
        "saveIdentityProvider",
        "deleteIdentityProvider",
        "addCertificate",
        "removeCertificate",
        "saveMappingRules",
        "dryRunSaml",
        "rotateSamlKey",
    ),
    AccountAction.IDENTITY_EDIT,
)
