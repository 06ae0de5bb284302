"""Interactions for tests, straight into the table."""

from __future__ import annotations

from itertools import count

from backend.clock import utc_now
from backend.interactions.tables import Engagement, Interaction
from tests.factory import THEN

_numbers = count(1)


async def new_interaction(db, world, **values):
    """An interaction of an engagement of its own; returns its id."""
    async with db.writing(world.id) as session:
        engagement = Engagement(account_id=world.id, external_id=f"row-{next(_numbers)}", created_at=THEN)
        session.add(engagement)
        await session.flush()
        facts = {"started_at": THEN, "day": THEN.date(), "changed_at": utc_now(), "stage": "done", "language": "en"} | values
        row = Interaction(account_id=world.id, engagement_id=engagement.id, **facts)
        session.add(row)
        await session.flush()
        return row.id
