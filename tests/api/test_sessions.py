"""Where people are signed in: listed, ended, and changed passwords."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from backend.accounts.tables import User
from backend.clock import utc_now
from backend.graphql.ids import global_id
from backend.identity.tables import Session
from tests.api.codes import PASSWORD
from tests.api.seed import open_session

MINE = "{ mySessions { id current method address userAgent createdAt seenAt expiresAt } }"
THEIRS = "query ($id: ID!) { userSessions(userId: $id) { id current } }"
REVOKE = "mutation ($id: ID!) { revokeSession(id: $id) { __typename ... on RevokeSessionPayload { id } } }"
OTHERS = "mutation { revokeOtherSessions { ... on RevokeOtherSessionsPayload { ended } } }"
OF_USER = """mutation ($id: ID!) { revokeUserSessions(userId: $id) { __typename ... on RevokeUserSessionsPayload { ended }
  ... on NotPermitted { permission } } }"""
CHANGE = """mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { __typename
  ... on ChangePasswordPayload { viewer { hasPassword } } ... on InvalidInput { pointer value } ... on Conflict { message } } }"""
SIGN_IN = "mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }"
WHO = "{ viewer { name accountRole accountPermissions hasPassword twoFactor seatRefusal } }"
OLD, NEW = PASSWORD, "seven quiet lamps"


async def ids_of(client) -> list[str]:
    return [row["id"] for row in (await client.ask(MINE))["mySessions"]]


async def test_a_person_sees_their_own_sessions(db, world, as_person):
    client, other = [await as_person(world, "agent") for _ in range(2)]
    await as_person(world, "admin")
    await open_session(db, world, "agent", now=utc_now() - timedelta(hours=2), expires_in=timedelta(hours=1))
    rows = (await client.ask(MINE))["mySessions"]
    assert [row["current"] for row in rows].count(True) == 1
    assert len(rows) == 2, "neither another person's nor what has expired"
    assert {row["method"] for row in rows} == {"password"}
    current = next(row["id"] for row in rows if row["current"])
    assert next(row["id"] for row in (await other.ask(MINE))["mySessions"] if row["current"]) != current


async def test_ending_one_ends_it_at_once(world, as_person):
    client, lost = [await as_person(world, "agent") for _ in range(2)]
    theirs = next(row["id"] for row in (await lost.ask(MINE))["mySessions"] if row["current"])
    assert (await client.ask(REVOKE, id=theirs))["revokeSession"] == {"__typename": "RevokeSessionPayload", "id": theirs}
    assert (await lost.ask(WHO))["viewer"] is None
    assert theirs not in await ids_of(client)
    assert (await client.ask(REVOKE, id=theirs))["revokeSession"]["__typename"] == "NotFound"


async def test_ending_all_others_keeps_this_one(world, as_person):
    client, *others = [await as_person(world, "agent") for _ in range(3)]
    assert (await client.ask(OTHERS))["revokeOtherSessions"] == {"ended": 2}
    assert (await client.ask(WHO))["viewer"] is not None
    assert [(await other.ask(WHO))["viewer"] for other in others] == [None, None]


async def test_who_manages_people_sees_and_ends_theirs(world, as_person, new_account, db):
    client, admin, peer = await as_person(world, "agent"), await as_person(world, "admin"), await as_person(world, "supervisor")
    id = global_id("User", world.users["agent"])
    (row,) = (await admin.ask(THEIRS, id=id))["userSessions"]
    assert row["current"] is False
    assert (await peer.refused(THEIRS, id=id))["extensions"]["code"] == "not_permitted"
    assert (await peer.ask(REVOKE, id=row["id"]))["revokeSession"]["__typename"] == "NotFound"
    assert (await peer.ask(OF_USER, id=id))["revokeUserSessions"] == {"__typename": "NotPermitted", "permission": "account.users"}
    stranger = await as_person(await new_account(db), "admin")
    assert (await stranger.ask(REVOKE, id=row["id"]))["revokeSession"]["__typename"] == "NotFound"
    assert (await stranger.ask(OF_USER, id=id))["revokeUserSessions"]["__typename"] == "NotFound"
    assert (await stranger.refused(THEIRS, id=id))["extensions"]["code"] == "not_found"
    assert (await client.ask(WHO))["viewer"] is not None
    assert (await admin.ask(OF_USER, id=id))["revokeUserSessions"]["ended"] == 1
    assert (await client.ask(WHO))["viewer"] is None


async def test_an_administrator_does_not_end_an_owners(db, world, as_person):
    owner, admin = await as_person(world, "admin"), await as_person(world, "supervisor")
    async with db.writing(world.id) as session:
        await session.execute(update(User).where(col(User.id) == world.users["supervisor"]).values(account_role="admin"))
    id = global_id("User", world.users["admin"])
    assert (await admin.ask(OF_USER, id=id))["revokeUserSessions"]["permission"] == "account.owner"
    (row,) = await ids_of(owner)
    assert (await admin.ask(REVOKE, id=row))["revokeSession"]["__typename"] == "NotPermitted"


async def test_a_changed_password_ends_other_sessions(db, world, as_person, nobody, password):
    client, elsewhere = [await as_person(world, "agent") for _ in range(2)]
    before = client.http.cookies["assay"]
    found = (await client.ask(CHANGE, input={"old": OLD, "new": NEW}))["changePassword"]
    assert found == {"__typename": "ChangePasswordPayload", "viewer": {"hasPassword": True}}
    assert client.http.cookies["assay"] != before
    assert (await elsewhere.ask(WHO))["viewer"] is None
    given = {"account": world.slug, "email": "agent@example.com"}
    assert (await nobody.ask(SIGN_IN, input={**given, "password": OLD}))["signIn"]["__typename"] == "SignInRefused"
    assert (await nobody.ask(SIGN_IN, input={**given, "password": NEW}))["signIn"]["__typename"] == "SignInPayload"


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"old": "wrong", "new": NEW}, "/input/old"),
        ({"old": "x" * 5_000, "new": NEW}, "/input/old"),
        ({"old": OLD, "new": OLD}, "/input/new"),
        ({"old": OLD, "new": "short"}, "/input/new"),
        ({"old": OLD, "new": "password1234"}, "/input/new"),
        ({"old": OLD, "new": "agent@example.com"}, "/input/new"),
    ],
)
async def test_a_password_that_is_not_taken_changes_nothing(world, as_person, password, change, pointer):
    client, elsewhere = [await as_person(world, "agent") for _ in range(2)]
    assert (await client.ask(CHANGE, input=change))["changePassword"] == {"__typename": "InvalidInput", "pointer": pointer, "value": None}
    assert (await elsewhere.ask(WHO))["viewer"] is not None


async def test_who_has_no_password_has_none_to_change(world, as_person):
    client = await as_person(world, "agent")
    assert "your organisation" in (await client.ask(CHANGE, input={"old": "", "new": NEW}))["changePassword"]["message"]


async def test_guesses_at_the_old_password_have_to_wait(world, as_person, password, limiter):
    client = await as_person(world, "agent")
    limiter.counts[f"password:{world.id}:{world.users['agent']}"] = 10
    assert "Too many attempts" in (await client.ask(CHANGE, input={"old": OLD, "new": NEW}))["changePassword"]["message"]


async def test_what_the_viewer_is_told_of_themselves(db, world, as_person):
    owner = (await (await as_person(world, "admin")).ask(WHO))["viewer"]
    assert owner["accountRole"] == "OWNER"
    assert "account.users" in owner["accountPermissions"]
    agent = (await (await as_person(world, "agent")).ask(WHO))["viewer"]
    assert agent == {
        "name": "Agent", "accountRole": "MEMBER", "accountPermissions": [], "hasPassword": False, "twoFactor": False, "seatRefusal": None,
    }  # fmt: skip


async def test_a_use_is_noted_for_the_session_and_the_person(db, world, nobody):
    begin = utc_now() - timedelta(hours=1)
    token = await open_session(db, world, "agent", now=begin, expires_in=timedelta(hours=5))
    nobody.http.cookies.set("assay", token, domain="assay.test")
    await nobody.ask(WHO)
    async with db.reading(world.id) as session:
        seen = await session.scalar(select(col(Session.seen_at)))
        person = await session.scalar(select(col(User.last_seen_at)).where(col(User.id) == world.users["agent"]))
    assert seen == person
    assert seen > begin
