"""What an account has decided, in the work itself: thresholds, languages, recognition, delivered transcripts."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlmodel import col

from backend.authz.actor import system
from backend.errors import InvalidInput
from backend.interactions import repository, service
from backend.interactions.rules import TranscriptFile
from backend.interactions.status import reason, status
from backend.interactions.tables import InteractionEvent
from backend.settings import rules
from backend.settings import service as settings
from tests.pipeline.conftest import make_deps, pump
from tests.pipeline.test_with_words import deps_with_store, transcribe_again_count
from workers.asr.fake import FakeRecognizer

SRT = """1
00:00:00,000 --> 00:00:04,000
Agent: Thank you for calling, how can I help?

2
00:00:03,000 --> 00:00:05,000
Customer: My bill is wrong.

3
00:00:14,000 --> 00:00:16,000
Agent: Let me look at it.
"""


@pytest.fixture
def transcript(tmp_path):
    path = tmp_path / "call.srt"
    path.write_text(SRT)
    return TranscriptFile(path, "call.srt")


@pytest.fixture
def decide(db, world):
    async def decide(**given):
        async with db.writing(world.id) as session:
            await settings.update(session, system(world.id), given, version=None, engines={"nemo", rules.NO_ENGINE})

    return decide


@pytest.fixture
def find(db, world):
    async def find(number):
        async with db.reading(world.id) as session:
            return await repository.interaction(session, world.id, number)

    return find


@pytest.fixture
def look(deps, world):
    from backend.analyses import service as analyses

    async def look(number):
        async with deps.db.reading(world.id) as session:
            return await analyses.load_current(session, await deps.sealers.of(session, world.id), number)

    return look


@pytest.fixture
def retry(db, world, finish):
    async def retry(number):
        async with db.writing(world.id) as session:
            await service.retry(session, system(world.id), interaction_id=number)
        await finish()

    return retry


def all_but(*codes):
    return [code for code in rules.LANGUAGES if code not in codes]


def kinds(current):
    return sorted(event["type"] for event in current.analysis["events"])


async def test_a_threshold_that_is_off_finds_nothing_from_the_next_analysis_on(ingest, finish, look, decide, retry, transcript):
    await decide(crosstalk_ms=500)
    number = await ingest(transcript=transcript)
    await finish()
    assert kinds(await look(number)) == ["crosstalk", "silence"]
    await decide(silence_on=False, crosstalk_on=False)
    assert kinds(await look(number)) == ["crosstalk", "silence"]
    await retry(number)
    current = await look(number)
    assert kinds(current) == []
    assert (current.analysis["settings"]["silence_ms"], current.analysis_row.settings["crosstalk_ms"]) == (None, None)
    await decide(silence_on=True, silence_ms=9_000)
    await retry(number)
    assert kinds(await look(number)) == []
    await decide(silence_ms=8_999)
    await retry(number)
    assert kinds(await look(number)) == ["silence"]


async def test_a_call_in_a_language_that_is_off_is_kept_and_says_why(ingest, finish, find, look, decide, retry, db, world, sides):
    await decide(languages=all_but("de"))
    number = await ingest(parts=sides, language="de-AT")
    await finish()
    row = await find(number)
    assert (status(row), row.recording_id is not None, await look(number)) == ("NOT_ANALYSED", True, None)
    assert "German is switched off" in reason(row)
    async with db.reading(world.id) as session:
        events = (await session.execute(select(InteractionEvent).order_by(col(InteractionEvent.id)))).scalars().all()
    assert [(each.what, each.detail.get("reason")) for each in events] == [("received", None), ("not_analysed", "language_off")]
    with pytest.raises(InvalidInput, match="German is switched off"):
        await retry(number)
    await decide(languages=list(rules.LANGUAGES))
    await retry(number)
    row = await find(number)
    assert (status(row), reason(row)) == ("DONE", None)


async def test_a_delivered_transcript_tells_the_language_that_is_off(ingest, finish, find, decide, transcript):
    await decide(languages=all_but("en"))
    number = await ingest(transcript=transcript, language="en")
    await finish()
    assert status(await find(number)) == "NOT_ANALYSED"


async def test_a_language_that_is_switched_off_meanwhile_stops_the_work(ingest, finish, find, decide, sides):
    number = await ingest(parts=sides, language="fr")
    await decide(languages=all_but("fr"))
    await finish()
    row = await find(number)
    assert (status(row), row.attempts) == ("NOT_ANALYSED", 0)
    assert "French is switched off" in reason(row)


async def test_an_analysis_that_is_there_outlives_its_language(ingest, finish, find, look, decide, retry, db, world, keys, tmp_path, sides):
    number = await ingest(parts=sides, language="en")
    await finish()
    before = (await look(number)).analysis_row.id
    await decide(languages=all_but("en"))
    later = deps_with_store(make_deps(db, keys, tmp_path, recognizer=FakeRecognizer("en")), ingest)
    assert await transcribe_again_count(later, world) == 0
    with pytest.raises(InvalidInput, match="English"):
        await retry(number)
    async with db.writing(world.id) as session:
        with pytest.raises(InvalidInput, match="English"):
            await service.assign_role(session, system(world.id), interaction_id=number, speaker="agent", role="consumer")
        await repository.set_values(session, number, stage="transcribe")
        await service.leave(session, number, "transcribe", "off")
    row = await find(number)
    assert (status(row), reason(row), row.current_analysis_id) == ("DONE", None, before)


async def test_without_an_engine_no_speech_is_recognised_and_the_reason_is_said(ingest, world, decide, look, db, keys, tmp_path, sides):
    await decide(engine=rules.NO_ENGINE)
    deps = deps_with_store(make_deps(db, keys, tmp_path, recognizer=FakeRecognizer("en")), ingest)
    number = await ingest(parts=sides, language="en")
    await pump(deps)
    current = await look(number)
    assert current.transcript_row.source == "activity"
    said = [each["reason"] for each in current.analysis["skipped"] if each["feature"] == "words"]
    assert any("switched off under Settings" in each for each in said)
    assert await transcribe_again_count(deps, world) == 0
    await decide(engine="nemo")
    assert await transcribe_again_count(deps, world) == 1


async def test_an_unknown_language_is_not_assumed_to_be_one_that_is_off(ingest, decide, look, db, keys, tmp_path, sides):
    await decide(languages=all_but("en"))
    recognizer = FakeRecognizer("en", "de", says="ich habe eine frage zu meiner rechnung")
    deps = deps_with_store(make_deps(db, keys, tmp_path, recognizer=recognizer), ingest)
    number = await ingest(parts=sides)
    await pump(deps)
    assert (await look(number)).transcript["language"] == "de"


async def test_a_delivered_transcript_is_used_only_where_the_account_says_so(ingest, decide, look, db, keys, tmp_path, sides, transcript):
    await decide(use_delivered_transcripts=False)
    deps = deps_with_store(make_deps(db, keys, tmp_path, recognizer=FakeRecognizer("en")), ingest)
    heard = await ingest(parts=sides, transcript=transcript, language="en")
    read = await ingest(transcript=transcript, language="en")
    await pump(deps)
    assert [(await look(each)).transcript_row.source for each in (heard, read)] == ["recognised", "delivered"]
