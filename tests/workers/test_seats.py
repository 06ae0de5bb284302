"""What whoever runs the machine does to seats and people."""

from __future__ import annotations

import pytest

from backend.errors import Conflict, InvalidInput, NoSeatLeft
from backend.licensing import service as licensing
from workers.commands import seats
from workers.commands.accounts import NewUser, add_user
from workers.commands.seats import Bought, Person


async def rooms(database, world) -> list[tuple[str, str, str | None, int]]:
    async with database.reading(world.id) as session:
        return [(room.key, room.kind, room.bundled_with, room.seats) for room in await licensing.rooms_of(session, world.id)]


async def test_what_was_bought(db, world):
    async with db.writing(world.id) as session:
        await seats.set_licence(session, Bought(seats=12))
        await seats.set_licence(session, Bought("Suite", 3, "Telephony"))
        await seats.set_licence(session, Bought("suite", 4))
        await seats.set_licence(session, Bought("qm", 11))
        with pytest.raises(Conflict):
            await seats.set_licence(session, Bought(seats=3))
    assert await rooms(db, world) == [("qm", "single", None, 11), ("suite", "bundle", "Telephony", 4)]
    async with db.writing(world.id) as session:
        await seats.set_licence(session, Bought("Suite", remove=True))
        with pytest.raises(InvalidInput):
            await seats.set_licence(session, Bought("Suite", remove=True))
        with pytest.raises(Conflict, match="4 people"):
            await seats.set_licence(session, Bought(remove=True))
    assert await rooms(db, world) == [("qm", "single", None, 11)]


async def test_people_are_listed_with_seat_and_roles(db, world, monkeypatch):
    monkeypatch.setattr(seats, "LARGEST_PAGE", 2)
    async with db.reading(world.id) as session:
        found = {each["email"]: each for each in await seats.people(session, world.id)}
    assert len(found) == 5
    assert (found["supervisor@example.com"]["seat"], found["supervisor@example.com"]["roles"]) == ("qm", ["supervisor"])
    assert (found["seatless@example.com"]["seat"], found["admin@example.com"]["account_role"]) == (None, "owner")


async def test_a_person_with_seat_and_roles_or_nobody(db, world):
    async with db.writing(world.id) as session:
        await seats.set_licence(session, Bought(seats=5))
        await seats.add(session, Person("eva@example.com", "Eva", ("supervisor", "evaluator")), "hash")
        with pytest.raises(NoSeatLeft):
            await seats.add(session, Person("ute@example.com", "Ute"), "hash")
        await seats.add(session, Person("tom@example.com", "Tom", seat=False), "hash")
        found = {each["email"]: each for each in await seats.people(session, world.id)}
    assert found["eva@example.com"]["roles"] == ["evaluator", "supervisor"]
    assert (found["tom@example.com"]["seat"], found["tom@example.com"]["roles"]) == (None, [])


async def test_nobody_has_the_address(db, world):
    async with db.reading(world.id) as session:
        assert (await seats.person(session, world.id, "AGENT@example.com")).id == world.users["agent"]
        with pytest.raises(InvalidInput):
            await seats.person(session, world.id, "nobody@example.com")


async def test_the_demos_people_come_the_same_way(db, world):
    async with db.writing(world.id) as session:
        await add_user(session, NewUser("new@example.com", "New", "password", "evaluator"))
        with pytest.raises(InvalidInput):
            await add_user(session, NewUser("other@example.com", "Other", "password", "nonsense"))
        found = {each["email"]: each for each in await seats.people(session, world.id)}
    assert (found["new@example.com"]["seat"], found["new@example.com"]["roles"]) == ("qm", ["evaluator"])
