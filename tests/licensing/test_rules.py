"""Which licence a seat comes from, and that seats never outnumber what was bought: on values, and on the tables."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from backend.accounts.tables import User
from backend.authz.actions import AccountAction
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.errors import Conflict, InvalidInput, NoSeatLeft, NotPermitted
from backend.licensing import licences, service
from backend.licensing.licences import Bought, checked
from backend.licensing.rules import Room, choose, key_of

ROOMS = st.lists(
    st.builds(
        Room,
        id=st.integers(1, 6),
        key=st.sampled_from("abc"),
        name=st.just("L"),
        kind=st.sampled_from(["single", "bundle"]),
        seats=st.integers(0, 3),
        used=st.integers(0, 3),
    ),
    unique_by=(lambda room: room.id, lambda room: room.key),
    max_size=3,
)


@given(ROOMS, st.sampled_from([None, "a", "b", "c"]))
def test_a_licence_is_chosen_if_and_only_if_one_has_room(rooms: list[Room], key: str | None):
    asked = [room for room in rooms if key in (None, room.key)]
    found = outcome(rooms, key)
    if isinstance(found, NoSeatLeft):
        assert not any(room.used < room.seats for room in asked)
        assert (found.seats, found.used) == (sum(room.seats for room in asked), sum(room.used for room in asked))
    elif isinstance(found, InvalidInput):
        assert (key is not None, asked, found.pointer) == (True, [], "/input/licence")
    else:
        assert found in asked
        assert found.used < found.seats
        # Nothing with room is passed over: a single before a bundle, an older one before a younger.
        assert not any(room.left and (room.kind != "single", room.id) < (found.kind != "single", found.id) for room in asked)


def outcome(rooms: list[Room], key: str | None) -> Room | NoSeatLeft | InvalidInput:
    try:
        return choose(rooms, key)
    except (NoSeatLeft, InvalidInput) as refusal:
        return refusal


@given(st.text())
def test_a_key_is_plain(name: str):
    key = key_of(name)
    assert len(key) <= 60
    assert set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert key == key.strip("-")


@pytest.mark.parametrize(("name", "key"), [("Qualité Suite 2", "qualite-suite-2"), ("  – ", ""), ("品質", "")])
def test_keys_of_names(name, key):
    assert key_of(name) == key


def test_what_can_be_bought():
    assert checked(Bought("  Suite ", 3, "bundle", " Telephony ")) == Bought("Suite", 3, "bundle", "Telephony")
    assert checked(Bought("Suite", 3, "single", "  ")).bundled_with is None
    for wrong in (
        Bought("", 1),
        Bought("x" * 101, 1),
        Bought("x", -1),
        Bought("x", 10**7),
        Bought("x", 1, "bundle"),
        Bought("x", 1, "single", "y"),
    ):
        with pytest.raises(InvalidInput):
            checked(wrong)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("assign"), st.integers(0, 4), st.sampled_from([None, "qm", "suite"])),
        st.tuples(st.just("release"), st.integers(0, 4), st.none()),
        st.tuples(st.just("buy"), st.integers(0, 3), st.sampled_from(["qm", "suite"])),
    ),
    max_size=14,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
async def test_whatever_happens_seats_never_outnumber_what_was_bought(db, world, steps):
    """The tables against a model of a few lines; each run in a transaction of its own, which leaves nothing behind."""
    owner = Actor(world.id, world.users["admin"], account_role="owner")
    bought, seats = {"qm": 2, "suite": 1}, dict[int, str]()
    async with db.writing(world.id) as session:
        await session.execute(text("DELETE FROM seat"))
        people = [User(account_id=world.id, email=f"p{n}@example.com", name=f"P{n}", created_at=utc_now()) for n in range(5)]
        session.add_all(people)
        await session.flush()
        await licences.set_seats(session, owner, key="qm", seats=2)
        await licences.set_licence(session, owner, Bought("suite", 1, "bundle", "Telephony"))
        for what, number, key in steps:
            taken = {name: list(seats.values()).count(name) for name in bought}
            if what == "buy":
                possible = number >= taken[key]
                assert await _done(licences.set_seats(session, owner, key=key, seats=number)) is possible
                bought[key] = number if possible else bought[key]
            elif what == "release":
                assert await service.release(session, owner, user_id=people[number].id) is (seats.pop(number, None) is not None)
            else:
                _expect(
                    bought,
                    seats,
                    taken,
                    number,
                    key,
                    await _done(service.assign(session, owner, user_id=people[number].id, licence_key=key)),
                )
            rooms = {room.key: (room.used, room.seats) for room in await service.rooms_of(session, world.id)}
            assert rooms == {name: (list(seats.values()).count(name), bought[name]) for name in bought}
            assert all(used <= number for used, number in rooms.values())
        await session.rollback()


def _expect(bought, seats, taken, number, key, done) -> None:
    """What the model says of an assignment; it is written into the model."""
    if number in seats and key in (None, seats[number]):
        assert done
        return
    free = [name for name in ("qm", "suite") if key in (None, name) and taken[name] < bought[name]]
    assert done is bool(free)
    if free:
        seats[number] = free[0]


async def _done(call) -> bool:
    try:
        await call
    except (NoSeatLeft, Conflict):
        return False
    return True


async def test_licences_are_for_owners(db, world):
    async with db.writing(world.id) as session:
        for account_role in ("admin", "member"):
            actor = Actor(world.id, world.users["agent"], account_role=account_role)
            with pytest.raises(NotPermitted):
                await licences.set_licence(session, actor, Bought("Suite", 1))
            with pytest.raises(NotPermitted):
                await licences.remove_licence(session, actor, licence_id=world.licence)
    assert not Actor(world.id, None, account_role="member").may(AccountAction.USERS_EDIT)


async def test_two_licences_of_alike_names_have_keys_of_their_own(db, world):
    owner = Actor(world.id, world.users["admin"], account_role="owner")
    async with db.writing(world.id) as session:
        made = [await licences.set_licence(session, owner, Bought(name, 1)) for name in ("Suite!", "Suite?", "品質")]
        with pytest.raises(Conflict):
            await licences.set_licence(session, owner, Bought("SUITE!", 1))
        renamed = await licences.set_licence(session, owner, Bought("Suite 2", 1), licence_id=made[0].id)
    assert [row.key for row in made] == ["suite", "suite-2", "licence"]
    assert (renamed.key, renamed.name) == ("suite", "Suite 2")
