"""Groups and attributes become licences, roles and teams, and the last seat is given once, whichever way it is asked for."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import event, select, update
from sqlmodel import col

from backend.accounts.tables import Agent, User
from backend.authz.actor import system
from backend.errors import NoSeatLeft
from backend.identity.mapping import repository as mapping
from backend.identity.mapping.rules import Op, Rule, Target
from backend.identity.scim.documents import model_of
from backend.identity.scim.provider import PROVIDER
from backend.identity.scim.storage import PostgresStorage
from backend.licensing import service as licensing
from backend.licensing.tables import Licence, Seat, SeatEvent
from backend.roles.tables import UserRole
from tests.scim.conftest import BULK, ENTERPRISE, GROUP, USER

SEATS = Rule(1, 1, Target.LICENCE, "groups", Op.EXACT, "QM", ("qm",))
LEADS = Rule(2, 1, Target.ROLE, "department", Op.CONTAINS, "lead", ("supervisor", "evaluator"))
OTHERS = Rule(3, 2, Target.ROLE, "userType", Op.EXACT, "agent", ("agent",))
NORTH = Rule(4, 1, Target.TEAM, f"{ENTERPRISE}:division", Op.EXACT, "North", ("north",))
TAGGED = Rule(5, 1, Target.LICENCE, "urn:example:hr:2.0:User:access", Op.EXACT, "full", ("qm",))


async def rule(stored, directory, *rules: Rule, seats: int = 10) -> None:
    async with stored.writing(directory.world.id) as session:
        await mapping.replace_rules(session, None, rules)
        await session.execute(update(Licence).where(col(Licence.account_id) == directory.world.id).values(seats=seats))


async def access(stored, directory, email: str) -> tuple[str | None, set[tuple[str, str]]]:
    """The source of a person's seat, and their roles with the source of each."""
    account = directory.world.id
    async with stored.reading(account) as session:
        person = await session.scalar(select(col(User.id)).where(col(User.account_id) == account, col(User.email) == email))
        seat = await session.scalar(select(col(Seat.source)).where(col(Seat.account_id) == account, col(Seat.user_id) == person))
        roles = await session.execute(select(col(UserRole.role), col(UserRole.source)).where(col(UserRole.user_id) == person))
        return seat, {(role, source) for role, source in roles}


async def taken(stored, directory) -> int:
    async with stored.reading(directory.world.id) as session:
        return sum(room.used for room in await licensing.rooms_of(session, directory.world.id))


async def test_a_group_gives_a_seat_and_takes_it_back(directory, stored):
    await rule(stored, directory, SEATS)
    id = await directory.add_user("a@example.com")
    assert await access(stored, directory, "a@example.com") == (None, set())
    group = await directory.add_group("qm", id)
    assert await access(stored, directory, "a@example.com") == ("scim", {("agent", "scim")})
    assert (await directory.patch(f"/Groups/{group}", {"op": "remove", "path": f'members[value eq "{id}"]'}))[0] == 204
    assert (await access(stored, directory, "a@example.com"))[0] is None
    assert (await directory.call("PUT", f"/Groups/{group}", {"schemas": [GROUP], "displayName": "qm", "members": [{"value": id}]}))[
        0
    ] == 200
    assert (await access(stored, directory, "a@example.com"))[0] == "scim"
    assert (await directory.patch(f"/Groups/{group}", {"op": "replace", "path": "displayName", "value": "Other"}))[0] == 204
    assert (await access(stored, directory, "a@example.com"))[0] is None
    assert (await directory.patch(f"/Groups/{group}", {"op": "replace", "path": "displayName", "value": "QM"}))[0] == 204
    assert (await access(stored, directory, "a@example.com"))[0] == "scim"
    assert (await directory.call("DELETE", f"/Groups/{group}"))[0] == 204
    assert (await access(stored, directory, "a@example.com"))[0] is None


async def test_a_group_in_a_group_counts_and_a_circle_ends(directory, stored):
    await rule(stored, directory, SEATS)
    id = await directory.add_user("a@example.com")
    inner = await directory.add_group("Inner", id)
    outer = await directory.add_group("QM", inner)
    assert (await access(stored, directory, "a@example.com"))[0] == "scim"
    assert (await directory.patch(f"/Groups/{inner}", {"op": "add", "path": "members", "value": [{"value": outer}]}))[0] == 204
    groups = (await directory.call("GET", f"/Users/{id}"))[1]["groups"]
    assert {(group["display"], group["type"]) for group in groups} == {("Inner", "direct"), ("QM", "indirect")}
    assert (await directory.patch(f"/Groups/{inner}", {"op": "remove", "path": "members"}))[0] == 204
    assert (await access(stored, directory, "a@example.com"))[0] is None


async def test_attributes_give_roles_and_a_team(directory, stored):
    await rule(stored, directory, LEADS, OTHERS, NORTH, TAGGED)
    more = {ENTERPRISE: {"department": "Team Leads", "division": "north"}, "urn:example:hr:2.0:User": {"access": "Full"}}
    id = await directory.add_user("south@example.com", userType="agent", **more)
    assert await access(stored, directory, "south@example.com") == ("scim", {("supervisor", "scim"), ("evaluator", "scim")})
    assert (await directory.patch(f"/Users/{id}", {"op": "Replace", "value": {f"{ENTERPRISE}:department": "Support"}}))[0] == 204
    assert await access(stored, directory, "south@example.com") == ("scim", {("agent", "scim")})
    async with stored.reading(directory.world.id) as session:
        team = await session.scalar(select(col(Agent.team_id)).where(col(Agent.id) == directory.world.agents["south"]))
    assert team == directory.world.teams["north"]
    assert (await directory.patch(f"/Users/{id}", {"op": "remove", "path": "urn:example:hr:2.0:User:access"}))[0] == 204
    assert (await access(stored, directory, "south@example.com"))[0] is None


async def test_a_seat_leaves_with_whoever_is_switched_off_and_returns_by_the_rules(directory, stored):
    await rule(stored, directory, SEATS)
    id = await directory.add_user("a@example.com")
    await directory.add_group("QM", id)
    assert (await directory.patch(f"/Users/{id}", {"op": "Add", "path": "active", "value": "False"}))[0] == 204
    assert (await access(stored, directory, "a@example.com"))[0] is None
    assert (await directory.patch(f"/Users/{id}", {"op": "Replace", "path": "active", "value": "True"}))[0] == 204
    assert (await access(stored, directory, "a@example.com"))[0] == "scim"


async def test_what_was_given_by_hand_stays(directory, stored):
    await rule(stored, directory, SEATS)
    await directory.add_user("supervisor@example.com")
    assert await access(stored, directory, "supervisor@example.com") == ("manual", {("supervisor", "manual")})


async def test_where_no_seat_is_left_the_request_is_undone_and_the_refusal_remembered(directory, stored):
    await rule(stored, directory, SEATS, seats=5)
    ids = [await directory.add_user(f"{name}@example.com") for name in "ab"]
    group = await directory.add_group("QM")
    both = [{"value": id} for id in ids]
    rename = {"op": "replace", "path": "externalId", "value": "changed"}
    status, refused = await directory.patch(f"/Groups/{group}", rename, {"op": "add", "path": "members", "value": both})
    assert status == 409
    assert "5 of the 5 seats of Quality Management are taken" in refused["detail"]
    found = (await directory.call("GET", f"/Groups/{group}"))[1]
    assert (found.get("members"), found.get("externalId")) == (None, None)
    assert await taken(stored, directory) == 4
    assert (await directory.patch(f"/Groups/{group}", {"op": "add", "path": "members", "value": both[:1]}))[0] == 204
    await rule(stored, directory, Rule(1, 1, Target.LICENCE, "userType", Op.EXACT, "agent", ("qm",)), seats=5)
    status, refused = await directory.call("POST", "/Users", {"schemas": [USER], "userName": "late@example.com", "userType": "agent"})
    assert status == 409
    assert (await directory.call("GET", "/Users"))[1]["totalResults"] == 2
    assert await access(stored, directory, "late@example.com") == (None, set())
    async with stored.reading(directory.world.id) as session:
        events = (
            (await session.execute(select(SeatEvent).where(col(SeatEvent.change) == "refused").order_by(col(SeatEvent.id)))).scalars().all()
        )
    assert [(event.source, event.user_id is None) for event in events] == [("scim", False), ("scim", True)]


async def test_in_bulk_only_the_one_too_many_is_refused(directory, stored):
    await rule(stored, directory, Rule(1, 1, Target.LICENCE, "userType", Op.EXACT, "agent", ("qm",)), seats=5)
    operations = [
        {
            "method": "POST",
            "path": "/Users",
            "bulkId": name,
            "data": {"schemas": [USER], "userName": f"{name}@example.com", "userType": "agent"},
        }
        for name in "ab"
    ]
    answer = (await directory.call("POST", "/Bulk", {"schemas": [BULK], "Operations": operations}))[1]
    assert [each["status"] for each in answer["Operations"]] == ["201", "409"]
    assert "No seat is left" in answer["Operations"][1]["response"]["detail"]


async def test_two_at_once_for_the_last_seat(directory, stored):
    await rule(stored, directory, Rule(1, 1, Target.LICENCE, "userType", Op.EXACT, "agent", ("qm",)), seats=5)
    bodies = [{"schemas": [USER], "userName": f"{name}@example.com", "userType": "agent"} for name in "abcd"]
    answers = await asyncio.gather(*(directory.call("POST", "/Users", body) for body in bodies))
    assert sorted(status for status, _ in answers) == [201, 409, 409, 409]
    assert await taken(stored, directory) == 5


async def test_a_directory_and_a_hand_at_once_for_the_last_seat(directory, stored):
    await rule(stored, directory, Rule(1, 1, Target.LICENCE, "userType", Op.EXACT, "agent", ("qm",)), seats=5)
    world = directory.world

    async def by_hand() -> int:
        try:
            async with stored.writing(world.id) as session:
                await licensing.assign(session, system(world.id), user_id=world.users["seatless"])
        except NoSeatLeft:
            return 409
        return 201

    body = {"schemas": [USER], "userName": "a@example.com", "userType": "agent"}
    answers = await asyncio.gather(directory.call("POST", "/Users", body), by_hand())
    assert sorted([answers[0][0], answers[1]]) == [201, 409]
    assert await taken(stored, directory) == 5


@pytest.fixture
def statements(stored):
    """How many statements were sent to the database since it was last emptied."""
    sent: list[str] = []

    def note(connection, cursor, statement, *rest) -> None:
        sent.append(statement)

    event.listen(stored.app.sync_engine, "before_cursor_execute", note)
    yield sent
    event.remove(stored.app.sync_engine, "before_cursor_execute", note)


async def test_the_statements_do_not_grow_with_the_group(directory, stored, statements):
    """Neither to show it, nor to rename it where that gives everybody in it a seat and takes it back, nor where it means nothing."""
    await rule(stored, directory, SEATS, seats=100)
    storage = PostgresStorage(stored, system(directory.world.id), whole=False)
    kinds = {str(kind.name): kind for kind in PROVIDER.resource_types}
    counts, used = [], await taken(stored, directory)
    for size in (3, 30):
        ids = [await directory.add_user(f"{size}.{number}@example.com") for number in range(size)]
        group, count = await directory.add_group(f"Group of {size}", *ids), []
        for name, seats in (("other", 0), ("QM", size), ("third", 0)):
            statements.clear()
            with PROVIDER:
                renamed = model_of("Group").model_validate({"id": group, "displayName": name})
                await storage.patch_group(kinds["Group"], renamed, [], expected_version=None)
            count.append(len(statements))
            assert await taken(stored, directory) == used + seats
        statements.clear()
        await storage.get(kinds["Group"], group)
        count.append(len(statements))
        assert len((await directory.call("GET", f"/Groups/{group}"))[1]["members"]) == size
        counts.append(count)
    assert counts[0] == counts[1]
