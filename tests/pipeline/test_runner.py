"""What a stage does when it cannot: a sentence, a limit to attempts, and nothing saved twice."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from backend.analyses.tables import Activity
from backend.authz.actor import system
from backend.db import doors
from backend.errors import AnalysisOff, MediaRefused
from backend.infra.queue.base import StageTask
from backend.interactions import repository, service
from backend.interactions.rules import MOST_ATTEMPTS, Part
from backend.interactions.status import status
from backend.interactions.tables import InteractionEvent
from backend.settings.service import settings_of
from tests.interactions.rows import new_interaction
from tests.pipeline.conftest import pump
from workers.outbox import hand_on, sweep_once
from workers.runner import run_stage


@pytest.fixture
async def due(db, world):
    return StageTask(world.id, await new_interaction(db, world, stage="decode"), "decode")


async def row_of(db, task):
    async with db.reading(task.account_id) as session:
        return await repository.interaction(session, task.account_id, task.interaction_id)


def stage_that(action):
    async def stage(work):
        return action(work)

    return {"decode": stage}


async def nothing(session):
    pass


async def test_a_refusal_is_kept_as_the_reason_and_a_retry_begins_the_stage_again(deps, db, world, due):
    def refuse(work):
        raise MediaRefused("The recording is truncated: deliver it again.")

    assert not await run_stage(deps, stage_that(refuse), due)
    row = await row_of(db, due)
    assert (status(row), row.failure) == ("FAILED", "The recording is truncated: deliver it again.")
    assert not await run_stage(deps, stage_that(lambda work: nothing), due)
    async with db.writing(world.id) as session:
        await service.retry(session, system(world.id), interaction_id=due.interaction_id)
    assert await run_stage(deps, stage_that(lambda work: nothing), due)
    assert (await row_of(db, due)).stage == "activity"


async def test_an_unexpected_error_is_tried_again_and_then_says_where_to_look(deps, db, due):
    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert not await run_stage(deps, stage_that(lambda work: 1 / 0), due)
        row = await row_of(db, due)
        assert (row.attempts, row.failure is None) == (attempt, attempt < MOST_ATTEMPTS)
    assert "log" in row.failure


async def test_a_stage_that_keeps_being_interrupted_fails_in_the_end(deps, db, world, due):
    async with db.writing(world.id) as session:
        await repository.set_values(session, due.interaction_id, attempts=MOST_ATTEMPTS)
    assert not await run_stage(deps, stage_that(lambda work: nothing), due)
    assert "interrupted" in (await row_of(db, due)).failure


async def test_what_somebody_else_finished_meanwhile_is_not_saved(deps, db, world, due):
    async def overtaken(work):
        async with db.writing(world.id) as session:
            assert await repository.advance(session, due.interaction_id, "decode", "activity", work.row.changed_at)

        async def save(session):
            session.add(Activity(account_id=world.id, interaction_id=due.interaction_id, detector="late", intervals={}))

        return save

    assert not await run_stage(deps, {"decode": overtaken}, due)
    async with db.reading(world.id) as session:
        assert await session.scalar(select(func.count()).select_from(Activity)) == 0
        events = await session.execute(select(InteractionEvent).where(col(InteractionEvent.interaction_id) == due.interaction_id))
        assert events.scalars().all() == []


async def test_a_stage_that_is_not_due_is_left_alone(deps, db, due):
    assert not await run_stage(deps, stage_that(lambda work: 1 / 0), StageTask(due.account_id, due.interaction_id, "index"))
    assert (await row_of(db, due)).attempts == 0


async def test_a_held_interaction_is_left_to_its_holder(fresh_db, new_account, keys, tmp_path):
    from tests.pipeline.conftest import make_deps

    world = await new_account(fresh_db)
    task = StageTask(world.id, await new_interaction(fresh_db, world, stage="decode"), "decode")
    deps = make_deps(fresh_db, keys, tmp_path)
    async with fresh_db.advisory(task.interaction_id):
        assert not await run_stage(deps, stage_that(lambda work: nothing), task)
    assert await run_stage(deps, stage_that(lambda work: nothing), task)


async def test_the_sweeper_enqueues_what_stands_still(fresh_db, new_account, keys, tmp_path):
    from tests.pipeline.conftest import make_deps

    world = await new_account(fresh_db)
    number = await new_interaction(fresh_db, world, stage="transcribe")
    await new_interaction(fresh_db, world, stage="transcribe", failure="broken")
    await new_interaction(fresh_db, world, stage="done")
    deps = make_deps(fresh_db, keys, tmp_path)
    assert await sweep_once(fresh_db, deps.queue, idle_s=60) == 0
    assert await sweep_once(fresh_db, deps.queue, idle_s=0) == 1
    assert deps.queue.tasks == [StageTask(world.id, number, "transcribe")]


async def test_an_event_of_a_newer_version_does_not_stop_the_others(deps, db, world):
    from backend.clock import utc_now
    from backend.db.tables import OutboxRow
    from backend.events import StageReady

    async with db.writing(world.id) as session:
        session.add(OutboxRow(account_id=world.id, event="from_the_future", payload={}, created_at=utc_now()))
        session.emit(StageReady(5, "decode"))
    assert await hand_on(db, deps.queue, deps.pubsub) == 2
    assert deps.queue.tasks == [StageTask(world.id, 5, "decode")]
    async with doors.taking_outbox(db, 5) as left:
        assert left == []


async def test_a_file_that_is_no_recording_fails_with_a_reason(deps, db, world, ingest, finish, tmp_path):
    (tmp_path / "fake.wav").write_bytes(b"these are words, not sound" * 20)
    number = await ingest(parts=(Part(tmp_path / "fake.wav", "fake.wav"),))
    await finish()
    row = await row_of(db, StageTask(world.id, number, ""))
    assert status(row) == "FAILED"
    assert "cannot be read" in row.failure
    assert list((deps.config.data / "scratch").iterdir()) == []


async def test_analysis_switched_off_meanwhile_stops_the_analysis(deps, db, world, ingest, sides):
    number = await ingest(parts=sides)
    async with db.writing(world.id) as session:
        (await settings_of(session, world.id)).analysis_enabled = False
    await pump(deps)
    row = await row_of(db, StageTask(world.id, number, ""))
    assert (row.stage, row.failure) == ("analyse", AnalysisOff().message)
