"""Recordings whose language nobody said, or said wrongly: told from the sound, or left without words; never transcribed falsely."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlmodel import col

from backend.analyses import service as analyses
from backend.authz.actor import system
from backend.errors import InvalidInput
from backend.interactions import repository, service
from backend.interactions.rules import TranscriptFile
from backend.interactions.status import reason, status
from backend.interactions.tables import InteractionEvent
from backend.settings import service as settings
from tests.pipeline.conftest import make_deps, pump
from workers.asr.fake import FakeLanguageDetector, FakeRecognizer

GERMAN = "ich habe eine frage zu meiner rechnung und die ist zu hoch"


@pytest.fixture
def run(db, world, keys, tmp_path, ingest, sides):
    """Runs a call with these engines; returns its row, current analysis and what the history holds of its language."""

    async def run(*installed, says=GERMAN, likely=None, **facts):
        deps = make_deps(db, keys, tmp_path, recognizer=FakeRecognizer(*installed, says=says))
        deps = replace(deps, store=ingest.store, engines=replace(deps.engines, detector=FakeLanguageDetector(**(likely or {}))))
        number = await ingest(**{"parts": sides} | facts)
        await pump(deps)
        run.deps = deps
        return await look(deps, number)

    async def look(deps, number):
        async with db.reading(world.id) as session:
            row = await repository.interaction(session, world.id, number)
            current = await analyses.load_current(session, await deps.sealers.of(session, world.id), number)
            asked = select(InteractionEvent).where(col(InteractionEvent.interaction_id) == number).order_by(col(InteractionEvent.id))
            history = (await session.execute(asked)).scalars().all()
        return row, current, [each.detail for each in history if each.what == "language_detected"]

    run.look = look
    return run


def words(current):
    return next((each for each in current.analysis["skipped"] if each["feature"] == "words"), {})


async def test_the_sound_tells_the_language_and_it_is_transcribed_in_it(run):
    row, current, heard = await run("de", "en", likely={"de": 0.93, "en": 0.07})
    assert (row.language, row.language_source, row.without_words) == ("de", "detected", False)
    assert (current.transcript["language"], current.transcript_row.language) == ("de", "de")
    assert heard == [{"language": "de", "confidence": 0.93, "by": "fake detector"}]


async def test_a_language_without_a_model_is_named_with_the_command_that_brings_one(run):
    row, current, _ = await run("en", likely={"fi": 0.9, "en": 0.1})
    assert (row.language, row.language_source, row.without_words) == ("fi", "detected", True)
    assert words(current)["reason"].startswith("No transcript was delivered and no speech model for Finnish (fi) is installed")
    assert words(current)["remedy"] == "assay models pull --language fi"


async def test_a_language_outside_of_the_product_is_named_and_not_transcribed(run):
    row, current, _ = await run("en", likely={"tr": 0.9, "en": 0.1})
    assert (row.language, row.without_words) == ("tr", True)
    assert "Turkish (tr), which Assay does not transcribe" in words(current)["reason"]


async def test_doubt_is_said_and_nothing_is_transcribed(run):
    row, current, heard = await run("en", "de", likely={"de": 0.5, "en": 0.5})
    assert (row.language, row.language_source, row.without_words) == (None, "uncertain", True)
    assert "could not be told with certainty" in words(current)["reason"]
    assert heard[0]["confidence"] == 0.5
    assert row.engagement_score is not None


async def test_a_language_that_the_account_has_switched_off_is_not_analysed(run, db, world):
    async with db.writing(world.id) as session:
        await settings.update(session, system(world.id), {"languages": ["en"]}, version=None, engines=())
    row, current, _ = await run("de", "en", likely={"de": 0.95, "en": 0.05})
    assert (status(row), current) == ("NOT_ANALYSED", None)
    assert "German is switched off" in reason(row)


async def test_what_was_declared_wrongly_is_found_out(run):
    row, current, heard = await run("en", "de", language="en", likely={"de": 0.97, "en": 0.03})
    assert (row.language, row.language_source, current.transcript["language"]) == ("de", "detected", "de")
    assert len(heard) == 1
    row, _, heard = await run("en", "de", says="thank you for calling", language="en", likely={"de": 0.7, "en": 0.3})
    assert (row.language, row.language_source, heard) == ("en", "hinted", [])


async def test_trial_transcripts_tell_where_no_detector_is_installed(run):
    row, _, heard = await run("de", "en")
    assert (row.language, row.language_source) == ("de", "detected")
    assert heard[0]["by"] == "transcripts"


async def test_with_one_language_it_is_assumed_and_a_text_in_another_gives_itself_away(run):
    row, _, heard = await run("en", says="thank you for calling how can i help")
    assert (row.language, row.language_source, heard) == ("en", "assumed", [])
    row, current, heard = await run("en")
    assert (row.language, row.language_source, current.transcript["language"]) == ("de", "detected", "de")


async def test_a_language_that_a_person_says_is_transcribed_in_whatever_the_sound_tells(run, db, world):
    row, _, _ = await run("en", "de", likely={"de": 0.5, "en": 0.5})
    async with db.writing(world.id) as session:
        await service.set_language(session, system(world.id), interaction_id=row.id, language="de")
    await pump(run.deps)
    row, current, _ = await run.look(run.deps, row.id)
    assert (row.language, row.language_source, row.without_words, status(row)) == ("de", "manual", False, "DONE")
    assert (current.transcript["language"], current.transcript_row.source) == ("de", "recognised")
    async with db.writing(world.id) as session:
        with pytest.raises(InvalidInput, match="en"):
            await service.set_language(session, system(world.id), interaction_id=row.id, language="tlh")


async def test_a_person_outweighs_the_language_that_a_delivered_transcript_names(run, db, world, tmp_path):
    path = tmp_path / "call.json"
    path.write_text('{"language": "en", "segments": [{"start": 0, "end": 9, "text": "Guten Tag, was kann ich für Sie tun?"}]}')
    row, current, _ = await run("en", parts=(), transcript=TranscriptFile(path, "call.json"))
    assert current.transcript["language"] == "en"
    async with db.writing(world.id) as session:
        await service.set_language(session, system(world.id), interaction_id=row.id, language="de")
    await pump(run.deps)
    row, current, _ = await run.look(run.deps, row.id)
    assert (row.language, current.transcript["language"]) == ("de", "de")


async def test_recognised_chinese_is_kept_in_simplified_characters(run):
    _, current, _ = await run("zh", says="請 問 您 的 帳 單", language="zh")
    assert {character for each in current.transcript["segments"] for character in each["text"]} == set("请问您的账单")
