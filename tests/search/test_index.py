"""The index in the database: what is put in is found, what leaves is not, and nobody else's is."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from backend.db.sealed import Sealers
from backend.search import service
from backend.search.tables import SearchPosting, SearchTerm
from tests.factory import THEN
from tests.interactions.rows import new_interaction


def transcript(*texts, role="agent"):
    return {
        "speakers": [{"id": "s", "role": role}],
        "segments": [
            {"speaker": "s", "start_ms": 5_000 * index, "end_ms": 5_000 * index + 900, "text": text} for index, text in enumerate(texts)
        ],
    }


@pytest.fixture
def put(db, world, keys):
    sealers = Sealers(keys)

    async def put(interaction_id, document, before=()):
        async with db.writing(world.id) as session:
            sealer = await sealers.of(session, world.id)
            await service.index(session, sealer, interaction_id=interaction_id, day=THEN.date(), transcript=document, before=before)

    return put


@pytest.fixture
def find(db, world, keys):
    async def find(text, account=None):
        async with db.reading(account or world.id) as session:
            return await service.matching(session, await Sealers(keys).of(session, account or world.id), text)

    return find


async def test_words_and_phrases_are_found(db, world, put, find):
    first, second = await new_interaction(db, world), await new_interaction(db, world)
    await put(first, transcript("I want a refund", "for my last bill"))
    await put(second, transcript("the last refund", "billing"))
    assert sorted(await find("refund last")) == [first, second]
    assert await find('"last bill"') == [first]
    assert await find('"refund for"') == []
    assert await find("unheard") == []
    assert await find("") == []


async def test_indexing_again_changes_nothing_and_a_new_version_replaces_the_old(db, world, put, find):
    number = await new_interaction(db, world)
    old, new = transcript("the old words"), transcript("the new words")
    await put(number, old)
    await put(number, old)
    await put(number, new, before=[old])
    assert await find("old") == []
    assert await find("new words") == [number]
    async with db.reading(world.id) as session:
        assert all(row.count for row in (await session.execute(select(SearchPosting))).scalars())


async def test_the_index_holds_no_word_in_clear_and_other_accounts_find_nothing(db, world, new_account, put, find):
    number = await new_interaction(db, world)
    await put(number, transcript("chrysanthemum"))
    other = await new_account(db)
    assert await find("chrysanthemum", other.id) == []
    async with db.reading(world.id) as session:
        terms = (await session.execute(select(SearchTerm))).scalars().all()
        assert len(terms) == 1
        assert b"chrysanthemum" not in terms[0].sealed + terms[0].digest
