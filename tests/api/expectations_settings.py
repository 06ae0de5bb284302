"""Settings and the audit log: who may read and change them. The account's owner may; a QM role alone never does."""

from __future__ import annotations

from tests.api.expectations import Scene, signed_out

OWNERS = {"admin", "foreign"}
"""The people of the scene who hold the account's permissions, each of their own account."""


async def settings(scene: Scene, person: str) -> None:
    query = "{ settings { version analysisEnabled retention { days } transcription { engine } updatedBy { name } } }"
    client = scene.clients[person]
    if person == "nobody":
        await signed_out(client, query)
    elif person in OWNERS:
        assert (await client.ask(query))["settings"]["analysisEnabled"] is True
    else:
        refused = (await client.refused(query))["extensions"]
        assert (refused["code"], refused["permission"]) == ("not_permitted", "account.settings")


async def update_settings(scene: Scene, person: str) -> None:
    query = """mutation ($input: UpdateSettingsInput!) { updateSettings(input: $input) { __typename
        ... on NotPermitted { permission }
        ... on UpdateSettingsPayload { settings { version thresholds { silenceMs } updatedBy { name } } } } }"""
    client, given = scene.clients[person], {"version": 1, "silenceMs": 4_000}
    if person == "nobody":
        await signed_out(client, query, input=given)
        return
    found = (await client.ask(query, input=given))["updateSettings"]
    if person in OWNERS:
        assert found == {
            "__typename": "UpdateSettingsPayload",
            "settings": {"version": 2, "thresholds": {"silenceMs": 4_000}, "updatedBy": {"name": "Admin"}},
        }
    else:
        assert found == {"__typename": "NotPermitted", "permission": "account.settings"}


async def audit_log(scene: Scene, person: str) -> None:
    query, client = "{ auditLog(first: 200) { edges { node { id sentence } } } }", scene.clients[person]
    if person == "nobody":
        await signed_out(client, query)
    elif person in OWNERS:
        found = (await client.ask(query))["auditLog"]["edges"]
        assert len(found) == 0 or person == "admin"
    else:
        refused = (await client.refused(query))["extensions"]
        assert (refused["code"], refused["permission"]) == ("not_permitted", "account.audit")


async def audit_actions(scene: Scene, person: str) -> None:
    query, client = "{ auditActions }", scene.clients[person]
    if person == "nobody":
        await signed_out(client, query)
    elif person in OWNERS:
        assert isinstance((await client.ask(query))["auditActions"], list)
    else:
        assert (await client.refused(query))["extensions"]["code"] == "not_permitted"


async def audit_export(scene: Scene, person: str) -> None:
    expected = 401 if person == "nobody" else 200 if person in OWNERS else 403
    for address in ("/account/audit.csv", "/account/audit.jsonl"):
        assert (await scene.clients[person].http.get(address)).status_code == expected, address
