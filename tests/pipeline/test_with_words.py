"""Calls with words: delivered or recognised; roles told, inferred and corrected; analysed again without doubling."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from backend.analyses import service as analyses
from backend.analyses.tables import Analysis, MentionRow
from backend.analysis.types import Hold, Keyword
from backend.authz.actor import system
from backend.errors import InvalidInput, NotFound
from backend.indicators import service as indicators
from backend.interactions import repository, service
from backend.interactions.rules import Part, TranscriptFile
from backend.interactions.status import status
from backend.interactions.tables import InteractionTag
from backend.search.service import matching
from tests.pipeline.conftest import make_deps, pump, write_wav
from workers.asr.fake import FakeRecognizer
from workers.diarization.fake import FakeDiarizer
from workers.main import transcribe_again

VTT = """WEBVTT

00:00.000 --> 00:03.000
<v Lena>Thank you for calling Northwind, how can I help?

00:03.500 --> 00:08.000
<v Rosa>I'm calling about my bill. I want a refund, a full refund.

00:08.200 --> 00:09.000
<v Lena>Let me check that for you.
"""


@pytest.fixture
def transcript(tmp_path):
    path = tmp_path / "call.vtt"
    path.write_text(VTT)
    return TranscriptFile(path, "call.vtt")


@pytest.fixture
def one_channel(cut, tmp_path):
    import numpy as np

    sides = [np.frombuffer(part.path.read_bytes()[44:], "<i2") for part in cut.parts]
    return Part(write_wav(tmp_path / "mono.wav", (sides[0] // 2 + sides[1] // 2).astype("<i2")), "mono.wav")


@pytest.fixture
async def refund(db, world):
    async with db.writing(world.id) as session:
        return await indicators.create(session, system(world.id), category="Money", name="Refund", keywords=[Keyword("refund")])


@pytest.fixture
def look(db, world):
    async def look(deps, number):
        async with db.reading(world.id) as session:
            row = await repository.interaction(session, world.id, number)
            return row, await analyses.load_current(session, await deps.sealers.of(session, world.id), number)

    return look


async def roles_of(db, world, number):
    async with db.reading(world.id) as session:
        return {each.speaker: (each.role, each.source) for each in await repository.speaker_roles(session, world.id, number)}


async def test_a_delivered_transcript_is_used_and_its_speakers_told_apart(deps, db, world, ingest, finish, refund, look, sides, transcript):
    number = await ingest(parts=sides, transcript=transcript, holds=(Hold(15_000, 17_000),))
    await finish()
    row, current = await look(deps, number)
    assert status(row) == "DONE", row.failure
    assert (current.transcript_row.source, row.without_words, row.duration_ms) == ("delivered", False, 20_000)
    assert set((await roles_of(db, world, number)).values()) == {("agent", "inferred"), ("consumer", "inferred")}
    assert current.analysis["agent"]["talk_ms"] > 0
    assert {"type": "hold", "start_ms": 15_000, "end_ms": 17_000, "role": None} in current.analysis["events"]
    assert row.indicator_mentions == 2


async def test_mentions_become_one_tag_that_counts_by_speaker(deps, db, world, ingest, finish, refund, transcript):
    number = await ingest(transcript=transcript)
    await finish()
    async with db.reading(world.id) as session:
        tag = (await session.execute(select(InteractionTag).where(col(InteractionTag.kind) == "indicator"))).scalar_one()
        assert (tag.interaction_id, tag.tag_id, tag.total, tag.by_agent, tag.by_consumer) == (number, refund.id, 2, 0, 2)
        assert await matching(session, await deps.sealers.of(session, world.id), '"full refund" bill') == [number]


async def test_speech_is_recognised_where_a_model_for_the_language_is_there(db, world, keys, tmp_path, ingest, look, sides):
    deps = make_deps(db, keys, tmp_path, recognizer=FakeRecognizer("en", says="please hold the line"))
    number = await ingest(parts=sides, language="en")
    await pump(deps_with_store(deps, ingest))
    row, current = await look(deps, number)
    assert status(row) == "DONE", row.failure
    assert (current.transcript_row.source, current.transcript_row.engine) == ("recognised", "fake")
    assert {each["text"] for each in current.transcript["segments"]} <= {
        "please hold the line",
        "please hold the line please hold the line",
    }
    assert await roles_of(db, world, number) == {"agent": ("agent", "channel"), "consumer": ("consumer", "channel")}


def deps_with_store(deps, ingest):
    """The store into which `ingest` put the recording."""
    from dataclasses import replace

    return replace(deps, store=ingest.store)


async def test_a_call_without_words_is_taken_up_when_a_model_appears(db, world, keys, tmp_path, deps, ingest, finish, look, sides):
    number = await ingest(parts=sides, language="en")
    await finish()
    assert (await look(deps, number))[0].without_words
    later = deps_with_store(make_deps(db, keys, tmp_path, recognizer=FakeRecognizer("en")), ingest)
    async with db.writing(world.id) as session:
        assert await service.transcribe_again(session, ["de"]) == []
        assert await service.transcribe_again(session, ["en"]) == [number]
    await pump(later)
    row, current = await look(later, number)
    assert (row.without_words, current.transcript_row.source) == (False, "recognised")
    assert await transcribe_again_count(later, world) == 0


async def transcribe_again_count(deps, world):
    async with deps.db.writing(world.id) as session:
        return len(await service.transcribe_again(session, sorted(deps.engines.recognizer.languages())))


async def test_one_channel_without_a_diariser_is_one_lane_of_nobody(deps, db, world, ingest, finish, look, one_channel):
    number = await ingest(parts=(one_channel,))
    await finish()
    row, current = await look(deps, number)
    assert status(row) == "DONE", row.failure
    assert await roles_of(db, world, number) == {"mixed": ("other", "inferred")}
    assert (current.analysis["agent"]["talk_ms"], row.engagement_score) == (0, None)


async def test_one_channel_is_diarised_where_that_is_installed(db, world, keys, tmp_path, ingest, look, one_channel):
    deps = deps_with_store(make_deps(db, keys, tmp_path, recognizer=FakeRecognizer("en"), diarizer=FakeDiarizer()), ingest)
    number = await ingest(parts=(one_channel,), language="en", direction="inbound")
    await pump(deps)
    row, current = await look(deps, number)
    assert status(row) == "DONE", row.failure
    assert await roles_of(db, world, number) == {"speaker-1": ("agent", "inferred"), "speaker-2": ("consumer", "inferred")}
    assert current.analysis["agent"]["talk_ms"] > 0


async def test_a_role_that_a_person_assigns_is_computed_with_and_stays(deps, db, world, ingest, finish, look, refund, transcript):
    number = await ingest(transcript=transcript)
    await finish()
    before = await roles_of(db, world, number)
    agent = next(speaker for speaker, (role, _) in before.items() if role == "agent")
    consumer = next(speaker for speaker, (role, _) in before.items() if role == "consumer")
    for speaker, role in ((agent, "consumer"), (consumer, "agent")):
        async with db.writing(world.id) as session:
            await service.assign_role(session, system(world.id), interaction_id=number, speaker=speaker, role=role)
    await finish()
    row, current = await look(deps, number)
    assert status(row) == "DONE", row.failure
    assert {each["id"]: each["role"] for each in current.transcript["speakers"]} == {agent: "consumer", consumer: "agent"}
    assert {each["role"] for each in current.analysis["mentions"]} == {"agent"}
    async with db.reading(world.id) as session:
        tag = (await session.execute(select(InteractionTag).where(col(InteractionTag.kind) == "indicator"))).scalar_one()
        assert (tag.by_agent, tag.by_consumer) == (2, 0)
        assert await session.scalar(select(func.count()).select_from(MentionRow)) == 2
    async with db.writing(world.id) as session:
        await repository.set_values(session, number, stage="transcribe")
    await pump_from(deps, world, number, "transcribe")
    assert {source for _, source in (await roles_of(db, world, number)).values()} == {"manual"}


async def pump_from(deps, world, number, stage):
    from backend.infra.queue.base import StageTask

    await deps.queue.enqueue(StageTask(world.id, number, stage))
    await pump(deps)


async def test_a_retry_of_a_finished_call_analyses_it_again_and_doubles_nothing(deps, db, world, ingest, finish, look, refund, transcript):
    number = await ingest(transcript=transcript)
    await finish()
    first = (await look(deps, number))[0].current_analysis_id
    async with db.writing(world.id) as session:
        await service.retry(session, system(world.id), interaction_id=number)
    await finish()
    row, _ = await look(deps, number)
    assert row.current_analysis_id > first
    async with db.reading(world.id) as session:
        assert await session.scalar(select(func.count()).select_from(Analysis)) == 2
        assert await session.scalar(select(func.count()).select_from(MentionRow)) == 2


async def test_who_is_unknown_cannot_be_assigned(db, world, ingest, finish, transcript):
    number = await ingest(transcript=transcript)
    await finish()
    for facts, error in (({"speaker": "nobody", "role": "agent"}, InvalidInput), ({"speaker": "Lena", "role": "boss"}, InvalidInput)):
        with pytest.raises(error):
            async with db.writing(world.id) as session:
                await service.assign_role(session, system(world.id), interaction_id=number, **facts)
    with pytest.raises(NotFound):
        async with db.writing(world.id) as session:
            await service.assign_role(session, system(world.id), interaction_id=number + 1, speaker="Lena", role="agent")


async def test_the_worker_takes_up_calls_of_all_accounts_at_its_start(db, world, keys, tmp_path, deps, ingest, finish, sides):
    await ingest(parts=sides, language="en")
    await finish()
    assert await transcribe_again(deps) == 0
    assert await transcribe_again(make_deps(db, keys, tmp_path, recognizer=FakeRecognizer("en"))) == 1
