"""
SCIM: no cookie opens it, whoever's it is; a token that was made for it does (`tests/scim` asks with one). How it is set up and tried needs
account.identity.
"""

from __future__ import annotations

from backend.authz.actions import AccountAction
from tests.api.expectations import Check, Scene, signed_out

OWNERS = {"admin", "foreign"}
"""The people of the scene who hold the account's permissions, each of their own account."""


async def scim(scene: Scene, person: str) -> None:
    http = scene.clients[person].http
    for method, path in (("GET", ""), ("GET", "/Users"), ("POST", "/Groups"), ("GET", "/ServiceProviderConfig"), ("POST", "/Bulk")):
        response = await http.request(method, f"/scim/v2{path}")
        assert response.status_code == 401, path
        assert response.json()["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]
        assert response.headers["www-authenticate"].startswith("Bearer")


async def scim_settings(scene: Scene, person: str) -> None:
    query, client = "{ scimSettings { baseUrl enabled users groups lastRequestAt rules { id } lastRun { done } } }", scene.clients[person]
    if person == "nobody":
        await signed_out(client, query)
    elif person in OWNERS:
        nothing = {"enabled": False, "users": 0, "groups": 0, "lastRequestAt": None, "rules": [], "lastRun": None}
        assert (await client.ask(query))["scimSettings"] == {"baseUrl": "http://assay.test/scim/v2", **nothing}
    else:
        refused = (await client.refused(query))["extensions"]
        assert (refused["code"], refused["permission"]) == ("not_permitted", "account.identity")


async def dry_run_scim(scene: Scene, person: str) -> None:
    query = """mutation ($input: DryRunScimInput!) { dryRunScim(input: $input) { __typename
        ... on NotPermitted { permission } ... on DryRunPayload { dryRun { verdict subject changes } } } }"""
    given = {"resource": {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "new@example.com"}}
    client = scene.clients[person]
    if person == "nobody":
        await signed_out(client, query, input=given)
        return
    found = (await client.ask(query, input=given))["dryRunScim"]
    if person in OWNERS:
        assert (found["dryRun"]["verdict"], found["dryRun"]["subject"]) == ("ACCEPTED", "new@example.com")
    else:
        assert found == {"__typename": "NotPermitted", "permission": "account.identity"}


async def dry_run_scim_rules(scene: Scene, person: str) -> None:
    query = """mutation ($input: DryRunScimRulesInput!) { dryRunScimRules(input: $input) { __typename
        ... on NotPermitted { permission } ... on DryRunScimRulesPayload { foreseen { people changing } } } }"""
    given, client = {"rules": []}, scene.clients[person]
    if person == "nobody":
        await signed_out(client, query, input=given)
        return
    found = (await client.ask(query, input=given))["dryRunScimRules"]
    if person in OWNERS:
        assert found["foreseen"] == {"people": 0, "changing": 0}
    else:
        assert found == {"__typename": "NotPermitted", "permission": "account.identity"}


ROUTES: dict[str, Check | None] = {"/scim/v2": None, "/scim/v2/{path:path}": scim}
FIELDS: dict[str, Check | None] = {
    "Query.scimSettings": scim_settings,
    "Mutation.dryRunScim": dry_run_scim,
    "Mutation.dryRunScimRules": dry_run_scim_rules,
}
PERMISSIONS = dict.fromkeys(("dryRunScim", "dryRunScimRules"), AccountAction.IDENTITY_EDIT)
CHANGING: list[Check] = [dry_run_scim, dry_run_scim_rules]
