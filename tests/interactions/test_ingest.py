"""Ingest: once for an external id, whole or not at all, and a clear word for what cannot be."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlmodel import col

from backend.accounts.service import NewAgent
from backend.accounts.tables import Agent
from backend.analysis.types import Hold
from backend.authz.actions import Action, Scope
from backend.authz.actor import Actor, system
from backend.db.sealed import Sealers
from backend.db.tables import OutboxRow
from backend.errors import AnalysisOff, InvalidInput, MediaRefused, NotPermitted
from backend.infra.object_store.fake import FakeStore
from backend.interactions.ingest import Intake, ingest
from backend.interactions.rules import NewInteraction, Part, TranscriptFile
from backend.interactions.status import reason, status
from backend.interactions.tables import DeliveredTranscript, HoldInterval, Interaction

VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\n<v Agent>Good morning, chrysanthemum.\n"


@pytest.fixture
def store():
    return FakeStore()


@pytest.fixture
def intake(db, keys, store):
    return Intake(db, store, keys, Sealers(keys), most_bytes=1_000)


@pytest.fixture
def recording(tmp_path):
    path = tmp_path / "call.wav"
    path.write_bytes(b"RIFF-not-really-but-that-is-found-out-later")
    return Part(path, "call.wav")


@pytest.fixture
def transcript(tmp_path):
    path = tmp_path / "call.vtt"
    path.write_bytes(VTT)
    return TranscriptFile(path, "call.vtt")


@pytest.fixture
def take(intake, world, recording):
    async def take(actor=None, **facts):
        return await ingest(intake, actor or system(world.id), NewInteraction(**({"parts": (recording,)} | facts)))

    return take


@pytest.fixture
def rows(db, world):
    async def rows(table):
        async with db.reading(world.id) as session:
            query = select(table).where(col(table.account_id) == world.id)
            found = (await session.execute(query)).scalars()
            return sorted(found, key=lambda row: getattr(row, "id", 0))

    return rows


async def test_the_same_external_id_twice_changes_nothing(take, rows, store):
    first = await take(external_id="x-1")
    before = dict(store.objects)
    second = await take(external_id="x-1", queue="Other")
    assert (first.created, second.created, second.interaction_id) == (True, False, first.interaction_id)
    assert store.objects == before
    assert len(await rows(Interaction)) == 1


async def test_without_an_external_id_each_is_new(take, rows):
    assert [(await take()).created, (await take()).created] == [True, True]
    assert len(await rows(Interaction)) == 2


async def test_interactions_of_an_engagement_follow_one_another(take, rows):
    for _ in range(3):
        await take(engagement_external_id="call-9")
    await take(engagement_external_id="call-10")
    found = await rows(Interaction)
    assert [row.position for row in found] == [1, 2, 3, 1]
    assert len({row.engagement_id for row in found}) == 2


async def test_the_day_is_that_of_the_accounts_zone(take, rows):
    await take(started_at=datetime(2026, 11, 2, 23, 30, tzinfo=UTC))
    assert (await rows(Interaction))[0].day == date(2026, 11, 3)


async def test_an_agent_is_found_by_external_id_then_by_email_and_else_made(take, rows, world):
    await take(agent=NewAgent(external_id="ext-north", name="Someone Else"))
    await take(agent=NewAgent(email="SOUTH@example.com"))
    await take(agent=NewAgent(external_id="new-1", email="agent@example.com", name="Lena", team="north"))
    north, south, fresh = await rows(Interaction)
    assert (north.agent_id, south.agent_id) == (world.agents["north"], world.agents["south"])
    assert (north.team_id, fresh.team_id) == (world.teams["north"], world.teams["north"])
    agents = {row.id: row for row in await rows(Agent)}
    assert len(agents) == 3
    assert agents[north.agent_id].name == "north agent"
    assert agents[fresh.agent_id].user_id == world.users["agent"]


async def test_everything_is_kept_and_the_first_stage_is_due(take, rows, transcript, store):
    done = await take(
        transcript=transcript, consumer="Rosa", queue="Billing", channel="video", direction="inbound", language="en-GB", consent="given",
        holds=(Hold(5_000, 7_000), Hold(6_000, 9_000)),
    )  # fmt: skip
    row = (await rows(Interaction))[0]
    assert (row.consumer, row.channel, row.direction, row.consent) == ("Rosa", "video", "inbound", "given")
    assert (row.language, row.language_source, row.stage) == ("en", "hinted", "decode")
    assert [(hold.start_ms, hold.end_ms) for hold in await rows(HoldInterval)] == [(5_000, 9_000)]
    assert {(event.event, event.payload["interaction_id"]) for event in await rows(OutboxRow)} == {
        ("interaction_created", done.interaction_id), ("stage_ready", done.interaction_id),
    }  # fmt: skip
    assert all(b"RIFF" not in value for value in store.objects.values())
    assert b"chrysanthemum" not in (await rows(DeliveredTranscript))[0].body


async def test_a_transcript_alone_begins_with_its_words(take, rows, transcript):
    await take(parts=(), transcript=transcript)
    row = (await rows(Interaction))[0]
    assert (row.stage, row.duration_ms, row.recording_id) == ("transcribe", 2_000, None)


async def test_an_end_to_end_encrypted_conversation_is_listed_with_its_reason_and_keeps_no_recording(take, rows, store):
    await take(end_to_end_encrypted=True)
    row = (await rows(Interaction))[0]
    assert status(row) == "NOT_ANALYSED"
    assert "encrypted" in reason(row)
    assert store.objects == {}
    assert [event.event for event in await rows(OutboxRow)] == ["interaction_created"]


async def test_with_analysis_off_nothing_is_taken(intake, new_account, db, recording, store):
    closed = await new_account(db, analysis=False)
    with pytest.raises(AnalysisOff):
        await ingest(intake, system(closed.id), NewInteraction((recording,)))
    assert store.objects == {}


async def test_it_needs_the_permission(take, world):
    reader = Actor(world.id, world.users["evaluator"], has_seat=True, permissions={Action.INTERACTION_READ: Scope.ALL})
    with pytest.raises(NotPermitted):
        await take(reader)


FAULTS = {
    "/input/recording": {"parts": ()},
    "/input/channel": {"channel": "fax"},
    "/input/direction": {"direction": "sideways"},
    "/input/startedAt": {"started_at": datetime(2026, 11, 2, 9)},
    "/input/language": {"language": "English"},
    "/input/externalId": {"external_id": " "},
    "/input/queue": {"queue": "q" * 401},
    "/input/consumer": {"consumer": "a\0b"},
    "/input/agent": {"agent": NewAgent(team="north")},
    "/input/agent/email": {"agent": NewAgent(email="nobody")},
    "/input/holds/0/startMs": {"holds": (Hold(-1, 5),)},
    "/input/holds/1/endMs": {"holds": (Hold(0, 5), Hold(9, 9))},
}


@pytest.mark.parametrize("pointer", FAULTS)
async def test_bad_input_is_named_and_leaves_nothing(take, rows, store, pointer):
    with pytest.raises(InvalidInput) as fault:
        await take(**FAULTS[pointer])
    assert fault.value.pointer == pointer
    assert store.objects == {}
    assert await rows(Interaction) == []


async def test_a_transcript_that_is_none_is_refused_before_anything_is_stored(take, store, tmp_path):
    (tmp_path / "t.txt").write_text("hello")
    with pytest.raises(InvalidInput) as fault:
        await take(transcript=TranscriptFile(tmp_path / "t.txt", "t.txt"))
    assert "transcript" in fault.value.pointer
    assert store.objects == {}


@pytest.mark.parametrize(("size", "word"), [(0, "empty"), (1_001, "MAX_UPLOAD_MB")])
async def test_empty_and_too_large_recordings_are_refused(take, store, tmp_path, size, word):
    path = tmp_path / "odd.wav"
    path.write_bytes(b"x" * size)
    with pytest.raises(MediaRefused, match=word):
        await take(parts=(Part(path, "odd.wav"),))
    assert store.objects == {}


async def test_what_was_stored_is_taken_away_when_the_rows_fail(take, store, rows, monkeypatch):
    async def broken(*args):
        assert store.objects, "the recording is stored before"
        raise RuntimeError

    monkeypatch.setattr("backend.interactions.ingest._row", broken)
    with pytest.raises(RuntimeError):
        await take()
    assert store.objects == {}
    assert await rows(Interaction) == []


async def test_two_at_once_with_one_external_id_become_one(fresh_db, keys, new_account, recording, store):
    import asyncio

    world = await new_account(fresh_db)
    intake = Intake(fresh_db, store, keys, Sealers(keys))
    new = NewInteraction((recording,), external_id="same", engagement_external_id="e", queue="Q", agent=NewAgent(external_id="a"))
    done = await asyncio.gather(*(ingest(intake, system(world.id), new) for _ in range(4)))
    assert sorted(each.created for each in done) == [False, False, False, True]
    assert len({each.interaction_id for each in done}) == 1
    assert len(store.objects) == 1
