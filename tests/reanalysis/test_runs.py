"""Analysing again beside what is current: kept aside, compared, made current at once; paused, resumed, given up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from backend.analyses.tables import Analysis, MentionRow, Metrics
from backend.authz.actor import system
from backend.clock import utc_now
from backend.errors import Conflict, InvalidInput, NotFound
from backend.interactions import repository as interactions
from backend.interactions import service as stages
from backend.interactions.filters import ListFilter
from backend.interactions.rules import TranscriptFile
from backend.interactions.tables import InteractionEvent
from backend.reanalysis import repository, service
from backend.reanalysis.rules import AT_A_TIME


def kinds(current):
    return sorted(event["type"] for event in current.analysis["events"])


async def count(db, world, table):
    async with db.reading(world.id) as session:
        return await session.scalar(select(func.count()).select_from(table))


@pytest.fixture
def told(db, world):
    """The run's difference: (feature, name) → interactions, added, removed, changed."""

    async def told(number):
        async with db.reading(world.id) as session:
            rows = await repository.difference(session, world.id, number)
        return {(row.feature, row.name): (row.interactions, row.added, row.removed, row.changed) for row in rows}

    return told


async def test_nothing_is_current_before_it_is_applied_and_then_everything_is(
    calls, decide, indicate, start, work, do, look, find, listed, told, db, world
):
    before = [(await look(number)).analysis_row.id for number in calls]
    await decide(silence_on=False)
    await indicate("Billing", "bill")
    run = await start()
    await work()
    row, states = await find(run)
    assert (row.state, row.total, states) == ("ready", 3, {"analysed": 3})
    assert [kinds(await look(number)) for number in calls] == [["crosstalk", "silence"]] * 3
    assert [(await listed(number))[0][3] for number in calls] == [1] * 3
    assert await count(db, world, MentionRow) == 3
    assert await told(run) == {("event", "silence"): (3, 0, 3, 0), ("indicator", "Money · Billing"): (3, 3, 0, 0)}
    await do("apply", run)
    row, states = await find(run)
    assert (row.state, states, row.ended_at is not None) == ("applied", {"current": 3}, True)
    assert [kinds(await look(number)) for number in calls] == [["crosstalk"]] * 3
    assert [(await listed(number))[0][3] for number in calls] == [2] * 3
    assert (await count(db, world, MentionRow), await count(db, world, Analysis)) == (6, 6)
    after = [(await look(number)).analysis_row.id for number in calls]
    assert not set(before) & set(after)
    async with db.reading(world.id) as session:
        events = await session.scalar(select(func.count()).where(InteractionEvent.what == "reanalysed"))
    assert events == 3
    with pytest.raises(Conflict, match="applied"):
        await do("apply", run)


async def test_the_list_reads_the_same_as_after_a_retry(calls, decide, indicate, start, work, do, look, listed, db, world):
    """The set-based flip and the stage write the same."""
    await decide(silence_on=False)
    await indicate("Billing", "bill", "my bill")
    run = await start(interaction_id=calls[0])
    await work()
    await do("apply", run)
    async with db.writing(world.id) as session:
        await stages.retry(session, system(world.id), interaction_id=calls[1])
    await work()
    assert await listed(calls[0]) == await listed(calls[1])
    assert await listed(calls[0]) != await listed(calls[2])
    flipped, staged = await look(calls[0]), await look(calls[1])
    assert flipped.analysis == staged.analysis
    async with db.reading(world.id) as session:
        for table in (MentionRow, Metrics):
            exclude = {"id", "interaction_id", "analysis_id"}
            both = []
            for current in (flipped, staged):
                query = select(table).where(col(table.analysis_id) == current.analysis_row.id)
                rows = (await session.execute(query)).scalars()
                both.append(sorted(str(row.model_dump(exclude=exclude)) for row in rows))
            assert both[0] == both[1]
            assert both[0]


async def test_what_differs_in_nothing_is_not_kept_twice(calls, start, work, do, find, look, db, world):
    before = [(await look(number)).analysis_row.id for number in calls]
    run = await start()
    await work()
    assert (await find(run))[1] == {"same": 3}
    await do("apply", run)
    assert [(await look(number)).analysis_row.id for number in calls] == before
    assert await count(db, world, Analysis) == 3


async def test_an_analysis_that_became_current_meanwhile_stays(calls, decide, start, work, do, find, look, db, world):
    await decide(silence_on=False)
    run = await start()
    await work()
    await decide(silence_on=True, crosstalk_on=False)
    async with db.writing(world.id) as session:
        await stages.retry(session, system(world.id), interaction_id=calls[0])
    await work()
    await do("apply", run)
    assert (await find(run))[1] == {"current": 2, "superseded": 1}
    assert [kinds(await look(number)) for number in calls] == [["silence"], ["crosstalk"], ["crosstalk"]]
    assert await count(db, world, Analysis) == 6


async def test_one_that_is_being_analysed_anyway_is_left_to_that(calls, decide, start, work, find, db, world):
    await decide(silence_on=False)
    run = await start()
    async with db.writing(world.id) as session:
        await interactions.set_values(session, calls[1], stage="analyse")
    await work()
    row, states = await find(run)
    assert (row.state, states) == ("ready", {"analysed": 2, "skipped": 1})


async def test_only_a_few_are_taken_up_at_a_time(calls, ingest, finish, decide, start, step, find, tmp_path):
    for _ in range(AT_A_TIME):
        await ingest(transcript=TranscriptFile(tmp_path / "call.srt", "call.srt"), language="en")
    await finish()
    run = await start()
    assert (await find(run))[1] == {"working": AT_A_TIME, "waiting": 3}
    assert await step() == ["reanalyse"] * AT_A_TIME
    assert (await find(run))[1] == {"working": AT_A_TIME, "same": 3}
    await step()
    assert (await find(run))[0].state == "ready"


async def test_one_open_run_of_many_and_one_of_each_interaction(calls, start, do):
    run = await start()
    with pytest.raises(Conflict, match="finish or discard"):
        await start()
    await start(interaction_id=calls[0])
    await start(interaction_id=calls[1])
    with pytest.raises(Conflict):
        await start(interaction_id=calls[0])
    await do("cancel", run)
    await start()


async def test_two_runs_at_once_and_the_later_flip_finds_the_first(calls, decide, start, work, do, find):
    await decide(silence_on=False)
    many, one = await start(), await start(interaction_id=calls[0])
    await work()
    await do("apply", one)
    await do("apply", many)
    assert [(await find(number))[1] for number in (one, many)] == [{"current": 1}, {"current": 2, "superseded": 1}]


async def test_a_run_is_of_what_the_filter_finds(calls, start, do, find):
    today = utc_now().date()
    with pytest.raises(InvalidInput, match="No interaction"):
        await start(filter=ListFilter(first_day=today + timedelta(days=2)))
    run = await start(filter=ListFilter(first_day=date(2020, 1, 1), last_day=today + timedelta(days=1)))
    row, _ = await find(run)
    assert (row.total, row.first_day, row.filtered) == (3, date(2020, 1, 1), False)
    await do("cancel", run)
    run = await start(filter=ListFilter(found=(calls[0], calls[2])))
    row, _ = await find(run)
    assert (row.total, row.filtered) == (2, True)


async def test_another_account_does_not_find_the_run(calls, start, db, new_account):
    run = await start()
    other = await new_account(db)
    for what in ("pause", "resume", "cancel", "apply"):
        async with db.writing(other.id) as session:
            with pytest.raises(NotFound):
                await getattr(service, what)(session, system(other.id), run)
    async with db.writing(other.id) as session:
        with pytest.raises(NotFound):
            await service.start(session, system(other.id), service.Wanted(interaction_id=calls[0]))
