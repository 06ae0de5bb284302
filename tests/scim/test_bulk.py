"""Many operations in one request: each its own transaction, referring to one another, stopped where the client says."""

from __future__ import annotations

from tests.scim.conftest import BULK, GROUP, PATCH, USER


async def bulk(directory, *operations, **more):
    return await directory.call("POST", "/Bulk", {"schemas": [BULK], "Operations": list(operations), **more})


def add_user(name: str, bulk_id: str):
    return {"method": "POST", "path": "/Users", "bulkId": bulk_id, "data": {"schemas": [USER], "userName": name}}


async def test_operations_refer_to_one_another(directory):
    group = {
        "method": "POST",
        "path": "/Groups",
        "bulkId": "g",
        "data": {"schemas": [GROUP], "displayName": "All", "members": [{"value": "bulkId:a"}]},
    }
    status, answer = await bulk(directory, group, add_user("a@example.com", "a"), add_user("b@example.com", "b"))
    assert status == 200
    assert [each["status"] for each in answer["Operations"]] == ["201", "201", "201"]
    made = {each["bulkId"]: each["location"].rpartition("/")[2] for each in answer["Operations"]}
    patch = {
        "schemas": [PATCH],
        "Operations": [
            {"op": "Remove", "path": "members", "value": [{"value": made["a"]}]},
            {"op": "Add", "path": "members", "value": [{"value": made["b"]}]},
        ],
    }
    off = {
        "schemas": [PATCH],
        "Operations": [{"op": "Add", "value": {"active": "False", 'emails[type eq "work"].value': "b@work.example"}}],
    }
    status, answer = await bulk(
        directory,
        {"method": "PATCH", "path": f"/Groups/{made['g']}", "data": patch},
        {"method": "PATCH", "path": f"/Users/{made['b']}", "data": off},
        {"method": "DELETE", "path": f"/Users/{made['a']}"},
    )
    assert [each["status"] for each in answer["Operations"]] == ["200", "200", "204"]
    found = (await directory.call("GET", f"/Groups/{made['g']}"))[1]
    assert [member["value"] for member in found["members"]] == [made["b"]]
    user = (await directory.call("GET", f"/Users/{made['b']}"))[1]
    assert (user["active"], user["emails"]) == (False, [{"value": "b@work.example", "type": "work"}])


async def test_one_that_fails_leaves_the_others(directory):
    twice = [add_user("same@example.com", "1"), add_user("same@example.com", "2"), add_user("other@example.com", "3")]
    _, answer = await bulk(directory, *twice)
    assert [each["status"] for each in answer["Operations"]] == ["201", "409", "201"]
    assert answer["Operations"][1]["response"]["scimType"] == "uniqueness"


async def test_it_stops_after_as_many_failures_as_the_client_says(directory):
    bad = {"method": "DELETE", "path": "/Users/nobody"}
    _, answer = await bulk(directory, bad, bad, add_user("never@example.com", "1"), failOnErrors=2)
    assert [each["status"] for each in answer["Operations"]] == ["404", "404"]
    assert (await directory.call("GET", "/Users"))[1]["totalResults"] == 0
