"""Guiding sentences tried on recent conversations: what is found, by whom it may be seen, and what is nearly found."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from backend.accounts.tables import User
from backend.analyses import service as analyses
from backend.analyses import translations
from backend.analyses.tables import Analysis
from backend.analysis.language.translation import translated
from backend.analysis.reading import read_transcript
from backend.audit.tables import AuditEntry
from backend.authz.actions import Action
from backend.graphql.ids import global_id
from backend.topics import preview as previews
from backend.topics import service
from tests.api.seed import add_custom
from tests.topics.test_changing import create
from tests.topics.test_guiding import GERMAN

CANCEL = (
    "I want to cancel my contract.",
    "How do I end my subscription?",
    "Please close my account at the end of the month.",
    "I would like to terminate the agreement.",
)
ASK = """query ($input: TopicPreviewInput!) { topicPreview(input: $input) {
    conversations of complete otherLanguages usableSentences withheld matching matchingBefore gained lost passages
    found { interaction { id } segment startMs role text english highlightStart highlightEnd score sentence nearness change also }
    missed { interaction { id } segment text score nearness }
    competing { name passages sentences } remarks { sentence kind message } } }"""


def given(*texts, **more):
    return {"sentences": [each if isinstance(each, dict) else {"text": each} for each in texts], **more}


async def tried(client, *texts, **more):
    """Asked until it is complete, as the page does."""
    for _ in range(20):
        found = (await client.ask(ASK, input=given(*texts, **more)))["topicPreview"]
        if found["complete"]:
            return found
    raise AssertionError("it never became complete")


@pytest.fixture
async def owner(world, as_person):
    return await as_person(world, "admin")


@pytest.fixture
async def three(call):
    """The last one is about it, the one before nearly."""
    await call("Good morning, how can I help you?", "My parcel has not arrived.", "Let me look where it is.")
    near = await call("Hello, this is support.", "I signed the contract yesterday.", "It runs until March.")
    about = await call("Hello, this is support.", "Good morning. I would like to cancel my subscription today.", "I can do that for you.")
    return near, about


async def test_passages_are_found_with_their_place_and_the_sentence_that_is_nearest(owner, three):
    _near, about = three
    found = await tried(owner, *CANCEL)
    assert (found["conversations"], found["of"], found["matching"], found["matchingBefore"]) == (3, 3, 1, None)
    (passage,) = found["found"]
    assert passage["interaction"]["id"] == global_id("Interaction", about.id)
    assert (passage["segment"], passage["startMs"], passage["role"], passage["change"]) == (1, 5_000, "CONSUMER", None)
    marked = passage["text"][passage["highlightStart"] : passage["highlightEnd"]]
    assert marked == "I would like to cancel my subscription today."
    assert passage["score"] > 0.5
    assert passage["nearness"] > 0.5
    assert passage["sentence"] in range(4)


async def test_what_is_nearly_found_comes_nearest_first(owner, three):
    found = await tried(owner, *CANCEL)
    assert found["missed"][0]["interaction"]["id"] == global_id("Interaction", three[0].id)
    assert found["missed"][0]["text"] == "I signed the contract yesterday."
    assert [each["score"] for each in found["missed"]] == [None] * len(found["missed"])
    nearness = [each["nearness"] for each in found["missed"]]
    assert nearness == sorted(nearness, reverse=True)


async def test_an_edit_tells_what_comes_and_goes(db, world, owner, three):
    topic = await create(db, world, "Parcels", ["My parcel has not arrived.", "Where is my delivery?", "The package is late again."])
    found = await tried(owner, *CANCEL, topicId=global_id("Topic", topic.id))
    assert (found["matching"], found["matchingBefore"], found["gained"], found["lost"]) == (1, 1, 1, 1)
    changes = {(each["text"], each["change"]) for each in found["found"]}
    assert ("My parcel has not arrived.", "REMOVED") in changes
    assert any("cancel" in said and change == "ADDED" for said, change in changes)
    assert next(each for each in found["found"] if each["change"] == "REMOVED")["score"] is None


async def test_topics_that_compete_are_named(db, world, owner, three):
    async with db.writing(world.id) as session:
        await service.create_defaults(session)
    await create(db, world, "Leaving", [*CANCEL, "I shall leave you as a customer."])
    found = await tried(owner, *CANCEL, "How much does it cost a month?")
    leaving = next(each for each in found["competing"] if each["name"] == "Leaving")
    assert leaving["passages"] >= 1
    assert leaving["sentences"] == [0, 1, 2, 3]
    assert next(each for each in found["competing"] if each["name"] == "Pricing")["sentences"] == [4]
    assert "Leaving" in found["found"][0]["also"]
    assert {each["sentence"] for each in found["remarks"] if each["kind"] == "NEAR_OTHER_TOPIC"} == {0, 1, 2, 3, 4}


async def test_a_default_topic_that_is_off_competes_with_nothing(db, world, owner, three):
    async with db.writing(world.id) as session:
        await service.create_defaults(session)
        (pricing,) = [row for row in await previews.repository.topics(session, world.id) if row.name == "Pricing"]
    await owner.ask("mutation ($id: ID!) { switchTopic(id: $id, on: false) { __typename } }", id=global_id("Topic", pricing.id))
    found = await tried(owner, *CANCEL, "How much does it cost a month?")
    assert "Pricing" not in {each["name"] for each in found["competing"]}


async def test_remarks_name_the_sentence(owner, three):
    found = await tried(
        owner,
        *CANCEL,
        "Too short",
        "i want to CANCEL my contract",
        "I want to cancel my contract now.",
        {"text": GERMAN[1], "language": "de"},
    )
    kinds = {(each["sentence"], each["kind"]) for each in found["remarks"]}
    assert kinds >= {(4, "UNUSABLE"), (5, "REPEATED"), (6, "ALIKE"), (7, "UNTRANSLATED")}
    assert found["usableSentences"] == 6


async def test_ones_own_english_is_tried(owner, three):
    foreign = [{"text": f"Satz Nummer {number} auf Deutsch", "language": "de", "english": text} for number, text in enumerate(CANCEL)]
    found = await tried(owner, *foreign)
    assert (found["usableSentences"], found["matching"]) == (4, 1)


async def test_too_few_sentences_find_nothing(owner, three):
    found = await tried(owner, *CANCEL[:2])
    assert (found["matching"], found["found"], found["missed"], found["usableSentences"]) == (None, [], [], 2)


async def test_conversations_in_other_languages_are_counted_and_not_tried(owner, three, call):
    await call("Guten Tag.", "Ich möchte kündigen.", language="de")
    found = await tried(owner, *CANCEL)
    assert (found["of"], found["otherLanguages"]) == (3, 1)


async def test_a_conversation_is_tried_in_its_translation_and_shown_in_both(db, world, owner, three, call, sealers):
    lines = ("Guten Tag.", "Guten Morgen. Ich möchte kündigen. Danke sehr.")
    english = {
        "Guten Tag.": "Hello.",
        "Guten Morgen.": "Good morning.",
        "Ich möchte kündigen.": "I want to cancel.",
        "Danke sehr.": "Thanks.",
    }
    row = await call(*lines, language="de")
    async with db.writing(world.id) as session:
        sealer = await sealers.of(session, world.id)
        _, document = await analyses.latest_transcript(session, sealer, row.id)
        found = translated(read_transcript(document), lambda texts: [english[text] for text in texts], lambda share: None)
        number = await translations.save(session, sealer, row.id, found)
        await session.execute(update(Analysis).where(col(Analysis.interaction_id) == row.id).values(translation_id=number))
    found = await tried(owner, *CANCEL)
    assert (found["of"], found["otherLanguages"], found["matching"]) == (4, 0, 2)
    passage = next(each for each in found["found"] if each["interaction"]["id"] == global_id("Interaction", row.id))
    assert passage["text"] == lines[1]
    assert lines[1][passage["highlightStart"] : passage["highlightEnd"]] == "Ich möchte kündigen."
    assert passage["english"] == "I want to cancel."


async def test_what_takes_longer_is_left_to_the_next_call(owner, three, monkeypatch):
    monkeypatch.setattr(previews, "READING_S", 0.0)
    monkeypatch.setattr(previews, "_HEARD", previews.Kept(9))
    first = (await owner.ask(ASK, input=given(*CANCEL)))["topicPreview"]
    assert (first["conversations"], first["of"], first["complete"]) == (0, 3, False)
    monkeypatch.setattr(previews, "READING_S", 0.001)
    assert (await tried(owner, *CANCEL))["matching"] == 1


async def test_words_that_were_read_are_in_the_log(db, world, owner, three):
    await tried(owner, *CANCEL)
    async with db.reading(world.id) as session:
        rows = (await session.execute(select(AuditEntry).where(col(AuditEntry.action) == "topic.preview"))).scalars().all()
    assert {three[1].id, three[0].id} <= {number for row in rows for number in row.detail["interactions"]}
    assert all("cancel" not in str(row.detail) for row in rows)


async def make_owner(db, world, person):
    async with db.writing(world.id) as session:
        mine = col(User.account_id) == world.id, col(User.id) == world.users[person]
        await session.execute(update(User).where(*mine).values(account_role="admin"))


async def test_whoever_sees_no_interaction_is_told_counts_of_many_and_nothing_of_few(db, world, as_person, call, three):
    await make_owner(db, world, "seatless")
    client = await as_person(world, "seatless")
    few = await tried(client, *CANCEL)
    assert (few["of"], few["matching"], few["found"], few["missed"], few["passages"]) == (3, None, [], [], 0)
    assert "fewer than 10" in few["withheld"]
    for number in range(8):
        await call("Hello, this is support.", f"My parcel number {number} has not arrived.")
    many = await tried(client, *CANCEL)
    assert (many["of"], many["matching"], many["found"], many["missed"]) == (11, 1, [], [])
    assert many["withheld"].startswith("You see no interactions")
    assert "cancel my subscription" not in str(many)


async def test_a_supervisor_who_decides_tries_the_calls_of_their_teams(db, world, as_person, call, three):
    await make_owner(db, world, "supervisor")
    await call("Hello.", "I want to cancel everything with you.", agent="south")
    found = await tried(await as_person(world, "supervisor"), *CANCEL)
    assert (found["of"], found["matching"]) == (3, 1)


async def test_whoever_may_see_but_not_read_gets_places_without_words(db, world, as_person, three):
    await add_custom(db, world, (Action.INTERACTION_READ.value, "all"))
    await make_owner(db, world, "custom")
    found = await tried(await as_person(world, "custom"), *CANCEL)
    assert (found["matching"], [each["text"] for each in found["found"]]) == (1, [None])
    assert found["found"][0]["startMs"] == 5_000
    assert found["found"][0]["highlightEnd"] == 0
    assert {each["text"] for each in found["missed"]} == {None}


@pytest.mark.parametrize("person", ["supervisor", "evaluator", "agent", "seatless"])
async def test_a_role_over_conversations_is_not_enough(world, as_person, three, person):
    error = await (await as_person(world, person)).refused(ASK, input=given(*CANCEL))
    assert error["extensions"] == {"code": "not_permitted", "permission": "account.definitions"}


async def test_a_topic_that_is_not_there_and_numbers_out_of_bounds_are_refused(db, world, owner, new_account):
    other = await new_account(db)
    topic = await create(db, other)
    for id in (global_id("Topic", topic.id), global_id("User", 1), "nonsense"):
        assert (await owner.refused(ASK, input=given(*CANCEL, topicId=id)))["extensions"]["code"] == "not_found"
    for count in (9, 101):
        error = await owner.refused(ASK, input=given(*CANCEL, conversations=count))
        assert error["extensions"]["pointer"] == "/input/conversations"
