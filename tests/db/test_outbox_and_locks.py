"""The outbox hands on what committed, once; a held interaction is nobody else's."""

from __future__ import annotations

from dataclasses import fields

import pytest

from backend.clock import utc_now
from backend.db import doors
from backend.events import EVENTS, InteractionChanged, StageReady, read_event


async def test_an_event_is_taken_once(db, world):
    async with db.writing(world.id) as session:
        session.emit(StageReady(7, "decode"))
    async with doors.taking_outbox(db, 10) as items:
        assert [(item.account_id, read_event(item.event, item.payload)) for item in items] == [(world.id, StageReady(7, "decode"))]
    async with doors.taking_outbox(db, 10) as items:
        assert items == []


async def test_an_event_stays_when_handing_on_fails(db, world):
    async with db.writing(world.id) as session:
        session.emit(StageReady(7, "decode"))
    with pytest.raises(RuntimeError):
        async with doors.taking_outbox(db, 10):
            raise RuntimeError
    async with doors.taking_outbox(db, 10) as items:
        assert len(items) == 1


async def test_nothing_is_emitted_by_a_transaction_that_fails(db, world):
    seen = []

    async def hook(account_id, events):
        seen.append((account_id, events))

    db.on_commit(hook)
    with pytest.raises(RuntimeError):
        async with db.writing(world.id) as session:
            session.emit(StageReady(7, "decode"))
            raise RuntimeError
    async with db.writing(world.id) as session:
        session.emit(InteractionChanged(8))
    assert seen == [(world.id, (InteractionChanged(8),))]


def test_every_event_reads_back():
    for name, kind in EVENTS.items():
        event = kind(*(3 for _ in fields(kind)))
        assert read_event(name, event.payload()) == event


async def test_a_held_interaction_is_refused_to_others_and_given_back(fresh_db):
    async with fresh_db.advisory(5) as first, fresh_db.advisory(5) as second:
        assert (first, second) == (True, False)
    async with fresh_db.advisory(5) as again:
        assert again


async def test_unfinished_work_is_found_unless_somebody_holds_it(fresh_db, new_account):
    from backend.interactions.tables import Engagement, Interaction

    world = await new_account(fresh_db)
    async with fresh_db.writing(world.id) as session:
        engagement = Engagement(account_id=world.id, created_at=utc_now())
        session.add(engagement)
        await session.flush()
        now = utc_now()
        one = Interaction(account_id=world.id, engagement_id=engagement.id, started_at=now, day=now.date(), changed_at=now)
        session.add(one)
        await session.flush()
        number = one.id
    assert [(item.interaction_id, item.stage) for item in await doors.unfinished(fresh_db, idle_s=0, limit=9)] == [(number, "decode")]
    assert await doors.unfinished(fresh_db, idle_s=60, limit=9) == []
    async with fresh_db.advisory(number):
        assert await doors.unfinished(fresh_db, idle_s=0, limit=9) == []
