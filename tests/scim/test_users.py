"""Users and the people behind them: made, found, changed, switched off and on again, deleted."""

from __future__ import annotations

from urllib.parse import urlencode

from sqlalchemy import select
from sqlmodel import col

from backend.accounts.tables import Agent, User
from backend.audit.tables import AuditEntry
from backend.identity.tables import Session
from backend.licensing.tables import Seat, SeatEvent
from tests.factory import THEN
from tests.scim.conftest import ENTERPRISE, USER

EMAILS = [{"value": "home@example.net", "type": "home"}, {"value": "Nina@Example.com", "type": "work", "primary": True}]


async def people(stored, directory) -> dict[str, User]:
    async with stored.reading(directory.world.id) as session:
        rows = (await session.execute(select(User).where(col(User.account_id) == directory.world.id))).scalars()
        return {row.email: row for row in rows}


async def test_a_user_becomes_a_person(directory, stored):
    body = {
        "schemas": [USER],
        "userName": "nina",
        "emails": EMAILS,
        "name": {"givenName": "Nina", "familyName": "Roth"},
        "externalId": "X1",
    }
    response = await directory.send("POST", "/Users", body)
    made = response.json()
    assert (response.status_code, response.headers["location"]) == (201, made["meta"]["location"])
    assert response.headers["etag"] == made["meta"]["version"]
    assert len(made["id"]) == 32
    assert made["meta"]["location"].endswith(f"/scim/v2/Users/{made['id']}")
    assert (made["userName"], made["externalId"], made["emails"]) == ("nina", "X1", EMAILS)
    person = (await people(stored, directory))["Nina@Example.com"]
    assert (person.name, person.source, person.account_role, person.active, person.password_hash) == (
        "Nina Roth",
        "scim",
        "member",
        True,
        None,
    )


async def test_a_person_who_is_there_already_is_taken_over_by_address(directory, stored):
    agent = directory.world.users["agent"]
    await directory.add_user("a.gent", emails=[{"value": "AGENT@example.com", "primary": True}], displayName="Agatha")
    person = (await people(stored, directory))["agent@example.com"]
    assert (person.id, person.name, person.source) == (agent, "Agatha", "manual")
    status, refused = await directory.call("POST", "/Users", {"schemas": [USER], "userName": "agent@example.com"})
    assert status == 409
    assert "agent@example.com" in refused["detail"]


async def test_two_users_may_name_one_address_and_stay_two_people(directory, stored):
    for name in ("first", "second"):
        await directory.add_user(name, emails=[{"value": "shared@example.com", "primary": True}])
    assert {"shared@example.com", "second"} <= set(await people(stored, directory))


async def test_an_agent_of_the_address_is_the_person(directory, stored):
    world = directory.world
    await directory.add_user("south@example.com")
    async with stored.reading(world.id) as session:
        linked = await session.scalar(
            select(col(Agent.user_id)).where(col(Agent.account_id) == world.id, col(Agent.id) == world.agents["south"])
        )
    assert linked == (await people(stored, directory))["south@example.com"].id


async def test_switching_off_takes_the_seat_and_the_sessions_and_keeps_the_person(directory, stored):
    world = directory.world
    agent = world.users["agent"]
    async with stored.writing(world.id) as session:
        session.add(Session(account_id=world.id, user_id=agent, token_hash=b"x", created_at=THEN, seen_at=THEN, expires_at=THEN))
    id = await directory.add_user("agent@example.com", displayName="Agatha")
    assert (await directory.patch(f"/Users/{id}", {"op": "replace", "path": "active", "value": False}))[0] == 204
    async with stored.reading(world.id) as session:
        assert not (await session.execute(select(Seat).where(col(Seat.user_id) == agent))).all()
        assert not (await session.execute(select(Session).where(col(Session.user_id) == agent))).all()
        last = (
            (await session.execute(select(SeatEvent).order_by(col(SeatEvent.id).desc()).where(col(SeatEvent.user_id) == agent)))
            .scalars()
            .first()
        )
        assert (last.change, last.source, last.reason) == ("released", "scim", "deactivated by the directory")
        actions = set((await session.execute(select(col(AuditEntry.action)).where(col(AuditEntry.object_id) == agent))).scalars())
    assert {"scim_user.create", "scim_user.update", "user.deactivate", "seat.release"} <= actions
    assert not (await people(stored, directory))["agent@example.com"].active
    assert (await directory.call("GET", f"/Users/{id}"))[1]["active"] is False
    assert (await directory.patch(f"/Users/{id}", {"op": "replace", "path": "active", "value": True}))[0] == 204
    assert (await people(stored, directory))["agent@example.com"].active


async def test_deleting_forgets_the_user_and_a_later_one_finds_the_person(directory, stored):
    first = await directory.add_user("gone@example.com")
    person = (await people(stored, directory))["gone@example.com"]
    assert (await directory.call("DELETE", f"/Users/{first}"))[0] == 204
    assert (await directory.call("GET", f"/Users/{first}"))[0] == 404
    assert (await directory.call("DELETE", f"/Users/{first}"))[0] == 404
    assert not (await people(stored, directory))["gone@example.com"].active
    second = await directory.add_user("gone@example.com")
    again = (await people(stored, directory))["gone@example.com"]
    assert (again.id, again.active) == (person.id, True)
    assert second != first


async def test_a_directory_neither_renames_owners_nor_switches_them_off(directory, stored):
    id = await directory.add_user("admin@example.com", displayName="Somebody Else")
    status, refused = await directory.patch(f"/Users/{id}", {"op": "replace", "path": "active", "value": False})
    assert (status, "owner" in refused["detail"]) == (409, True)
    assert (await directory.call("DELETE", f"/Users/{id}"))[0] == 409
    assert (await directory.patch(f"/Users/{id}", {"op": "replace", "path": "emails", "value": EMAILS}))[0] == 204
    owner = (await people(stored, directory))["admin@example.com"]
    assert (owner.active, owner.name) == (True, "Admin")
    assert (await directory.call("GET", f"/Users/{id}"))[1].get("active") is None


async def test_a_new_name_and_address_reach_the_person(directory, stored):
    id = await directory.add_user("old@example.com", displayName="Old")
    change = {"displayName": "New\nName", "userName": "new@example.com"}
    assert (await directory.patch(f"/Users/{id}", {"op": "replace", "value": change}))[0] == 204
    found = await people(stored, directory)
    assert found["new@example.com"].name == "New Name"
    assert "old@example.com" not in found


async def test_one_user_a_user_name_whatever_its_case(directory):
    await directory.add_user("Twin")
    other = await directory.add_user("other")
    for method, path in (("POST", "/Users"), ("PUT", f"/Users/{other}")):
        status, refused = await directory.call(method, path, {"schemas": [USER], "userName": "TWIN"})
        assert (status, refused["scimType"]) == (409, "uniqueness")
    assert (await directory.patch(f"/Users/{other}", {"op": "replace", "path": "userName", "value": "tWIN"}))[0] == 409


async def test_attributes_of_no_schema_are_kept_and_passwords_are_not(directory):
    custom = "urn:example:hr:2.0:User"
    id = await directory.add_user("keeper", password="hunter2", badge={"colour": "red"}, **{custom: {"site": "Kiel"}})
    made = (await directory.call("GET", f"/Users/{id}"))[1]
    assert (made["badge"], made[custom]) == ({"colour": "red"}, {"site": "Kiel"})
    assert custom in made["schemas"]
    assert (
        await directory.patch(f"/Users/{id}", {"op": "replace", "value": {f"{custom}:site": "Bonn", "password": "hunter3", "badge": None}})
    )[0] == 204
    assert (await directory.patch(f"/Users/{id}", {"op": "add", "path": f"{custom}:shift", "value": ["early"]}))[0] == 204
    assert (await directory.patch(f"/Users/{id}", {"op": "add", "path": f"{custom}:shift", "value": ["late", "early"]}))[0] == 204
    found = (await directory.call("GET", f"/Users/{id}"))[1]
    assert found[custom] == {"site": "Bonn", "shift": ["early", "late"]}
    assert "badge" not in found
    assert (await directory.patch(f"/Users/{id}", {"op": "remove", "path": f"{custom}:site"}))[0] == 204
    assert (await directory.call("GET", f"/Users/{id}"))[1][custom] == {"shift": ["early", "late"]}
    body = {"schemas": [USER, custom], "userName": "keeper", custom: {"site": "Ulm"}}
    assert (await directory.call("PUT", f"/Users/{id}", body))[1][custom] == {"site": "Ulm"}
    schemas = (await directory.call("GET", "/Schemas"))[1]["Resources"]
    assert all(attribute["name"] != "password" for schema in schemas for attribute in schema["attributes"])


async def test_versions(directory):
    id = await directory.add_user("versioned")
    first = (await directory.call("GET", f"/Users/{id}"))[1]["meta"]["version"]
    assert (await directory.send("GET", f"/Users/{id}", if_none_match=first)).status_code == 304
    assert (await directory.patch(f"/Users/{id}", {"op": "replace", "path": "title", "value": "Lead"}, if_match=first))[0] == 204
    assert (await directory.patch(f"/Users/{id}", {"op": "replace", "path": "title", "value": "Boss"}, if_match=first))[0] == 412
    assert (await directory.send("DELETE", f"/Users/{id}", if_match=first)).status_code == 412
    second = (await directory.call("GET", f"/Users/{id}"))[1]["meta"]["version"]
    assert second != first
    same = await directory.send(
        "PATCH", f"/Users/{id}", {"schemas": [], "Operations": [{"op": "replace", "path": "title", "value": "Lead"}]}
    )
    assert same.headers["etag"] == second


async def test_pages_orders_and_projections(directory):
    for number in range(5):
        await directory.add_user(f"user{number}", title=str(9 - number), **{ENTERPRISE: {"department": "odd" if number % 2 else "even"}})
    query = {"filter": f'{ENTERPRISE}:department eq "EVEN"', "sortBy": "title", "startIndex": 2, "count": 1, "attributes": "userName"}
    status, page = await directory.call("GET", f"/Users?{urlencode(query)}")
    assert (status, page["totalResults"], page["itemsPerPage"], page["startIndex"]) == (200, 3, 1, 2)
    assert [set(user) for user in page["Resources"]] == [{"schemas", "id", "userName"}]
    assert page["Resources"][0]["userName"] == "user2"
    assert (await directory.call("GET", "/Users?count=0"))[1]["totalResults"] == 5
    body = {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
        "filter": "title pr",
        "sortBy": "userName",
        "sortOrder": "descending",
    }
    status, page = await directory.call("POST", "/.search", body)
    assert [user["userName"] for user in page["Resources"]] == [f"user{number}" for number in (4, 3, 2, 1, 0)]
    status, refused = await directory.call("GET", f"/Users?{urlencode({'filter': 'userName eq'})}")
    assert (status, refused["scimType"]) == (400, "invalidFilter")
    long = " or ".join(f'title eq "{number}"' for number in range(101))
    assert (await directory.call("GET", f"/Users?{urlencode({'filter': long})}"))[0] == 400
