"""Many people at once get what each would get alone, with the same history, in statements that do not grow with them."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from sqlalchemy import event, select, update
from sqlmodel import col

from backend.accounts.tables import User
from backend.audit.tables import AuditEntry
from backend.authz.actor import system
from backend.identity.mapping import provisioning
from backend.identity.mapping.many import apply_to
from backend.identity.mapping.rules import Decided, Outcome, Verdict
from backend.licensing.many import NoneLeftFor
from backend.licensing.tables import Licence, Seat, SeatEvent
from backend.roles.tables import UserRole
from tests.factory import THEN, World

PEOPLE = 12


def drawn(random: Random) -> Outcome:
    """A decision of any kind for each target."""

    def one(*gives: tuple[str, ...]) -> Decided:
        verdict = random.choice(list(Verdict))
        return Decided(verdict, random.choice(gives) if verdict is Verdict.GIVEN else ())

    return Outcome(
        licence=one(("qm",), ("extra",), ("gone",)),
        role=one(("agent",), ("supervisor", "evaluator"), ("gone",), ("evaluator",)),
        team=one(("north",), ("new team",)),
    )


async def furnish(db, world: World) -> list[int]:
    """People with nothing, with a seat and a role by hand, by this source and by another, and one who is switched off."""
    made = []
    async with db.writing(world.id) as session:
        await session.execute(update(Licence).where(col(Licence.account_id) == world.id).values(seats=100))
        session.add(Licence(account_id=world.id, key="extra", name="Extra", seats=100, created_at=THEN))
        await session.flush()
        for number in range(PEOPLE):
            user = User(account_id=world.id, email=f"p{number}@example.com", name=f"P{number}", active=number != 5, created_at=THEN)
            session.add(user)
            await session.flush()
            made.append(user.id)
            source = {1: "manual", 2: "scim", 3: "saml", 4: "scim"}.get(number)
            if source:
                session.add(Seat(account_id=world.id, user_id=user.id, licence_id=world.licence, source=source, assigned_at=THEN))
                session.add(UserRole(account_id=world.id, user_id=user.id, role="agent", source=source))
    return made


async def state(db, world: World, people: list[int]):
    """Who has what, and what is written of it, by the place of each person."""
    place = {user_id: number for number, user_id in enumerate(people)}
    async with db.reading(world.id) as session:
        licence = {row.id: row.key for row in (await session.execute(select(Licence).where(col(Licence.account_id) == world.id))).scalars()}
        seats = (await session.execute(select(Seat).where(col(Seat.user_id).in_(people)))).scalars()
        roles = (await session.execute(select(UserRole).where(col(UserRole.user_id).in_(people)))).scalars()
        events = (await session.execute(select(SeatEvent).where(col(SeatEvent.user_id).in_(people)))).scalars()
        audit = (await session.execute(select(AuditEntry).where(col(AuditEntry.account_id) == world.id))).scalars()
        return (
            {(place[row.user_id], licence[row.licence_id], row.source) for row in seats},
            {(place[row.user_id], row.role, row.source) for row in roles},
            Counter((place[row.user_id], row.change, licence.get(row.licence_id), row.source, row.reason) for row in events),
            Counter((row.action, place.get(row.object_id), repr(sorted(row.detail.items()))) for row in audit),
        )


@pytest.mark.parametrize("seed", range(4))
async def test_many_get_what_each_would_get_alone(db, new_account, seed: int):
    alone, together = await new_account(db), await new_account(db)
    people = {world.id: await furnish(db, world) for world in (alone, together)}
    random = Random(seed)
    for _ in range(3):
        outcomes = [drawn(random) for _ in range(PEOPLE)]
        async with db.writing(alone.id) as session:
            for user_id, outcome in zip(people[alone.id], outcomes, strict=True):
                await provisioning.apply(session, system(alone.id), user_id=user_id, outcome=outcome, source="scim")
        async with db.writing(together.id) as session:
            due = dict(zip(people[together.id], outcomes, strict=True))
            await apply_to(session, system(together.id), due, source="scim")
        assert await state(db, together, people[together.id]) == await state(db, alone, people[alone.id])


async def test_the_one_too_many_is_named(db, new_account):
    world = await new_account(db)
    people = await furnish(db, world)
    async with db.writing(world.id) as session:
        await session.execute(update(Licence).where(col(Licence.key) == "extra", col(Licence.account_id) == world.id).values(seats=2))
    decided = Outcome(Decided(Verdict.GIVEN, ("extra",)), Decided(Verdict.UNRULED), Decided(Verdict.UNRULED))
    before = await state(db, world, people)
    with pytest.raises(NoneLeftFor) as refused:
        async with db.writing(world.id) as session:
            await apply_to(session, system(world.id), dict.fromkeys(people[6:], decided), source="scim")
    assert (refused.value.user_id, refused.value.refused.seats, refused.value.refused.used) == (people[8], 2, 2)
    assert await state(db, world, people) == before


async def test_the_statements_do_not_grow_with_the_people(db, new_account):
    sent: list[str] = []

    def note(connection, cursor, statement, *rest) -> None:
        sent.append(statement)

    event.listen(db.app.sync_engine, "before_cursor_execute", note)
    given = Outcome(Decided(Verdict.GIVEN, ("qm",)), Decided(Verdict.GIVEN, ("evaluator",)), Decided(Verdict.UNRULED))
    taken = Outcome(Decided(Verdict.UNMATCHED), Decided(Verdict.UNMATCHED), Decided(Verdict.UNRULED))
    counts = []
    try:
        for number in (2, PEOPLE - 6):
            world = await new_account(db)
            people = (await furnish(db, world))[6 : 6 + number]
            for outcome in (given, taken):
                sent.clear()
                async with db.writing(world.id) as session:
                    await apply_to(session, system(world.id), dict.fromkeys(people, outcome), source="scim")
                counts.append(len(sent))
    finally:
        event.remove(db.app.sync_engine, "before_cursor_execute", note)
    assert counts[:2] == counts[2:]
