"""Roles: who may read, change and give them. It takes an account permission, which no QM role gives."""

from __future__ import annotations

from typing import Any

from backend.authz.actions import Action
from backend.graphql.ids import global_id
from tests.api.expectations import MINE, NOBODYS, OTHERS, SEES, Scene, signed_out
from tests.api.expectations_settings import OWNERS


async def permissions(scene: Scene, person: str) -> None:
    query, client = "{ permissions { action title description scopes } }", scene.clients[person]
    if person == "nobody":
        return await signed_out(client, query)
    assert [found["action"] for found in (await client.ask(query))["permissions"]] == list(Action)
    return None


async def roles(scene: Scene, person: str) -> None:
    query, client = "{ roles { key name isDefault isChanged holders grants { action scope } } }", scene.clients[person]
    if person == "nobody":
        await signed_out(client, query)
    elif person in OWNERS:
        found = {role["key"]: role for role in (await client.ask(query))["roles"]}
        defaults = ["admin", "supervisor", "evaluator", "agent"]
        assert list(found) == (defaults if person == "foreign" else [*defaults, "custom"])
        assert found["evaluator"]["holders"] == 1
        assert {"action": "interaction.read", "scope": "TEAM"} in found["supervisor"]["grants"]
    else:
        refused = (await client.refused(query))["extensions"]
        assert (refused["code"], refused["permission"]) == ("not_permitted", "account.roles")


async def explain_access(scene: Scene, person: str) -> None:
    """Its verdict is what the person then finds, for everybody about everybody."""
    query = """query ($user: ID!, $id: ID) {
        explainAccess(userId: $user, action: "interaction.read", interactionId: $id) { allowed sentence reasons { holds sentence } } }"""
    client, people = scene.clients[person], scene.world.users
    for whom, number in people.items():
        for name in (MINE, OTHERS, NOBODYS):
            given = {"user": global_id("User", number), "id": scene.ids[name]}
            if person == "nobody":
                await signed_out(client, query, **given)
            elif person == "admin":
                assert (await client.ask(query, **given))["explainAccess"]["allowed"] is (name in SEES[whom]), (whom, name)
            else:
                code = (await client.refused(query, **given))["extensions"]["code"]
                assert code == ("not_found" if person in OWNERS else "not_permitted")


async def expect(scene: Scene, person: str, query: str, payload: dict[str, Any], **given: Any) -> None:
    """A change of roles: done by who holds the account's permission, in their own account."""
    client = scene.clients[person]
    if person == "nobody":
        await signed_out(client, query, **given)
        return
    found = next(iter((await client.ask(query, **given)).values()))
    if person in OWNERS:
        assert found == payload
    else:
        assert found == {"__typename": "NotPermitted", "permission": "account.roles"}


async def create_role(scene: Scene, person: str) -> None:
    query = """mutation ($input: CreateRoleInput!) { createRole(input: $input) { __typename
        ... on NotPermitted { permission } ... on CreateRolePayload { role { key basedOn holders } } } }"""
    made = {"__typename": "CreateRolePayload", "role": {"key": "coach", "basedOn": "evaluator", "holders": 0}}
    await expect(scene, person, query, made, input={"name": "Coach", "copyOf": "evaluator"})


async def update_role(scene: Scene, person: str) -> None:
    query = """mutation ($input: UpdateRoleInput!) { updateRole(input: $input) { __typename
        ... on NotPermitted { permission } ... on UpdateRolePayload { role { isChanged grants { action scope } } } } }"""
    grants = [{"action": "interaction.read", "scope": "OWN"}]
    changed = {"__typename": "UpdateRolePayload", "role": {"isChanged": True, "grants": grants}}
    await expect(scene, person, query, changed, input={"key": "agent", "grants": grants})


async def reset_role(scene: Scene, person: str) -> None:
    query = """mutation { resetRole(key: "agent") { __typename
        ... on NotPermitted { permission } ... on ResetRolePayload { role { key isChanged } } } }"""
    await expect(scene, person, query, {"__typename": "ResetRolePayload", "role": {"key": "agent", "isChanged": False}})


async def delete_role(scene: Scene, person: str) -> None:
    query = """mutation { deleteRole(key: "custom") { __typename
        ... on NotPermitted { permission } ... on Conflict { message } } }"""
    client = scene.clients[person]
    if person == "foreign":  # whose account has no such role
        assert (await client.ask(query))["deleteRole"] == {"__typename": "NotFound"}
        return
    held = "1 person holds the role Custom. Take it from them first."
    await expect(scene, person, query, {"__typename": "Conflict", "message": held})


async def set_user_roles(scene: Scene, person: str) -> None:
    query = """mutation ($input: SetUserRolesInput!) { setUserRoles(input: $input) { __typename
        ... on NotPermitted { permission } ... on SetUserRolesPayload { user { roles { source role { key } } } } } }"""
    given = {"userId": global_id("User", scene.world.users["agent"]), "roles": ["evaluator", "agent"]}
    held = [{"source": "MANUAL", "role": {"key": "evaluator"}}, {"source": "MANUAL", "role": {"key": "agent"}}]
    if person == "foreign":  # to whose account the person is none
        assert (await scene.clients[person].ask(query, input=given))["setUserRoles"] == {"__typename": "NotFound"}
        return
    await expect(scene, person, query, {"__typename": "SetUserRolesPayload", "user": {"roles": held}}, input=given)
