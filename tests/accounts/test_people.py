"""Making, changing and switching people off: the use cases that administrators, SAML and SCIM share."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from backend.accounts.tables import Agent, User
from backend.audit.tables import AuditEntry
from backend.authz.actions import AccountAction
from backend.authz.actor import Actor, system
from backend.clock import utc_now
from backend.errors import Conflict, InPersonOnly, InvalidInput, NoSeatLeft, NotFound, NotPermitted
from backend.identity.people import admission, service
from backend.identity.people.admission import Asked
from backend.identity.people.service import Changes, NewPerson
from backend.identity.tables import IdentitySettings, SecondFactor, Session
from backend.licensing import licences
from backend.licensing.tables import Seat, SeatEvent
from backend.roles.tables import UserRole
from tests.api.seed import open_session


def as_(world, person: str, account_role: str = "owner") -> Actor:
    return Actor(world.id, world.users[person], account_role=account_role)


async def rows(database, world, table, **where):
    async with database.reading(world.id) as session:
        found = (await session.execute(select(table))).scalars().all()
    return [row for row in found if all(getattr(row, name) == value for name, value in where.items())]


async def make(database, world, name: str, **given) -> int:
    async with database.writing(world.id) as session:
        return (await service.create(session, system(world.id), NewPerson(f"{name}@example.com", name, **given))).id


async def test_a_new_person_is_linked_to_the_agent_of_their_address(db, world):
    async with db.writing(world.id) as session:
        user = await service.create(session, as_(world, "admin"), NewPerson("South@Example.com", "  Sue ", source="scim"))
    assert (user.name, user.source, user.account_role, user.active) == ("Sue", "scim", "member", True)
    (agent,) = await rows(db, world, Agent, external_id="ext-south")
    assert agent.user_id == user.id
    (entry,) = await rows(db, world, AuditEntry, action="user.create")
    assert entry.detail["email"] == "South@Example.com"


@pytest.mark.parametrize(
    ("email", "name", "pointer"),
    [
        ("nobody", "N", "/input/email"),
        ("ADMIN@example.com", "N", "/input/email"),
        (f"{'x' * 250}@example.com", "N", "/input/email"),
        ("n@example.com", " ", "/input/name"),
        ("n@example.com", "a\nb", "/input/name"),
        ("n@example.com", "x" * 201, "/input/name"),
    ],
)
async def test_what_is_no_person(db, world, email, name, pointer):
    async with db.writing(world.id) as session:
        with pytest.raises(InvalidInput) as refusal:
            await service.create(session, as_(world, "admin"), NewPerson(email, name))
    assert refusal.value.pointer == pointer


async def test_two_at_once_for_one_address(fresh_db, new_account):
    world = await new_account(fresh_db)
    results = await asyncio.gather(*(make(fresh_db, world, "twin") for _ in range(2)), return_exceptions=True)
    assert [type(result) for result in results].count(InvalidInput) == 1


async def test_a_seat_comes_with_the_role_of_an_agent_where_there_is_none(db, world):
    person = await make(db, world, "new")
    async with db.writing(world.id) as session:
        await service.give_seat(session, system(world.id), user_id=person, source="scim")
        await service.give_seat(session, system(world.id), user_id=world.users["seatless"], source="scim")
    assert [(row.role, row.source) for row in await rows(db, world, UserRole, user_id=person)] == [("agent", "scim")]
    assert [row.role for row in await rows(db, world, UserRole, user_id=world.users["seatless"])] == ["admin"]


async def test_without_a_seat_left_there_is_no_role_either(db, world):
    person = await make(db, world, "new")
    async with db.writing(world.id) as session:
        await licences.set_seats(session, as_(world, "admin"), key="qm", seats=4)
        with pytest.raises(NoSeatLeft):
            await service.give_seat(session, system(world.id), user_id=person)
    assert await rows(db, world, UserRole, user_id=person) == []


async def test_whoever_is_switched_off_loses_seat_and_sessions_at_once(db, world):
    agent = world.users["agent"]
    await open_session(db, world, "agent", now=utc_now(), expires_in=timedelta(hours=1))
    async with db.writing(world.id) as session:
        user = await service.change(session, as_(world, "admin"), user_id=agent, changes=Changes(active=False), source="scim")
    assert not user.active
    assert await rows(db, world, Seat, user_id=agent) == []
    assert await rows(db, world, Session, user_id=agent) == []
    (event,) = await rows(db, world, SeatEvent, user_id=agent)
    assert (event.change, event.source, event.reason, event.actor_id) == ("released", "scim", "deactivated", world.users["admin"])
    assert {entry.action for entry in await rows(db, world, AuditEntry)} >= {"user.deactivate", "seat.release"}
    async with db.writing(world.id) as session:
        await service.change(session, as_(world, "admin"), user_id=agent, changes=Changes(active=True))
    assert await rows(db, world, Seat, user_id=agent) == []
    assert [row.role for row in await rows(db, world, UserRole, user_id=agent)] == ["agent"], "roles stay"


@pytest.mark.parametrize("changes", [Changes(active=False), Changes(account_role="admin")])
async def test_the_last_owner_stays(db, world, changes):
    async with db.writing(world.id) as session:
        with pytest.raises(Conflict, match="last owner"):
            await service.change(session, system(world.id), user_id=world.users["admin"], changes=changes)
    await make(db, world, "second", account_role="owner")
    async with db.writing(world.id) as session:
        await service.change(session, system(world.id), user_id=world.users["admin"], changes=changes)


async def test_an_owner_who_is_switched_off_does_not_count(db, world):
    second = await make(db, world, "second", account_role="owner")
    async with db.writing(world.id) as session:
        await service.change(session, system(world.id), user_id=second, changes=Changes(active=False))
        with pytest.raises(Conflict):
            await service.change(session, system(world.id), user_id=world.users["admin"], changes=Changes(account_role="member"))


async def test_two_owners_cannot_unmake_each_other_at_once(fresh_db, new_account):
    world = await new_account(fresh_db)
    second = await make(fresh_db, world, "second", account_role="owner")

    async def unmake(user_id: int) -> None:
        async with fresh_db.writing(world.id) as session:
            await service.change(session, system(world.id), user_id=user_id, changes=Changes(account_role="member"))
            await asyncio.sleep(0.03)

    results = await asyncio.gather(unmake(world.users["admin"]), unmake(second), return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["Conflict", "NoneType"]
    assert len(await rows(fresh_db, world, User, account_role="owner", active=True)) == 1


@pytest.mark.parametrize("changes", [Changes(account_role="admin"), Changes(email="x@example.com"), Changes(active=False)])
async def test_only_owners_change_an_owner(db, world, changes):
    async with db.writing(world.id) as session:
        with pytest.raises(NotPermitted) as refusal:
            await service.change(session, as_(world, "agent", "admin"), user_id=world.users["admin"], changes=changes)
    assert refusal.value.permission == "account.owner"


async def test_only_owners_make_owners_and_nobody_gives_what_they_lack(db, world):
    admin = as_(world, "agent", "admin")
    token = admin.limited(None, [AccountAction.USERS_EDIT])
    async with db.writing(world.id) as session:
        for account_role in ("owner", "admin"):
            actor = admin if account_role == "owner" else token
            with pytest.raises(NotPermitted):
                await service.create(session, actor, NewPerson("n@example.com", "N", account_role=account_role))
            with pytest.raises(NotPermitted):
                await service.change(session, actor, user_id=world.users["evaluator"], changes=Changes(account_role=account_role))
        made = await service.change(session, admin, user_id=world.users["evaluator"], changes=Changes(account_role="admin"))
        assert made.account_role == "admin"
        with pytest.raises(NotPermitted):
            await service.set_password(session, token, user_id=made.id, password_hash="x")
        with pytest.raises(NotPermitted):
            await service.set_password(session, admin, user_id=world.users["admin"], password_hash="x")


async def test_a_token_makes_people_without_a_password(db, world):
    token = replace(as_(world, "admin"), token_id=7)
    with pytest.raises(InPersonOnly):
        await admission.admit(lambda: db.writing(world.id), token, Asked("n@example.com", "N", password="four words in a row"))
    admitted = await admission.admit(lambda: db.writing(world.id), token, Asked("n@example.com", "N", seat=True))
    assert (admitted.password, admitted.user.password_hash) == (None, None)


@pytest.mark.parametrize("changes", [Changes(active=False), Changes(account_role="admin")])
async def test_an_owner_stays_who_gets_in_past_the_providers(db, world, changes):
    await make(db, world, "second", account_role="owner")
    first, now = world.users["admin"], utc_now()
    async with db.writing(world.id) as session:
        (await session.get(User, (world.id, first))).password_hash = "hash"
        session.add(IdentitySettings(account_id=world.id, password_sign_in=False, updated_at=now))
        session.add(SecondFactor(account_id=world.id, user_id=first, secret=b"", last_step=0, created_at=now, confirmed_at=now))
    with pytest.raises(Conflict, match="way in"):
        async with db.writing(world.id) as session:
            await service.change(session, system(world.id), user_id=first, changes=changes)
    assert [row.account_role for row in await rows(db, world, User, id=first, active=True)] == ["owner"]


async def test_a_form_that_sends_what_is_there_changes_nothing(db, world):
    same = Changes(name="Admin", email="admin@example.com", account_role="owner", active=True)
    async with db.writing(world.id) as session:
        await service.change(session, as_(world, "agent", "admin"), user_id=world.users["admin"], changes=same)
    assert await rows(db, world, AuditEntry) == []


async def test_a_new_password_ends_the_sessions(db, world):
    await open_session(db, world, "agent", now=utc_now(), expires_in=timedelta(hours=1))
    async with db.writing(world.id) as session:
        user = await service.set_password(session, as_(world, "admin"), user_id=world.users["agent"], password_hash="hash")
    assert user.password_hash == "hash"
    assert await rows(db, world, Session) == []


async def test_the_agent_that_a_person_is(db, world, new_account):
    north, south, owner = world.agents["north"], world.agents["south"], as_(world, "admin")
    other = await new_account(db)
    async with db.writing(world.id) as session:
        with pytest.raises(Conflict, match="another person"):
            await service.change(session, owner, user_id=world.users["evaluator"], changes=Changes(agent_id=north))
        with pytest.raises(NotFound):
            await service.change(session, owner, user_id=world.users["evaluator"], changes=Changes(agent_id=other.agents["north"]))
        await service.change(session, owner, user_id=world.users["agent"], changes=Changes(agent_id=south))
    assert {row.id: row.user_id for row in await rows(db, world, Agent)} == {north: None, south: world.users["agent"]}
    async with db.writing(world.id) as session:
        await service.change(session, owner, user_id=world.users["agent"], changes=Changes(agent_id=None))
    assert {row.user_id for row in await rows(db, world, Agent)} == {None}


async def test_a_person_of_another_account_is_not_there(db, world, new_account):
    other = await new_account(db)
    async with db.writing(world.id) as session:
        for user_id in (other.users["agent"], 10**12):
            with pytest.raises(NotFound):
                await service.change(session, system(world.id), user_id=user_id, changes=Changes(name="X"))
    found = await rows(db, other, User, id=other.users["agent"])
    assert [row.name for row in found] == ["Agent"]
