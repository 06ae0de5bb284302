"""The shapes in which Entra ID and Okta send what they mean, each as they write it."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from tests.scim.conftest import ENTERPRISE, GROUP, PATCH, USER

CUSTOM = "urn:ietf:params:scim:schemas:extension:Contact:2.0:User"
ENTRA_ADD = {
    "op": "Add",
    "value": {
        "active": "True",
        "name.givenName": "Ola",
        "displayName": "Ola Berg",
        'emails[type eq "work"].value': "ola@example.com",
        'addresses[type eq "work"].country': "NO",
        f"{ENTERPRISE}:department": "Support",
        f"{CUSTOM}:site": "Oslo",
    },
}


async def state(directory, id: str):
    status, found = await directory.call("GET", f"/Users/{id}")
    assert status == 200
    return found


@pytest.mark.parametrize(
    ("operation", "active"),
    [
        ({"op": "Replace", "path": "active", "value": "False"}, False),
        ({"op": "Replace", "path": "active", "value": "false"}, False),
        ({"op": "Add", "path": "active", "value": "False"}, False),
        ({"op": "Replace", "path": "active", "value": [{"value": "False"}]}, None),
        ({"op": "replace", "value": {"active": False}}, False),
        ({"op": "Replace", "value": {"active": "False"}}, False),
        ({"op": "Replace", "path": f"{USER}:active", "value": False}, False),
        ({"op": "Replace", "path": "active", "value": "True"}, True),
    ],
)
async def test_every_way_to_switch_a_user_off(directory, operation, active):
    id = await directory.add_user("who@example.com", active=True)
    status, _ = await directory.patch(f"/Users/{id}", operation)
    assert status == (400 if active is None else 204)
    assert (await state(directory, id))["active"] is (True if active is None else active)


async def test_entra_without_a_path_with_dotted_and_urn_keys(directory):
    id = await directory.add_user("ola@example.com")
    assert (await directory.patch(f"/Users/{id}", ENTRA_ADD))[0] == 204
    found = await state(directory, id)
    assert (found["active"], found["name"], found["displayName"]) == (True, {"givenName": "Ola"}, "Ola Berg")
    assert found["emails"] == [{"value": "ola@example.com", "type": "work"}]
    assert found["addresses"] == [{"country": "NO", "type": "work"}]
    assert (found[ENTERPRISE], found[CUSTOM]) == ({"department": "Support"}, {"site": "Oslo"})
    assert (await directory.patch(f"/Users/{id}", {"op": "Replace", "path": 'emails[type eq "work"].value', "value": "berg@example.com"}))[
        0
    ] == 204
    assert (await directory.patch(f"/Users/{id}", {"op": "Remove", "path": f"{ENTERPRISE}:department"}))[0] == 204
    assert (await directory.patch(f"/Users/{id}", {"op": "Remove", "path": f"{CUSTOM}:site"}))[0] == 204
    found = await state(directory, id)
    assert found["emails"] == [{"value": "berg@example.com", "type": "work"}]
    assert ENTERPRISE not in found


@pytest.mark.parametrize("value", ["boss", {"value": "boss"}, [{"value": "boss"}]])
async def test_entra_names_the_manager_in_three_ways(directory, value):
    id = await directory.add_user("ola@example.com")
    assert (await directory.patch(f"/Users/{id}", {"op": "Add", "path": f"{ENTERPRISE}:manager", "value": value}))[0] == 204
    assert (await state(directory, id))[ENTERPRISE]["manager"]["value"] == "boss"


async def members(directory, group: str) -> list[str]:
    return [member["value"] for member in (await directory.call("GET", f"/Groups/{group}"))[1].get("members", [])]


@pytest.mark.parametrize(
    "removal",
    [
        {"op": "Remove", "path": "members", "value": [{"value": "{b}"}]},
        {"op": "remove", "path": "members", "value": [{"$ref": None, "value": "{b}"}]},
        {"op": "remove", "path": 'members[value eq "{b}"]'},
        {"op": "Remove", "path": f'{GROUP}:members[value eq "{{b}}"]'},
    ],
)
async def test_removing_one_member_removes_one(directory, removal):
    ids = [await directory.add_user(f"{name}@example.com") for name in "abc"]
    group = await directory.add_group("Three", *ids)
    operation = {name: _filled(value, ids[1]) for name, value in removal.items()}
    assert (await directory.patch(f"/Groups/{group}", operation))[0] == 204
    assert await members(directory, group) == [ids[0], ids[2]]


def _filled(value, id: str):
    if isinstance(value, list):
        return [{name: _filled(item, id) for name, item in entry.items()} for entry in value]
    return value.replace("{b}", id) if isinstance(value, str) else value


async def test_members_come_are_replaced_and_all_leave(directory):
    a, b, c = [await directory.add_user(f"{name}@example.com") for name in "abc"]
    group = await directory.add_group("Moving")
    add = {"op": "Add", "path": "members", "value": [{"value": a}, {"value": b}]}
    assert (await directory.patch(f"/Groups/{group}", add))[0] == 204
    first = (await directory.call("GET", f"/Groups/{group}"))[1]["meta"]
    assert (await directory.patch(f"/Groups/{group}", add))[0] == 204
    assert (await directory.call("GET", f"/Groups/{group}"))[1]["meta"] == first
    okta = {"op": "replace", "value": {"id": group, "displayName": "Moved", "members": [{"value": b, "display": "Bea"}, {"value": c}]}}
    assert (await directory.patch(f"/Groups/{group}", okta))[0] == 204
    found = (await directory.call("GET", f"/Groups/{group}"))[1]
    assert (found["displayName"], [member["value"] for member in found["members"]]) == ("Moved", [b, c])
    assert found["members"][0] == {"value": b, "type": "User", "display": "Bea", "$ref": found["members"][0]["$ref"]}
    assert found["members"][0]["$ref"].endswith(f"/scim/v2/Users/{b}")
    assert (await directory.patch(f"/Groups/{group}", {"op": "Remove", "path": 'members[display eq "bea"]'}))[0] == 204
    assert await members(directory, group) == [c]
    assert (await directory.patch(f"/Groups/{group}", {"op": "Remove", "path": "members"}))[0] == 204
    assert await members(directory, group) == []


async def test_a_patch_with_a_fault_changes_nothing(directory):
    a = await directory.add_user("a@example.com")
    group = await directory.add_group("Whole")
    rename, stranger = (
        {"op": "replace", "path": "displayName", "value": "Half"},
        {"op": "add", "path": "members", "value": [{"value": "nobody"}]},
    )
    status, refused = await directory.patch(f"/Groups/{group}", rename, {"op": "add", "path": "members", "value": [{"value": a}]}, stranger)
    assert (status, refused["scimType"], "nobody" in refused["detail"]) == (400, "invalidValue", True)
    found = (await directory.call("GET", f"/Groups/{group}"))[1]
    assert (found["displayName"], found.get("members")) == ("Whole", None)
    status, refused = await directory.patch(f"/Groups/{group}", {"op": "replace", "path": "id", "value": "mine"})
    assert (status, refused["scimType"]) == (400, "mutability")
    for broken in ({"op": "move", "path": "title"}, {"op": "remove"}, {"op": "add", "path": "members", "value": ["text"]}):
        status, refused = await directory.patch(f"/Groups/{group}", broken)
        assert (status, "pydantic" in refused["detail"]) == (400, False)


async def test_okta_from_the_first_look_to_the_return(directory):
    look = "/Users?" + urlencode({"filter": 'userName eq "okta@example.com"', "startIndex": 1, "count": 100})
    status, found = await directory.call("GET", look)
    assert (status, found["totalResults"], found["Resources"]) == (200, 0, [])
    body = {
        "schemas": [USER],
        "userName": "okta@example.com",
        "name": {"givenName": "Ok", "familyName": "Ta"},
        "emails": [{"primary": True, "value": "okta@example.com", "type": "work"}],
        "displayName": "Ok Ta",
        "locale": "en-US",
        "externalId": "00ujl29u0le5T6Aj10h7",
        "groups": [],
        "password": "1mz050nq",
        "active": True,
    }
    status, made = await directory.call("POST", "/Users", body)
    assert (status, "password" in made) == (201, False)
    id = made["id"]
    gone = await directory.call("PUT", f"/Users/{id}", {**body, "id": id, "active": False, "meta": {"resourceType": "User"}})
    assert (gone[0], gone[1]["active"]) == (200, False)
    status, refused = await directory.call("POST", "/Users", body)
    assert (status, refused["scimType"]) == (409, "uniqueness")
    assert id in refused["detail"]
    assert "inactive" in refused["detail"]
    assert (await directory.call("GET", look))[1]["Resources"][0]["id"] == id
    back = await directory.call("PUT", f"/Users/{id}", {**body, "id": id})
    assert (back[0], back[1]["active"]) == (200, True)


async def test_okta_pushes_groups(directory):
    a = await directory.add_user("a@example.com")
    status, made = await directory.call(
        "POST", "/Groups", {"schemas": [GROUP], "displayName": "Pushed", "members": [{"value": a, "display": "a@example.com"}]}
    )
    assert (status, [member["display"] for member in made["members"]]) == (201, ["a@example.com"])
    group = made["id"]
    assert (await directory.call("GET", f"/Users/{a}"))[1]["groups"][0] | {"$ref": ""} == {
        "value": group,
        "$ref": "",
        "display": "Pushed",
        "type": "direct",
    }
    status, put = await directory.call("PUT", f"/Groups/{group}", {"schemas": [GROUP], "id": group, "displayName": "Pushed", "members": []})
    assert (status, put.get("members")) == (200, None)
    query = urlencode({"filter": 'displayName eq "pushed"', "excludedAttributes": "members"})
    listed = await directory.call("GET", f"/Groups?{query}")
    assert [group["displayName"] for group in listed[1]["Resources"]] == ["Pushed"]
    assert (await directory.call("DELETE", f"/Groups/{group}"))[0] == 204


async def test_a_patch_is_understood_without_its_schema_and_in_any_case(directory):
    id = await directory.add_user("a@example.com")
    for body in (
        {"Operations": [{"op": "Replace", "path": "Title", "value": "One"}]},
        {"schemas": [PATCH], "operations": [{"OP": "REPLACE", "PATH": "TITLE", "VALUE": "Two"}]},
    ):
        assert (await directory.call("PATCH", f"/Users/{id}", body))[0] == 204
    assert (await state(directory, id))["title"] == "Two"
