"""What is kept stays as it was: analyses are rows that nothing changes, and no re-analysis listens to a recording again."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlmodel import col

from backend.analyses.tables import Analysis, Metrics, Transcript
from backend.authz.actor import system
from backend.interactions import repository as interactions
from backend.interactions import service as stages
from tests.pipeline.conftest import cut, make_deps, sides
from workers.asr.fake import FakeRecognizer

__all__ = ["cut", "sides"]


@pytest.fixture
def rows(db, world):
    """Every row of a table, as it stands in the database."""

    async def rows(table, key="id"):
        async with db.reading(world.id) as session:
            found = (await session.execute(select(table).where(col(table.account_id) == world.id))).scalars()
            return {getattr(row, key): row.model_dump() for row in found}

    return rows


class Listener(FakeRecognizer):
    """Counts the recordings that it hears."""

    heard = 0

    def recognize(self, *given):
        self.heard += 1
        return super().recognize(*given)


@pytest.fixture
def listener():
    return Listener("en", says="my bill is wrong I want a refund")


@pytest.fixture
def deps(db, keys, tmp_path, listener):
    return make_deps(db, keys, tmp_path, recognizer=listener)


async def test_rows_are_never_changed(calls, decide, indicate, start, work, do, rows, db, world):
    first = [await rows(Analysis), await rows(Transcript), await rows(Metrics, "analysis_id")]
    await decide(silence_on=False)
    await indicate("Billing", "bill")
    run = await start()
    await work()
    await do("apply", run)
    await decide(silence_on=True, crosstalk_on=False)
    async with db.writing(world.id) as session:
        await stages.retry(session, system(world.id), interaction_id=calls[0])
    await work()
    later = [await rows(Analysis), await rows(Transcript), await rows(Metrics, "analysis_id")]
    assert [len(after) - len(before) for before, after in zip(first, later, strict=True)] == [4, 0, 4]
    for before, after in zip(first, later, strict=True):
        assert {number: after[number] for number in before} == before


async def test_what_is_read_is_what_is_current(calls, decide, start, work, do, look, rows, db, world):
    """Between the run's end and its flip lists read the old figures, from the flip on the new ones; the old ones stay on record."""
    await decide(silence_on=False)
    run = await start(interaction_id=calls[0])
    await work()
    kept = await rows(Metrics, "analysis_id")

    async def read():
        current = await look(calls[0])
        async with db.reading(world.id) as session:
            row = await interactions.interaction(session, world.id, calls[0])
        assert row.current_analysis_id == current.analysis_row.id
        return kept[row.current_analysis_id]["silences"], len(current.analysis["events"])

    assert await read() == (1, 2)
    await do("apply", run)
    assert await read() == (0, 1)
    assert await rows(Metrics, "analysis_id") == kept


async def test_nothing_is_recognised_again(sides, ingest, finish, decide, indicate, start, work, do, find, look, listener, rows):
    number = await ingest(parts=sides, language="en")
    await finish()
    heard, before = listener.heard, await rows(Transcript)
    assert heard > 0
    assert before[(await look(number)).transcript_row.id]["source"] == "recognised"
    await indicate("Refund", "refund")
    run = await start()
    await work()
    await do("apply", run)
    assert (await find(run))[1] == {"current": 1}
    assert (await look(number)).analysis["mentions"]
    assert (listener.heard, await rows(Transcript)) == (heard, before)
