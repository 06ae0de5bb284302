"""A dry run says what a User would do and why, and leaves nothing behind."""

from __future__ import annotations

from backend.identity.mapping.rules import Op, Rule, Target
from tests.scim.conftest import ENTERPRISE, USER
from tests.scim.test_rules import SEATS, access, rule

QUERY = """mutation ($input: DryRunScimInput!) { dryRunScim(input: $input) { __typename ... on DryRunPayload { dryRun {
  verdict reason subject checks { holds sentence } attributes { name values } rules { target matched decided why } changes } } } }"""
SETTINGS = "{ scimSettings { baseUrl enabled users groups lastRequestAt rules { target attribute op value gives none } } }"


async def ask(directory, as_admin, query: str, **variables):
    response = await directory.http.post(
        "/graphql", json={"query": query, "variables": variables}, headers={"authorization": f"Bearer {as_admin}", "x-assay": "1"}
    )
    answer = response.json()
    assert "errors" not in answer, answer
    return answer["data"]


async def run(directory, as_admin, resource):
    found = (await ask(directory, as_admin, QUERY, input={"resource": resource}))["dryRunScim"]
    assert found["__typename"] == "DryRunPayload", found
    return found["dryRun"]


async def test_a_new_user_with_groups_that_may_not_be_there_yet(directory, stored, as_admin):
    await rule(stored, directory, SEATS, Rule(2, 1, Target.ROLE, "department", Op.CONTAINS, "lead", ("supervisor",)))
    body = {"schemas": [USER], "userName": "new@example.com", "groups": [{"display": "QM"}], ENTERPRISE: {"department": "Leads"}}
    found = await run(directory, as_admin, body)
    assert (found["verdict"], found["subject"], found["reason"]) == ("ACCEPTED", "new@example.com", None)
    assert {"name": "groups", "values": ["QM"]} in found["attributes"]
    assert [(rule["target"], rule["decided"]) for rule in found["rules"]] == [("LICENCE", True), ("ROLE", True)]
    assert "A seat of Quality Management is assigned." in found["changes"]
    assert (await directory.call("GET", "/Users"))[1]["totalResults"] == 0
    assert (await directory.call("GET", "/Groups"))[1]["totalResults"] == 0
    assert await access(stored, directory, "new@example.com") == (None, set())


async def test_a_user_who_is_there_and_one_for_whom_no_seat_is_left(directory, stored, as_admin):
    id = await directory.add_user("there@example.com", displayName="There")
    group = await directory.add_group("QM")
    await rule(stored, directory, SEATS, seats=4)
    body = {"schemas": [USER], "userName": "THERE@example.com", "groups": [{"value": group}]}
    found = await run(directory, as_admin, body)
    assert (found["verdict"], found["checks"][-1]["holds"]) == ("REFUSED", False)
    assert "No seat is left" in found["reason"]
    assert (await directory.call("GET", f"/Users/{id}"))[1]["displayName"] == "There"


async def test_what_is_no_user_is_refused_with_the_reason(directory, as_admin):
    for resource in ({"schemas": [USER]}, "no json", [], {"schemas": [USER], "userName": "x", "emails": "y"}):
        found = await run(directory, as_admin, resource)
        assert found["verdict"] == "REFUSED"
        assert found["reason"]


async def test_the_settings_say_how_the_account_is_connected(directory, running, stored, as_admin):
    await rule(stored, directory, SEATS)
    await directory.add_group("QM", await directory.add_user("a@example.com"))
    found = (await ask(directory, as_admin, SETTINGS))["scimSettings"]
    assert (found["baseUrl"], found["enabled"]) == (f"{running.address}/scim/v2", True)
    assert (found["users"], found["groups"], found["lastRequestAt"] is not None) == (1, 1, True)
    assert found["rules"] == [{"target": "LICENCE", "attribute": "groups", "op": "EXACT", "value": "QM", "gives": ["qm"], "none": False}]
