"""From a sentence of another language to the English that analyses read, by a worker; and what is said while there is none."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from backend.errors import ConfigurationError
from backend.topics import changing, repository, translation
from backend.topics.guiding import Guiding
from backend.topics.service import for_analysis
from backend.topics.translation import STAGE, TranslationState, installed, state_of
from tests.pipeline.conftest import deps
from tests.topics.test_changing import create, owner, said
from tests.topics.test_guiding import GERMAN, THREE
from workers.jobs.translate_topics import EVERY_S, keep_translating, translate_all, translate_topics
from workers.language.fake import FakeTranslator
from workers.outbox import hand_on

__all__ = ["deps"]
ENGLISH = ("I want to cancel my contract, please.", "When is my next delivery?", "We did not order this and will not pay.")


class Broken(FakeTranslator):
    def translate(self, texts, language):
        raise RuntimeError("the model is broken")


REFUSAL = "The model tiny is not what was pulled. Run: assay models pull tiny"


class Refused(FakeTranslator):
    """A model that is not what was pulled, until it is pulled again."""

    whole, tried = False, 0

    def translate(self, texts, language):
        self.tried += 1
        if not self.whole:
            raise ConfigurationError(REFUSAL)
        return super().translate(texts, language)


@pytest.fixture
def speaking(deps):
    """The same with a translator of German."""
    known = dict(zip(GERMAN, ENGLISH, strict=True))
    return replace(deps, engines=replace(deps.engines, translator=FakeTranslator("de", known)))


async def state(db, world):
    async with db.reading(world.id) as session:
        return [(row.text, row.english, row.translated_by) for row in await repository.sentences(session, world.id)]


async def work(deps) -> list[bool]:
    """What waits in the outbox goes to the queue, and what waits there is done."""
    await hand_on(deps.db, deps.queue, deps.pubsub)
    waiting = [task for task in deps.queue.tasks if task.stage == STAGE]
    return [await translate_topics(deps, task) for task in waiting]


async def test_a_topic_of_another_language_is_translated_by_a_worker_and_both_are_kept(speaking, db, world):
    topic = await create(db, world, "Kündigung", GERMAN)
    assert await work(speaking) == [True]
    assert await state(db, world) == [(text, english, "fake 1") for text, english in zip(GERMAN, ENGLISH, strict=True)]
    async with db.reading(world.id) as session:
        (found,) = (await for_analysis(session, world.id)).own
        after = await repository.topic(session, world.id, topic.id)
    assert (found.name, found.sentences) == ("Kündigung", ENGLISH)
    # What analyses look for has changed, what the person decided has not.
    assert (after.version, after.in_force_at > topic.in_force_at) == (1, True)
    assert (await said(db, world))[-1] == "Translated 3 guiding sentences of the topic Kündigung."


async def test_twice_is_no_harm_and_english_wakes_nobody(speaking, db, world):
    await create(db, world, "Variety", THREE)
    assert await work(speaking) == []
    await create(db, world, "Kündigung", GERMAN)
    assert await work(speaking) == [True]
    assert await translate_all(speaking) == 0


async def test_ones_own_english_is_never_overwritten(speaking, db, world):
    async with db.writing(world.id) as session:
        given = [Guiding(GERMAN[0], "de", "I am leaving you."), *(Guiding(text, "de") for text in GERMAN[1:])]
        await changing.create(session, owner(world), name="Kündigung", sentences=given)
    await work(speaking)
    assert [(english, by) for _, english, by in await state(db, world)] == [
        ("I am leaving you.", "person"), (ENGLISH[1], "fake 1"), (ENGLISH[2], "fake 1")
    ]  # fmt: skip


async def test_what_was_rewritten_meanwhile_is_not_given_the_translation_of_what_it_was(speaking, db, world):
    topic = await create(db, world, "Kündigung", GERMAN)
    async with db.reading(world.id) as session:
        waiting = await repository.untranslated(session, world.id)
        for each in waiting:
            session.expunge(each)
    async with db.writing(world.id) as session:
        changed = [Guiding("Das habe ich mir anders überlegt.", "de"), *(Guiding(text, "de") for text in GERMAN[1:])]
        await changing.update(session, owner(world), topic.id, version=1, name="Kündigung", sentences=changed)
        found = {row.id: translation.Translation(row, "English", "late 1") for row in waiting[:1]}
        assert await translation.keep(session, found) == 0
    assert (await state(db, world))[0] == ("Das habe ich mir anders überlegt.", None, None)


async def test_a_model_that_comes_later_is_used_when_a_worker_starts(deps, speaking, db, world):
    await create(db, world, "Kündigung", GERMAN)
    assert await work(deps) == [False]
    assert await translate_all(deps) == 0
    assert await translate_all(speaking) == 3


async def test_a_broken_model_leaves_everything_as_it_is(speaking, db, world, caplog):
    await create(db, world, "Kündigung", GERMAN)
    broken = replace(speaking, engines=replace(speaking.engines, translator=Broken("de", {})))
    assert await work(broken) == [False]
    assert all(english is None for _, english, _ in await state(db, world))
    assert "could not be translated" in caplog.text
    assert GERMAN[0] not in caplog.text


async def test_a_model_that_was_mended_is_used_without_saving_the_topic_or_starting_the_worker_again(speaking, db, world):
    translator = Refused("de", dict(zip(GERMAN, ENGLISH, strict=True)))
    deps = replace(speaking, engines=replace(speaking.engines, translator=translator))
    await create(db, world, "Kündigung", GERMAN)
    looks = 0

    async def mended(seconds):
        nonlocal looks
        looks += 1
        assert seconds == EVERY_S
        translator.whole = True
        if looks == 2:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await keep_translating(deps, pause=mended)
    assert [english for _, english, _ in await state(db, world)] == list(ENGLISH)


async def test_a_model_that_cannot_be_used_is_tried_once_for_all_accounts_and_said_in_one_line(speaking, db, world, new_account, caplog):
    translator = Refused("de", {})
    deps = replace(speaking, engines=replace(speaking.engines, translator=translator))
    for account in (world, await new_account(db)):
        await create(db, account, "Kündigung", GERMAN)
    assert await translate_all(deps) == 0
    assert translator.tried == 1
    (line,) = [record for record in caplog.records if "translated" in record.message]
    assert (line.exc_info, REFUSAL in line.message) == (None, True)


async def test_one_account_is_not_translated_into_another(speaking, db, world, new_account):
    other = await new_account(db)
    await create(db, world, "Kündigung", GERMAN)
    assert await translate_all(speaking) == 3
    assert await state(db, other) == []


async def test_what_is_said_of_a_sentence(db, world, tmp_path):
    await create(db, world, "Kündigung", GERMAN)
    async with db.reading(world.id) as session:
        row = (await repository.sentences(session, world.id))[0]
        session.expunge(row)
    assert state_of(row, frozenset()) is TranslationState.NO_MODEL
    assert "German" in translation.remedy("de")
    assert state_of(row, frozenset({"de"})) is TranslationState.WAITING
    row.english, row.translated_by = ENGLISH[0], "opus 1"
    assert state_of(row, frozenset()) is TranslationState.BY_MODEL
    row.translated_by = "person"
    assert state_of(row, frozenset()) is TranslationState.BY_PERSON
    row.language = "en"
    assert state_of(row, frozenset()) is TranslationState.NOT_NEEDED
    (tmp_path / "translation" / "de").mkdir(parents=True)
    (tmp_path / "translation" / "de" / "config.json").write_text("{}")
    assert installed(tmp_path) <= {"de"}
    assert installed(tmp_path / "none") == frozenset()
