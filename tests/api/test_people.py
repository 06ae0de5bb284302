"""People, seats and licences over GraphQL."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from backend.accounts.tables import User
from backend.audit.tables import AuditEntry
from backend.clock import utc_now
from backend.graphql.ids import global_id
from backend.licensing.tables import Licence, SeatEvent
from tests.api.test_reading import statements

USERS = """
query ($filter: UserFilter, $first: Int, $after: String, $last: Int, $before: String) {
  users(filter: $filter, first: $first, after: $after, last: $last, before: $before) { totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { name email accountRole active source
      seat { source assignedAt assignedBy { name } licence { key seats used } } agent { name team { name } } supervises { name } } } } }
"""
CREATE = """
mutation ($input: CreateUserInput!) { createUser(input: $input) { __typename
  ... on CreateUserPayload { password user { id name accountRole seat { licence { key } assignedBy { email } } } }
  ... on InvalidInput { pointer } ... on NoSeatLeft { licence seats used message } ... on NotPermitted { permission } } }
"""
UPDATE = """
mutation ($input: UpdateUserInput!) { updateUser(input: $input) { __typename
  ... on UpdateUserPayload { user { name accountRole active seat { source } agent { name } } }
  ... on InvalidInput { pointer } ... on NotPermitted { permission } ... on Conflict { message } } }
"""
ASSIGN = """
mutation ($input: AssignSeatInput!) { assignSeat(input: $input) { __typename
  ... on AssignSeatPayload { user { seat { source licence { name } } } usage { seats used } } ... on NoSeatLeft { seats used } } }
"""
RELEASE = """
mutation ($id: ID!) { releaseSeat(userId: $id) { __typename ... on ReleaseSeatPayload { user { seat { source } } usage { used } } } }
"""
HISTORY = """
query ($user: ID, $first: Int, $after: String) { seatHistory(userId: $user, first: $first, after: $after) {
  pageInfo { hasNextPage endCursor } edges { node { change source reason user { name } by { name } licence { name } } } } }
"""


def person(world, name: str) -> str:
    return global_id("User", world.users[name])


def names(found) -> list[str]:
    return [edge["node"]["name"] for edge in found["edges"]]


async def add_people(db, world, *wanted: str) -> None:
    async with db.writing(world.id) as session:
        session.add_all(
            [User(account_id=world.id, email=f"{n}@more.example", name=name, created_at=utc_now()) for n, name in enumerate(wanted)]
        )


async def test_people_stand_by_name_with_what_they_are(world, as_person):
    found = (await (await as_person(world, "admin")).ask(USERS))["users"]
    assert found["totalCount"] == 5
    assert names(found) == ["Admin", "Agent", "Evaluator", "Seatless", "Supervisor"]
    nodes = {edge["node"]["name"]: edge["node"] for edge in found["edges"]}
    assert nodes["Seatless"]["seat"] is None
    assert nodes["Agent"]["seat"]["licence"] == {"key": "qm", "seats": 10, "used": 4}
    assert nodes["Agent"]["agent"] == {"name": "north agent", "team": {"name": "north"}}
    assert nodes["Supervisor"]["supervises"] == [{"name": "north"}]
    assert (nodes["Admin"]["accountRole"], nodes["Agent"]["accountRole"], nodes["Agent"]["source"]) == ("OWNER", "MEMBER", "MANUAL")


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        ({"text": "sea"}, ["Seatless"]),
        ({"text": "EVALUATOR@"}, ["Evaluator"]),
        ({"text": "%"}, []),
        ({"text": "\x00"}, ["Admin", "Agent", "Evaluator", "Seatless", "Supervisor"]),
        ({"seat": False}, ["Seatless"]),
        ({"seat": True, "active": True}, ["Admin", "Agent", "Evaluator", "Supervisor"]),
        ({"active": False}, []),
        ({"role": "admin"}, ["Admin", "Seatless"]),
        ({"team": "north"}, ["Agent", "Supervisor"]),
        ({"team": "nonsense"}, []),
        ({"source": "SCIM"}, []),
    ],
    ids=str,
)
async def test_filters(world, as_person, filter, expected):
    asked = {**filter, "team": global_id("Team", world.teams["north"])} if filter.get("team") == "north" else filter
    found = (await (await as_person(world, "admin")).ask(USERS, filter=asked))["users"]
    assert names(found) == expected
    assert found["totalCount"] == len(expected)


async def test_pages_meet_without_gap_whichever_way(db, world, as_person):
    await add_people(db, world, "admin", "İlkay", "ilkay", "Öykü", "Zoë", "Agent", "agent")
    client = await as_person(world, "admin")
    whole = names((await client.ask(USERS))["users"])
    assert len(whole) == 12
    forth, after = [], None
    while True:
        page = (await client.ask(USERS, first=5, after=after))["users"]
        forth += names(page)
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    back, before = [], None
    while True:
        page = (await client.ask(USERS, last=5, before=before))["users"]
        back = names(page) + back
        before = page["pageInfo"]["startCursor"]
        if not page["pageInfo"]["hasPreviousPage"]:
            break
    assert forth == back == whole


@pytest.mark.parametrize("cursor", ["nonsense", "WyJhIl0", "WyJhIiwiYiJd", "WyJhXHUwMDAwIiwxXQ", "WzEsMV0"])
async def test_a_cursor_of_another_list_is_refused(world, as_person, cursor):
    refused = await (await as_person(world, "admin")).refused(USERS, after=cursor)
    assert refused["extensions"] == {"code": "invalid_input", "pointer": "/after"}


async def test_more_people_take_no_more_statements(db, world, as_person):
    client = await as_person(world, "admin")
    counts = []
    for number in (2, 12):
        with statements(db) as seen:
            found = (await client.ask(USERS, first=number))["users"]
        counts.append(len(seen))
        assert len(found["edges"]) == min(number, 5)
    await add_people(db, world, *(f"Person {n}" for n in range(40)))
    with statements(db) as seen:
        assert len((await client.ask(USERS, first=45))["users"]["edges"]) == 45
    assert {*counts, len(seen)} == {counts[0]}


async def test_a_new_person_gets_password_seat_and_role_at_once(db, world, as_person):
    given = {"email": "new@example.com", "name": "New", "seat": True}
    found = (await (await as_person(world, "admin")).ask(CREATE, input=given))["createUser"]
    assert found["user"]["seat"] == {"licence": {"key": "qm"}, "assignedBy": {"email": "admin@example.com"}}
    assert len(found["password"]) > 20
    async with db.reading(world.id) as session:
        row = (await session.execute(select(User).where(col(User.email) == "new@example.com"))).scalar_one()
        entries = (await session.execute(select(AuditEntry))).scalars().all()
    assert row.password_hash.startswith("$argon2id$")
    assert {entry.action for entry in entries} >= {"user.create", "seat.assign"}
    assert {entry.address for entry in entries} == {"127.0.0.1"}
    assert found["password"] not in str([entry.detail for entry in entries])


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"email": "nobody"}, "/input/email"),
        ({"email": "agent@example.com"}, "/input/email"),
        ({"name": ""}, "/input/name"),
        ({"password": "short"}, "/input/password"),
        ({"roles": ["nonsense"]}, "/input/roles/0"),
    ],
    ids=str,
)
async def test_what_is_refused_makes_nobody(db, world, as_person, given, pointer):
    client = await as_person(world, "admin")
    found = (await client.ask(CREATE, input={"email": "new@example.com", "name": "New", **given}))["createUser"]
    assert found == {"__typename": "InvalidInput", "pointer": pointer}
    assert (await client.ask(USERS))["users"]["totalCount"] == 5


async def test_the_seat_too_many_makes_nobody_and_stays_in_the_history(db, world, as_person):
    async with db.writing(world.id) as session:
        await session.execute(update(Licence).values(seats=4))
    client = await as_person(world, "admin")
    found = (await client.ask(CREATE, input={"email": "new@example.com", "name": "New", "seat": True}))["createUser"]
    assert (found["licence"], found["seats"], found["used"]) == ("Quality Management", 4, 4)
    assert (await client.ask(USERS))["users"]["totalCount"] == 5
    assert (await client.ask(ASSIGN, input={"userId": person(world, "seatless")}))["assignSeat"] == {
        "__typename": "NoSeatLeft", "seats": 4, "used": 4,
    }  # fmt: skip
    edges = (await client.ask(HISTORY))["seatHistory"]["edges"]
    assert [(edge["node"]["change"], edge["node"]["user"], edge["node"]["by"]["name"]) for edge in edges] == [
        ("REFUSED", {"name": "Seatless"}, "Admin"),
        ("REFUSED", None, "Admin"),
    ]
    assert edges[1]["node"]["reason"].startswith("new@example.com: ")


async def test_a_seat_is_assigned_and_released(world, as_person):
    client = await as_person(world, "admin")
    given = {"userId": person(world, "seatless"), "licence": global_id("Licence", world.licence)}
    found = (await client.ask(ASSIGN, input=given))["assignSeat"]
    assert found["user"] == {"seat": {"source": "MANUAL", "licence": {"name": "Quality Management"}}}
    assert found["usage"] == {"seats": 10, "used": 5}
    assert (await client.ask(RELEASE, id=person(world, "seatless")))["releaseSeat"] == {
        "__typename": "ReleaseSeatPayload", "user": {"seat": None}, "usage": {"used": 4},
    }  # fmt: skip
    for given in ({"userId": "nonsense"}, {"userId": person(world, "agent"), "licence": global_id("Licence", 10**9)}):
        assert (await client.ask(ASSIGN, input=given))["assignSeat"]["__typename"] == "NotFound"


async def test_the_history_is_paged_and_one_persons(db, world, as_person):
    client = await as_person(world, "admin")
    for _ in range(2):
        await client.ask(ASSIGN, input={"userId": person(world, "seatless")})
        await client.ask(RELEASE, id=person(world, "seatless"))
    await client.ask(RELEASE, id=person(world, "agent"))
    first = (await client.ask(HISTORY, first=3))["seatHistory"]
    rest = (await client.ask(HISTORY, first=3, after=first["pageInfo"]["endCursor"]))["seatHistory"]
    assert [edge["node"]["change"] for edge in first["edges"] + rest["edges"]] == [
        "RELEASED",
        "RELEASED",
        "ASSIGNED",
        "RELEASED",
        "ASSIGNED",
    ]
    assert (first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)
    assert len((await client.ask(HISTORY, user=person(world, "agent")))["seatHistory"]["edges"]) == 1
    assert (await client.ask(HISTORY, user="nonsense"))["seatHistory"]["edges"] == []
    async with db.reading(world.id) as session:
        assert len((await session.execute(select(SeatEvent))).all()) == 5


async def test_usage_by_licence_team_and_source(world, as_person):
    query = "{ seatUsage { seats used licences { key used } byTeam { team { name } used } bySource { source used } } }"
    assert (await (await as_person(world, "admin")).ask(query))["seatUsage"] == {
        "seats": 10,
        "used": 4,
        "licences": [{"key": "qm", "used": 4}],
        "byTeam": [{"team": {"name": "north"}, "used": 1}, {"team": None, "used": 3}],
        "bySource": [{"source": "MANUAL", "used": 4}, {"source": "SAML", "used": 0}, {"source": "SCIM", "used": 0}],
    }


async def test_switched_off_is_out_at_once(world, as_person):
    client, agent = await as_person(world, "admin"), await as_person(world, "agent")
    found = (await client.ask(UPDATE, input={"id": person(world, "agent"), "active": False}))["updateUser"]
    assert found["user"] == {"name": "Agent", "accountRole": "MEMBER", "active": False, "seat": None, "agent": {"name": "north agent"}}
    assert (await agent.ask("{ viewer { name } }"))["viewer"] is None


async def test_what_is_left_out_stays_and_null_takes_the_agent_away(world, as_person):
    client = await as_person(world, "admin")
    renamed = (await client.ask(UPDATE, input={"id": person(world, "agent"), "name": "Priya"}))["updateUser"]["user"]
    assert (renamed["name"], renamed["agent"]) == ("Priya", {"name": "north agent"})
    assert (await client.ask(UPDATE, input={"id": person(world, "agent"), "agentId": None}))["updateUser"]["user"]["agent"] is None
    again = {"id": person(world, "agent"), "agentId": global_id("Agent", world.agents["south"])}
    assert (await client.ask(UPDATE, input=again))["updateUser"]["user"]["agent"] == {"name": "south agent"}


async def test_the_last_owner_cannot_leave(world, as_person):
    client = await as_person(world, "admin")
    for change in ({"active": False}, {"accountRole": "ADMIN"}):
        found = (await client.ask(UPDATE, input={"id": person(world, "admin"), **change}))["updateUser"]
        assert found["__typename"] == "Conflict", change


async def test_a_reset_password_signs_in(world, as_person, nobody):
    client = await as_person(world, "admin")
    query = "mutation ($id: ID!) { resetPassword(id: $id) { ... on ResetPasswordPayload { password user { name } } } }"
    password = (await client.ask(query, id=person(world, "agent")))["resetPassword"]["password"]
    given = {"account": world.slug, "email": "agent@example.com", "password": password}
    sign_in = "mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }"
    assert (await nobody.ask(sign_in, input=given))["signIn"] == {"__typename": "SignInPayload"}


async def test_licences_are_the_owners_affair(db, world, as_person):
    query = """mutation ($input: SetLicenceInput!) { setLicence(input: $input) { __typename ... on NotPermitted { permission }
      ... on SetLicencePayload { licence { id key } usage { seats licences { key kind bundledWith seats } } }
      ... on InvalidInput { pointer } ... on Conflict { message } } }"""
    client = await as_person(world, "admin")
    suite = {"name": "Suite", "kind": "BUNDLE", "bundledWith": "Telephony", "seats": 3}
    made = (await client.ask(query, input=suite))["setLicence"]
    assert made["usage"]["seats"] == 13
    assert made["usage"]["licences"][1] == {"key": "suite", "kind": "BUNDLE", "bundledWith": "Telephony", "seats": 3}
    few = {"id": global_id("Licence", world.licence), "name": "Quality Management", "kind": "SINGLE", "seats": 3}
    assert "4 seats" in (await client.ask(query, input=few))["setLicence"]["message"]
    for wrong, pointer in (({"seats": -1}, "seats"), ({"name": " "}, "name"), ({"bundledWith": None}, "bundledWith")):
        assert (await client.ask(query, input={**suite, "name": "Other", **wrong}))["setLicence"]["pointer"] == f"/input/{pointer}"
    remove = "mutation ($id: ID!) { removeLicence(id: $id) { __typename ... on RemoveLicencePayload { usage { seats } } } }"
    assert (await client.ask(remove, id=few["id"]))["removeLicence"]["__typename"] == "Conflict"
    assert (await client.ask(remove, id=made["licence"]["id"]))["removeLicence"]["usage"] == {"seats": 10}
    async with db.writing(world.id) as session:
        await session.execute(update(User).where(col(User.id) == world.users["evaluator"]).values(account_role="admin"))
    admin = await as_person(world, "evaluator")
    assert (await admin.ask(query, input=suite))["setLicence"] == {"__typename": "NotPermitted", "permission": "account.owner"}
    assert (await admin.ask(remove, id=few["id"]))["removeLicence"]["__typename"] == "NotPermitted"
