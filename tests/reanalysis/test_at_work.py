"""Runs that are paused, resumed, given up or fail while an interaction is at work."""

from __future__ import annotations

import pytest

from backend.analyses.tables import Analysis, Metrics
from backend.errors import AnalysisOff, AssayError, Conflict
from backend.infra.queue.base import StageTask
from backend.interactions.rules import MOST_ATTEMPTS
from tests.pipeline.test_settings_in_force import all_but
from tests.reanalysis.test_runs import count, kinds
from workers.jobs import reanalyse as job


async def test_a_pause_begins_nothing_and_keeps_what_was_being_done(calls, decide, start, step, work, do, find, monkeypatch):
    await decide(silence_on=False)
    run = await start()
    await do("pause", run)
    await work()
    row, states = await find(run)
    assert (row.state, states) == ("paused", {"working": 3})
    await do("resume", run)
    original, paused = job.analysed, []

    def pause_meanwhile(*given):
        paused.append(run)
        return original(*given)

    monkeypatch.setattr(job, "analysed", pause_meanwhile)
    await work()
    assert len(paused) == 3
    assert (await find(run))[0].state == "ready"
    for what, refusal in (("pause", "ready"), ("resume", "ready")):
        with pytest.raises(Conflict, match=refusal):
            await do(what, run)


async def test_what_a_pause_meets_at_work_is_kept(calls, decide, start, deps, do, find, world, monkeypatch):
    await decide(silence_on=False)
    run = await start()
    given = job._given

    async def given_then_pause(*arguments):
        found = await given(*arguments)
        if (await find(run))[0].state == "running":
            await do("pause", run)
        return found

    monkeypatch.setattr(job, "_given", given_then_pause)
    for number in calls:
        await job.reanalyse(deps, StageTask(world.id, number, "reanalyse"))
    row, states = await find(run)
    assert (row.state, states) == ("paused", {"analysed": 1, "working": 2})


async def test_a_cancelled_run_leaves_nothing(calls, decide, start, step, work, do, find, look, db, world):
    await decide(silence_on=False)
    run = await start()
    await work()
    assert await count(db, world, Analysis) == 6
    await do("cancel", run)
    row, states = await find(run)
    assert (row.state, row.total, states) == ("cancelled", 3, {})
    assert (await count(db, world, Analysis), await count(db, world, Metrics)) == (3, 3)
    assert [kinds(await look(number)) for number in calls] == [["crosstalk", "silence"]] * 3
    for what in ("apply", "cancel", "resume"):
        with pytest.raises(Conflict):
            await do(what, run)


async def test_a_run_that_is_cancelled_at_work_gets_nothing_more(calls, decide, start, deps, do, db, world, monkeypatch):
    await decide(silence_on=False)
    run = await start(interaction_id=calls[0])
    given = job._given

    async def given_then_cancel(*arguments):
        found = await given(*arguments)
        await do("cancel", run)
        return found

    monkeypatch.setattr(job, "_given", given_then_cancel)
    await job.reanalyse(deps, StageTask(world.id, calls[0], "reanalyse"))
    assert await count(db, world, Analysis) == 3


async def test_analysis_that_is_switched_off_pauses_the_run_and_says_why(calls, decide, start, work, do, find):
    run = await start()
    await decide(analysis_enabled=False)
    await work()
    row, states = await find(run)
    assert (row.state, states) == ("paused", {"working": 3})
    assert "switched off" in row.reason
    with pytest.raises(AnalysisOff):
        await do("resume", run)
    await decide(analysis_enabled=True)
    await do("resume", run)
    await work()
    row, _ = await find(run)
    assert (row.state, row.reason) == ("ready", None)


async def test_a_language_that_is_off_is_passed_over(calls, decide, start, work, find):
    run = await start()
    await decide(languages=all_but("en"))
    await work()
    row, states = await find(run)
    assert (row.state, states) == ("ready", {"skipped": 3})


async def test_what_goes_wrong_each_time_fails_alone(calls, decide, start, work, deps, find, world, monkeypatch):
    await decide(silence_on=False)
    run = await start()
    original = job._given

    async def break_one(deps, row):
        if row.id == calls[1]:
            raise RuntimeError("broken")
        return await original(deps, row)

    monkeypatch.setattr(job, "_given", break_one)
    await work()
    assert (await find(run))[1] == {"analysed": 2, "working": 1}
    for _ in range(MOST_ATTEMPTS):
        await job.reanalyse(deps, StageTask(world.id, calls[1], "reanalyse"))
    row, states = await find(run)
    assert (row.state, states) == ("ready", {"analysed": 2, "failed": 1})


async def test_an_expected_error_is_the_reason(calls, start, work, find, monkeypatch):
    async def refuse(deps, row):
        raise AssayError("This cannot be.")

    run = await start()
    monkeypatch.setattr(job, "_given", refuse)
    await work()
    assert (await find(run))[1] == {"failed": 3}
