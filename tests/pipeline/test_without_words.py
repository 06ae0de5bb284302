"""A call without a transcript and without a speech model is analysed from who speaks when, and says so."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlmodel import col

from backend.analyses import service as analyses
from backend.analyses.tables import Metrics
from backend.interactions import repository
from backend.interactions.status import status
from backend.interactions.tables import InteractionEvent
from backend.media.tables import Recording


@pytest.fixture
async def done(deps, world, ingest, finish, sides):
    number = await ingest(parts=sides, language="en")
    await finish()
    async with deps.db.reading(world.id) as session:
        row = await repository.interaction(session, world.id, number)
        current = await analyses.load_current(session, await deps.sealers.of(session, world.id), number)
    return row, current


async def test_it_ends_done_with_both_sides_talk_time(cut, done):
    row, current = done
    assert status(row) == "DONE", row.failure
    assert (row.duration_ms, row.without_words, row.sentiment_score) == (20_000, True, None)
    assert row.engagement_score is not None
    assert current.analysis["agent"]["talk_ms"] == pytest.approx(cut.talk_ms("agent"), rel=0.15)
    assert current.analysis["consumer"]["talk_ms"] == pytest.approx(cut.talk_ms("consumer"), rel=0.15)
    assert "mentions" in {each["feature"] for each in current.analysis["skipped"]}


async def test_the_transcript_names_its_detector_and_knows_no_words(done):
    _, current = done
    assert current.transcript_row.source == "activity"
    assert current.transcript_row.engine == "silero-vad"
    assert {each["text"] for each in current.transcript["segments"]} == {None}
    assert [(each["id"], each["role"]) for each in current.transcript["speakers"]] == [("agent", "agent"), ("consumer", "consumer")]


async def test_it_can_be_played_and_drawn(deps, world, done):
    row, _ = done
    async with deps.db.reading(world.id) as session:
        recording = (await session.execute(select(Recording).where(col(Recording.id) == row.recording_id))).scalar_one()
    assert (recording.playable_mime, recording.facts["channel_roles"], recording.facts["peak_channels"]) == (
        "audio/mp4",
        ["agent", "consumer"],
        2,
    )
    key = await deps.vault.open_key(world.id, recording.wrapped_key)
    drawn = b"".join([piece async for piece in deps.vault.read(key, recording.peaks_key, 0, await deps.vault.size(recording.peaks_key))])
    assert drawn[0] == 2
    assert await deps.vault.size(recording.playable_key) == recording.playable_size


async def test_figures_are_copied_and_the_history_tells_each_stage_once(deps, world, done):
    row, current = done
    async with deps.db.reading(world.id) as session:
        figures = (await session.execute(select(Metrics).where(col(Metrics.interaction_id) == row.id))).scalar_one()
        events = (await session.execute(select(InteractionEvent).order_by(col(InteractionEvent.id)))).scalars().all()
    assert figures.agent_talk_ms == current.analysis["agent"]["talk_ms"]
    assert figures.analysis_id == row.current_analysis_id
    stages = [each.detail["stage"] for each in events if each.what == "stage_done"]
    assert stages == ["decode", "activity", "transcribe", "analyse", "index"]
    assert [each.what for each in events if each.what != "stage_done"] == ["received", "analysed"]


async def test_a_page_hears_of_it(deps, world, done):
    row, _ = done
    told = [message for channel, message in deps.pubsub.sent if channel == f"account:{world.id}"]
    assert told[0] == {"kind": "created", "interaction_id": row.id}
    assert {"updated", "progress"} <= {message["kind"] for message in told}


async def test_nothing_of_the_call_lies_about_in_clear(deps, done):
    assert list((deps.config.data / "scratch").iterdir()) == []
    assert all(not value.startswith((b"RIFF", b"\x02\0\0\0")) for value in deps.store.objects.values())
