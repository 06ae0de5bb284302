"""The transcript in English, beside the original: for whoever may read what was said."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from backend.graphql.ids import global_id
from tests.api.seed import ENGLISH, add_custom, add_interaction, add_translation, add_words

QUERY = """query ($id: ID!) { interaction(id: $id) {
  transcript { segments { texts } translation { engine language texts } }
  analysis { summary { text segments writtenBy sources } evidence(of: TOPICS) { items { quote translation segment } } } } }"""


@pytest.fixture
async def call(db, world, sealers) -> tuple[str, int]:
    row = await add_interaction(db, world)
    await add_words(db, sealers, row)
    await add_translation(db, sealers, world.id, row.id)
    return global_id("Interaction", row.id), row.id


async def test_both_are_given_and_topics_show_the_english_that_was_matched(as_person, world, call):
    found = (await (await as_person(world, "evaluator")).ask(QUERY, id=call[0]))["interaction"]
    assert found["transcript"]["segments"]["texts"] == ["Thanks for calling.", "I want to cancel.", None]
    assert found["transcript"]["translation"] == {
        "engine": "opus 1",
        "language": "de",
        "texts": ["Thank you for your call.", "I would like to cancel.", None],
    }
    assert found["analysis"]["evidence"]["items"] == [
        {"quote": "I want to cancel.", "translation": "I would like to cancel.", "segment": 1}
    ]
    assert found["analysis"]["summary"] == {"text": "I want to cancel.", "segments": [1], "writtenBy": None, "sources": [[1]]}


async def test_whoever_may_not_read_gets_neither(as_person, db, world, call):
    await add_custom(db, world, ("interaction.read", "all"))
    found = (await (await as_person(world, "custom")).ask(QUERY, id=call[0]))["interaction"]
    assert found["transcript"]["translation"] is None
    assert [item["translation"] for item in found["analysis"]["evidence"]["items"]] == [None]


async def test_it_is_sealed_and_goes_with_the_conversation(db, world, call):
    async with db.writing(world.id) as session:
        body = (await session.execute(text("SELECT body FROM translation"))).scalar_one()
        assert b"cancel" not in body
        await session.execute(text("DELETE FROM interaction WHERE id = :id"), {"id": call[1]})
        assert (await session.execute(text("SELECT count(*) FROM translation"))).scalar_one() == 0


def test_the_stored_form_is_read_as_it_was_written():
    assert type(ENGLISH).of(ENGLISH.document()) == ENGLISH
