"""One rule for seats, whichever way they are assigned."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from backend.accounts.tables import User
from backend.audit.tables import AuditEntry
from backend.authz.actor import Actor, system
from backend.errors import Conflict, InvalidInput, NoSeatLeft, NotFound
from backend.licensing import licences, service
from backend.licensing.licences import Bought
from backend.licensing.tables import Licence, Seat, SeatEvent


def owner(world) -> Actor:
    return Actor(world.id, world.users["admin"], account_role="owner")


async def seats_are(database, world, number: int) -> None:
    """So many were bought."""
    async with database.writing(world.id) as session:
        await session.execute(update(Licence).where(col(Licence.account_id) == world.id).values(seats=number))


async def held(database, world) -> set[int]:
    async with database.reading(world.id) as session:
        return set((await session.execute(select(col(Seat.user_id)).where(col(Seat.account_id) == world.id))).scalars())


async def history(database, world) -> list[tuple[str, int | None, str, str | None]]:
    async with database.reading(world.id) as session:
        rows = (await session.execute(select(SeatEvent).order_by(col(SeatEvent.id)))).scalars()
        return [(row.change, row.user_id, row.source, row.reason) for row in rows]


async def test_a_seat_is_given_and_told(db, world):
    async with db.writing(world.id) as session:
        seat = await service.assign(session, owner(world), user_id=world.users["seatless"], source="scim")
    assert (seat.licence_id, seat.source, seat.assigned_by) == (world.licence, "scim", world.users["admin"])
    assert await history(db, world) == [("assigned", world.users["seatless"], "scim", None)]
    async with db.reading(world.id) as session:
        entry = (await session.execute(select(AuditEntry))).scalars().one()
    assert (entry.action, entry.object_id, entry.detail) == ("seat.assign", seat.user_id, {"licence": "qm", "source": "scim"})


async def test_the_one_too_many_is_refused_and_the_refusal_stays(db, world):
    await seats_are(db, world, 4)
    async with db.writing(world.id) as session:
        with pytest.raises(NoSeatLeft) as refusal:
            await service.assign(session, owner(world), user_id=world.users["seatless"], source="saml")
    assert (refusal.value.licence, refusal.value.seats, refusal.value.used) == ("Quality Management", 4, 4)
    assert world.users["seatless"] not in await held(db, world)
    assert await history(db, world) == [("refused", world.users["seatless"], "saml", refusal.value.message)]


async def test_a_seat_that_is_held_stays_as_it_is(db, world):
    await seats_are(db, world, 4)
    async with db.writing(world.id) as session:
        seat = await service.assign(session, owner(world), user_id=world.users["agent"], source="saml")
        same = await service.assign(session, owner(world), user_id=world.users["agent"], licence_key="qm", source="saml")
    assert seat.source == same.source == "manual"
    assert await history(db, world) == []


async def test_a_released_seat_is_free_for_the_next(db, world):
    await seats_are(db, world, 4)
    async with db.writing(world.id) as session:
        assert await service.release(session, owner(world), user_id=world.users["agent"], reason="deactivated")
        assert not await service.release(session, owner(world), user_id=world.users["agent"])
        await service.assign(session, owner(world), user_id=world.users["seatless"])
    assert await held(db, world) == {world.users[name] for name in ("admin", "supervisor", "evaluator", "seatless")}
    assert [change for change, *_ in await history(db, world)] == ["released", "assigned"]


async def test_without_a_licence_there_is_no_seat(db, world):
    async with db.writing(world.id) as session:
        await session.execute(Seat.__table__.delete().where(col(Seat.account_id) == world.id))
        await licences.remove_licence(session, owner(world), licence_id=world.licence)
        with pytest.raises(NoSeatLeft):
            await service.assign(session, owner(world), user_id=world.users["seatless"])


async def test_bundles_are_taken_after_singles_and_count(db, world):
    await seats_are(db, world, 5)
    async with db.writing(world.id) as session:
        bundle = await licences.set_licence(session, owner(world), Bought("Suite", 1, "bundle", "Telephony"))
        people = [User(account_id=world.id, email=f"p{n}@example.com", name=f"P{n}", created_at=bundle.created_at) for n in range(2)]
        session.add_all(people)
        await session.flush()
        first = await service.assign(session, owner(world), user_id=world.users["seatless"])
        second = await service.assign(session, owner(world), user_id=people[0].id)
        assert (first.licence_id, second.licence_id) == (world.licence, bundle.id)
        with pytest.raises(NoSeatLeft) as refusal:
            await service.assign(session, owner(world), user_id=people[1].id)
    assert (refusal.value.seats, refusal.value.used) == (6, 6)


async def test_a_seat_moves_to_a_licence_that_is_named(db, world):
    async with db.writing(world.id) as session:
        bundle = await licences.set_licence(session, owner(world), Bought("Suite", 1, "bundle", "Telephony"))
        moved = await service.assign(session, owner(world), user_id=world.users["agent"], licence_key="suite")
        assert moved.licence_id == bundle.id
        with pytest.raises(NoSeatLeft):
            await service.assign(session, owner(world), user_id=world.users["evaluator"], licence_key="suite")
        kept = await service.seat_of(session, world.id, world.users["evaluator"])
    assert kept.licence_id == world.licence
    assert [change for change, *_ in await history(db, world)] == ["moved", "refused"]


async def test_who_can_hold_no_seat(db, world, new_account):
    other = await new_account(db)
    async with db.writing(world.id) as session:
        with pytest.raises(NotFound):
            await service.assign(session, owner(world), user_id=other.users["seatless"])
        with pytest.raises(InvalidInput, match="there are: qm"):
            await service.assign(session, owner(world), user_id=world.users["seatless"], licence_key="gold")
        (await session.get(User, (world.id, world.users["seatless"]))).active = False
        with pytest.raises(Conflict, match="switched off"):
            await service.assign(session, owner(world), user_id=world.users["seatless"])


async def test_two_at_once_on_the_last_seat_one_wins(fresh_db, new_account):
    """Real transactions: eight people, each in one of their own, ask for the two seats that are left."""
    world = await new_account(fresh_db)
    await seats_are(fresh_db, world, 6)
    async with fresh_db.writing(world.id) as session:
        when = (await session.get(User, (world.id, world.users["admin"]))).created_at
        people = [User(account_id=world.id, email=f"p{n}@example.com", name=f"P{n}", created_at=when) for n in range(8)]
        session.add_all(people)
        await session.flush()

    async def ask(user_id: int) -> bool:
        async with fresh_db.writing(world.id) as session:
            try:
                await service.assign(session, system(world.id), user_id=user_id)
            except NoSeatLeft:
                return False
            await asyncio.sleep(0.02)  # the others have come as far as the lock
            return True

    won = await asyncio.gather(*(ask(person.id) for person in people))
    assert sum(won) == 2
    assert len(await held(fresh_db, world)) == 6
    assert sorted(change for change, *_ in await history(fresh_db, world)) == ["assigned"] * 2 + ["refused"] * 6


async def test_one_person_asked_for_twice_at_once_has_one_seat(fresh_db, new_account):
    world = await new_account(fresh_db)

    async def ask() -> None:
        async with fresh_db.writing(world.id) as session:
            await service.assign(session, system(world.id), user_id=world.users["seatless"])

    await asyncio.gather(*(ask() for _ in range(5)))
    assert [change for change, *_ in await history(fresh_db, world)] == ["assigned"]


async def test_whoever_is_switched_off_meanwhile_gets_no_seat(fresh_db, new_account):
    world = await new_account(fresh_db)
    person, locked = world.users["seatless"], asyncio.Event()

    async def switch_off() -> None:
        async with fresh_db.writing(world.id) as session:
            await service.hold(session, [person])
            locked.set()
            await asyncio.sleep(0.05)
            (await session.get(User, (world.id, person))).active = False

    async def ask() -> None:
        await locked.wait()
        async with fresh_db.writing(world.id) as session:
            await service.assign(session, system(world.id), user_id=person)

    results = await asyncio.gather(switch_off(), ask(), return_exceptions=True)
    assert isinstance(results[1], Conflict)
    assert person not in await held(fresh_db, world)
