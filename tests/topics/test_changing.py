"""Topics of an account's own: made, changed, switched, deleted, with a record of each; and ten at most, however many ask at once."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from backend.audit.sentences import sentence
from backend.audit.tables import AuditEntry
from backend.authz.actions import AccountAction
from backend.authz.actor import Actor
from backend.db.tables import OutboxRow
from backend.errors import Conflict, InvalidInput, NotFound, NotPermitted
from backend.interactions.tables import InteractionTag
from backend.topics import changing, repository, service
from backend.topics.guiding import DEFAULTS, MOST, Guiding
from backend.topics.tables import Topic
from tests.api.seed import add_interaction
from tests.topics.test_guiding import GERMAN, THREE, guiding


def owner(world) -> Actor:
    return Actor(world.id, world.users["admin"], account_role="owner")


async def create(db, world, name="Variety", sentences=THREE, actor=None) -> Topic:
    async with db.writing(world.id) as session:
        return await changing.create(session, actor or owner(world), name=name, sentences=guiding(*sentences))


async def update(db, world, topic, *, version=None, name="Variety", sentences=THREE) -> Topic:
    async with db.writing(world.id) as session:
        given = [each if isinstance(each, Guiding) else Guiding(each) for each in sentences]
        return await changing.update(session, owner(world), topic.id, version=version or topic.version, name=name, sentences=given)


async def written(db, world, topic) -> list[tuple[str, str, str | None]]:
    async with db.reading(world.id) as session:
        return [(row.text, row.language, row.english) for row in await repository.sentences(session, world.id, topic.id)]


async def said(db, world) -> list[str]:
    async with db.reading(world.id) as session:
        query = select(AuditEntry).where(col(AuditEntry.object_type) == "Topic").order_by(col(AuditEntry.id))
        return [sentence(row.action, row.detail) for row in (await session.execute(query)).scalars()]


async def waiting(db, world) -> int:
    async with db.writing(world.id) as session:
        query = select(func.count()).where(col(OutboxRow.account_id) == world.id, col(OutboxRow.event) == "topic_written")
        return await session.scalar(query)


async def test_a_topic_is_made_changed_switched_and_deleted_and_the_log_says_so(db, world):
    topic = await create(db, world)
    assert (topic.version, topic.custom, topic.active, topic.changed_by) == (1, True, True, world.users["admin"])
    changed = await update(
        db, world, topic, name="Flavours", sentences=(THREE[0], "Do you sell it by the litre?", *THREE[2:], "Any nuts in it?")
    )
    assert (changed.version, changed.in_force_at > topic.created_at) == (2, True)
    assert [text for text, _, _ in await written(db, world, topic)] == [
        THREE[0], "Do you sell it by the litre?", THREE[2], "Any nuts in it?"
    ]  # fmt: skip
    async with db.writing(world.id) as session:
        assert not (await changing.switch(session, owner(world), topic.id, on=False)).active
        await changing.switch(session, owner(world), topic.id, on=False)
        await changing.delete(session, owner(world), topic.id)
    assert await said(db, world) == [
        "Made the topic Variety with 3 guiding sentences.",
        "Renamed the topic Variety to Flavours; 2 guiding sentences added, 1 removed.",
        "Switched the topic Flavours off.",
        "Deleted the topic Flavours.",
    ]


async def test_what_changes_nothing_leaves_no_trace(db, world):
    topic = await create(db, world)
    assert (await update(db, world, topic)).version == 1
    assert len(await said(db, world)) == 1


async def test_whoever_was_slower_is_refused(db, world):
    topic = await create(db, world)
    await update(db, world, topic, name="Flavours")
    with pytest.raises(Conflict, match="Somebody else"):
        await update(db, world, topic, version=1, name="Kinds")


@pytest.mark.parametrize("name", ["variety", " VARIETY ", "Pricing", "pricing"])
async def test_a_name_is_taken_in_any_case_and_so_are_the_default_ones(db, world, name):
    await create(db, world)
    with pytest.raises(Conflict, match="already"):
        await create(db, world, name=name)
    other = await create(db, world, name="Other")
    with pytest.raises(Conflict, match="already"):
        await update(db, world, other, name=name)


async def test_a_topic_keeps_its_own_name_in_another_case(db, world):
    topic = await create(db, world)
    assert (await update(db, world, topic, name="VARIETY")).name == "VARIETY"


async def test_default_topics_can_be_switched_and_no_more(db, world):
    async with db.writing(world.id) as session:
        await service.create_defaults(session)
        pricing = next(row for row in await repository.topics(session, world.id) if row.name == "Pricing")
    with pytest.raises(Conflict, match="cannot be edited"):
        await update(db, world, pricing, name="Prices")
    async with db.writing(world.id) as session:
        with pytest.raises(Conflict, match="cannot be deleted"):
            await changing.delete(session, owner(world), pricing.id)
        await changing.switch(session, owner(world), pricing.id, on=False)
        found = await service.for_analysis(session, world.id)
    assert (found.off, set(found.ids)) == (("Pricing",), set(DEFAULTS))


async def test_only_the_accounts_own_permission_does(db, world):
    topic = await create(db, world)
    admin = Actor(world.id, world.users["admin"], roles=frozenset({"admin"}), has_seat=True)
    limited = Actor(world.id, world.users["admin"], account_role="owner", account_limit=frozenset({AccountAction.SETTINGS_EDIT}))
    for actor in (admin, limited):
        async with db.writing(world.id) as session:
            for doing in (
                changing.create(session, actor, name="Other", sentences=guiding(*THREE)),
                changing.update(session, actor, topic.id, version=1, name="Other", sentences=guiding(*THREE)),
                changing.switch(session, actor, topic.id, on=False),
                changing.delete(session, actor, topic.id),
            ):
                with pytest.raises(NotPermitted):
                    await doing


async def test_another_accounts_topic_is_not_there(db, world, new_account):
    topic, other = await create(db, world), await new_account(db)
    async with db.writing(other.id) as session:
        for doing in (
            changing.update(session, owner(other), topic.id, version=1, name="Other", sentences=guiding(*THREE)),
            changing.switch(session, owner(other), topic.id, on=False),
            changing.delete(session, owner(other), topic.id),
        ):
            with pytest.raises(NotFound):
                await doing
        assert await repository.topics(session, other.id) == []


async def test_a_deleted_topic_is_taken_off_the_interactions(db, world):
    topic, other = await create(db, world), await create(db, world, "Other")
    await add_interaction(db, world, tags={("topic", topic.id): 2, ("topic", other.id): 1, ("indicator", topic.id): 1})
    async with db.writing(world.id) as session:
        assert await repository.found_in(session, world.id) == {topic.id: 1, other.id: 1}
        await changing.delete(session, owner(world), topic.id)
        left = await session.execute(select(col(InteractionTag.kind), col(InteractionTag.tag_id)).order_by(col(InteractionTag.kind)))
        assert [tuple(row) for row in left] == [("indicator", topic.id), ("topic", other.id)]


async def test_analyses_read_the_english_of_what_is_on(db, world):
    mixed = [Guiding(GERMAN[0], "de", "I want to cancel."), Guiding(GERMAN[1], "de"), *guiding(*THREE)]
    async with db.writing(world.id) as session:
        topic = await changing.create(session, owner(world), name="Mixed", sentences=mixed)
        await changing.create(session, owner(world), name="Waiting", sentences=guiding(*GERMAN))
        (found,) = (await service.for_analysis(session, world.id)).own
        assert (found.name, found.sentences) == ("Mixed", ("I want to cancel.", *THREE))
        await changing.switch(session, owner(world), topic.id, on=False)
        assert (await service.for_analysis(session, world.id)).own == ()
    assert await waiting(db, world) == 2


async def test_sentences_that_stay_keep_their_translation(db, world):
    topic = await create(db, world, sentences=GERMAN)
    async with db.writing(world.id) as session:
        first = (await repository.sentences(session, world.id, topic.id))[0]
        assert await repository.translate(session, first.id, GERMAN[0], "I want to cancel.", "model 1") == topic.id
        assert await repository.translate(session, first.id, GERMAN[0], "Something else", "model 2") is None
    await update(db, world, topic, sentences=(*GERMAN[:2], "Das ist mir nicht recht, danke."))
    assert await written(db, world, topic) == [
        (GERMAN[0], "de", "I want to cancel."), (GERMAN[1], "de", None), ("Das ist mir nicht recht, danke.", "de", None)
    ]  # fmt: skip
    changed = await update(db, world, topic, version=2, sentences=(Guiding(GERMAN[0], "de", "I am leaving you."), *GERMAN[1:]))
    assert (await written(db, world, changed))[0] == (GERMAN[0], "de", "I am leaving you.")


async def test_a_fault_in_a_sentence_leaves_everything_as_it_was(db, world):
    topic = await create(db, world)
    with pytest.raises(InvalidInput):
        await update(db, world, topic, name="Other", sentences=(*THREE, "Short"))
    assert len(await written(db, world, topic)) == 3


async def test_ten_at_most_however_many_ask_at_once(fresh_db, new_account):
    world = await new_account(fresh_db)
    for number in range(MOST - 1):
        await create(fresh_db, world, f"Topic {number}")
    asked = [create(fresh_db, world, f"Late {number}") for number in range(4)]
    found = await asyncio.gather(*asked, return_exceptions=True)
    assert sum(isinstance(each, Topic) for each in found) == 1
    assert all("at most 10" in each.message for each in found if isinstance(each, Conflict))
    async with fresh_db.reading(world.id) as session:
        assert len(await repository.topics(session, world.id)) == MOST


async def test_one_name_is_given_once_however_many_ask_at_once(fresh_db, new_account):
    world = await new_account(fresh_db)
    found = await asyncio.gather(*(create(fresh_db, world, name) for name in ("Variety", "variety", "VARIETY")), return_exceptions=True)
    assert sorted(type(each).__name__ for each in found) == ["Conflict", "Conflict", "Topic"]
