"""One interaction as the page asks for it, and the list without a statement a row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import event, select

from backend.audit.tables import AuditEntry
from backend.graphql.ids import global_id
from tests.api.seed import NOON, add_interaction, add_recording, add_words, furnish

EVERYTHING = """
query Page($id: ID!) { interaction(id: $id) {
  id number externalId position consumer channel direction language languageSource startedAt day durationMs
  offline endToEndEncrypted consent
  engagementScore sentimentScore withoutWords indicatorMentions
  engagement { id interactions { id } } agent { name team { name } } team { name } queue { name }
  progress { interactionId status percent reason updatedAt }
  topics { kind name count } indicators { kind id name count }
  speakers { id name role roleSource confidence }
  media { url mimeType hasVideo durationMs peaksUrl channels channelRoles }
  history { at what detail } viewerCan { retry assignSpeakerRole }
  transcript { language engine engineVersion source
    segments { speakers roles startsMs endsMs texts }
    words { wordFrom startsMs endsMs charStarts charEnds confidences }
    turns { role startMs endMs segments backchannel } }
  analysis { id analyzerVersion models settings createdAt speakerChanges responseLagMs
    engagementScore { value balance responsiveness interactivity }
    sentimentScore { value points { ms value segment } changes { ms untilMs from to segment } }
    segmentSentiments { label value } agent { talkMs speedUnit } consumer { talkMs }
    events { type startMs endMs role } mentions { category indicator indicatorId keyword role startMs charStart exact }
    topics { name topicId score passages { segment score } } nextSteps { segment text score } goodQuestions { segment }
    summary { text segments } skipped { feature reason remedy } }
} }
"""


async def test_everything_of_one_interaction(db, world, sealers, vault, as_person):
    made = await furnish(db, world)
    tags = {("indicator", made.indicators["Cancellation"]): 1, ("topic", made.topics["Pricing"]): 2}
    row = await add_interaction(db, world, tags=tags, queue_id=made.queues["billing"], engagement_score=71, duration_ms=60_000)
    sibling = await add_interaction(db, world, engagement=row.engagement_id, position=2)
    await add_words(db, sealers, row)
    await add_recording(db, vault, row, b"x" * 100, b"peaks")
    id = global_id("Interaction", row.id)
    found = (await (await as_person(world, "admin")).ask(EVERYTHING, id=id))["interaction"]

    assert found["number"] == row.id
    assert [one["id"] for one in found["engagement"]["interactions"]] == [id, global_id("Interaction", sibling.id)]
    assert found["agent"] == {"name": "north agent", "team": {"name": "north"}}
    assert found["progress"]["status"] == "DONE"
    assert found["indicators"] == [
        {"kind": "INDICATOR", "id": global_id("Indicator", made.indicators["Cancellation"]), "name": "Cancellation", "count": 1}
    ]
    assert found["topics"] == [{"kind": "TOPIC", "name": "Pricing", "count": 2}]
    assert [speaker["role"] for speaker in found["speakers"]] == ["AGENT", "CONSUMER"]
    assert found["media"]["url"] == f"/media/{id}"
    assert found["history"] == [{"at": "2026-11-10T12:00:00Z", "what": "received", "detail": None}]
    assert found["viewerCan"] == {"retry": True, "assignSpeakerRole": True}

    transcript = found["transcript"]
    assert transcript["segments"]["roles"] == ["AGENT", "CONSUMER", "AGENT"]
    assert transcript["segments"]["texts"] == ["Thanks for calling.", "I want to cancel.", None]
    assert transcript["words"]["wordFrom"] == [0, 3, 3, 3]
    assert transcript["words"]["charStarts"] == [0, 7, 11]
    assert transcript["words"]["charEnds"] == [6, 10, 18]
    assert transcript["words"]["confidences"] == [0.98, 0.9, None]
    assert [turn["backchannel"] for turn in transcript["turns"]] == [False, False, True]

    analysis = found["analysis"]
    assert [(change["ms"], change["untilMs"]) for change in analysis["sentimentScore"]["changes"]] == [(5_000, 20_000), (20_000, 60_000)]
    assert analysis["segmentSentiments"][1] == {"label": "NEGATIVE", "value": -0.6}
    assert analysis["segmentSentiments"][2] is None
    assert analysis["mentions"][0]["indicatorId"] == global_id("Indicator", made.indicators["Cancellation"])
    assert analysis["topics"][0]["topicId"] == global_id("Topic", made.topics["Pricing"])
    assert analysis["events"] == [{"type": "SILENCE", "startMs": 9_000, "endMs": 20_000, "role": None}]


LIST = """
query List($first: Int) { interactions(first: $first) { totalCount pageInfo { hasNextPage } edges { cursor node {
  id agent { name team { name } } team { name } queue { name } engagement { id interactions { id agent { name } } }
  progress { status } topics { name count } indicators { name count } speakers { role } viewerCan { retry }
} } } }
"""


@contextmanager
def statements(db) -> Iterator[list[str]]:
    """The statements that reach the database meanwhile."""
    seen: list[str] = []

    def note(connection, cursor, statement, *_):
        seen.append(statement)

    engine = db.connection.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def test_a_longer_page_takes_no_more_statements(db, world, sealers, as_person):
    made = await furnish(db, world)
    tags = {("indicator", made.indicators["Legal"]): 1, ("topic", made.topics["Privacy"]): 1}
    for number in range(12):
        agent, queue = ("north", "billing") if number % 2 else ("south", "sales")
        started = NOON + timedelta(minutes=number)
        await add_words(
            db, sealers, await add_interaction(db, world, agent=agent, tags=tags, queue_id=made.queues[queue], started_at=started)
        )
    client = await as_person(world, "admin")
    counts = []
    for first in (2, 12):
        with statements(db) as seen:
            found = await client.ask(LIST, first=first)
        assert len(found["interactions"]["edges"]) == first
        assert found["interactions"]["totalCount"] == 12
        counts.append(len(seen))
    assert counts[0] == counts[1]


async def test_the_total_is_counted_only_when_asked_for(db, world, as_person):
    await add_interaction(db, world)
    client = await as_person(world, "admin")
    with statements(db) as seen:
        await client.ask("{ interactions { edges { node { id } } } }")
    assert not any("count(" in statement for statement in seen)


async def test_looking_at_an_interaction_is_noted(db, world, as_person):
    row = await add_interaction(db, world)
    client = await as_person(world, "admin")
    await client.ask("query ($id: ID!) { interaction(id: $id) { id } }", id=global_id("Interaction", row.id))
    async with db.reading(world.id) as session:
        entry = (await session.execute(select(AuditEntry))).scalars().one()
    assert (entry.action, entry.object_id, entry.actor_id) == ("interaction.view", row.id, world.users["admin"])


async def test_evidence_comes_with_its_passages(db, world, sealers, as_person):
    row = await add_interaction(db, world)
    await add_words(db, sealers, row)
    client = await as_person(world, "admin")
    query = """query ($id: ID!, $of: Figure!) { interaction(id: $id) { analysis { evidence(of: $of) {
        figure definition computation source items { startMs endMs role segment quote value contribution } } } } }"""
    found = await client.ask(query, id=global_id("Interaction", row.id), of="TALK_SHARE")
    evidence = found["interaction"]["analysis"]["evidence"]
    assert evidence["figure"] == "TALK_SHARE"
    assert evidence["definition"]
