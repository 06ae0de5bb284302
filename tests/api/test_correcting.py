"""What a person corrects over the API, the worker then computes with: roles and language, through analyses and transcripts made again."""

from __future__ import annotations

import pytest

from backend.analyses import service as analyses
from backend.analysis.types import Keyword
from backend.authz.actor import system
from backend.graphql.ids import global_id
from backend.indicators import service as indicators
from backend.interactions import repository, service
from backend.interactions.ingest import Intake, ingest
from backend.interactions.rules import NewInteraction, TranscriptFile
from backend.settings.rules import LANGUAGES
from tests.pipeline.conftest import make_deps, pump

VTT = """WEBVTT

00:00.000 --> 00:03.000
<v One>Thank you for calling Northwind, how can I help?

00:03.500 --> 00:08.000
<v Two>I'm calling about my bill. I want a refund, a full refund.

00:08.200 --> 00:09.000
<v One>Let me check that for you.
"""
ASK = """query ($id: ID!) { interaction(id: $id) {
    language languageSource languageConfidence languageChoices viewerCan { setLanguage }
    speakers { id role roleSource }
    progress { status }
    analysis { agent { talkMs } consumer { talkMs } mentions { role } } } }"""
ASSIGN = """mutation ($input: AssignSpeakerRoleInput!) { assignSpeakerRole(input: $input) { __typename } }"""
SAY = """mutation ($input: SetInteractionLanguageInput!) { setInteractionLanguage(input: $input) { __typename
    ... on SetInteractionLanguagePayload { interaction { language languageSource languageConfidence progress { status } } }
    ... on InvalidInput { message pointer } } }"""


@pytest.fixture
async def call(db, world, keys, tmp_path):
    """A delivered call in which a role was inferred, and the worker that made it."""
    deps = make_deps(db, keys, tmp_path)
    async with db.writing(world.id) as session:
        await indicators.create(session, system(world.id), category="Money", name="Refund", keywords=[Keyword("refund")])
    path = tmp_path / "call.vtt"
    path.write_text(VTT)
    intake = Intake(deps.db, deps.store, deps.keys, deps.sealers)
    made = await ingest(intake, system(world.id), NewInteraction(transcript=TranscriptFile(path, "call.vtt")))
    await pump(deps)
    return deps, made.interaction_id, global_id("Interaction", made.interaction_id)


def roles(found):
    return {each["id"]: (each["role"], each["roleSource"]) for each in found["speakers"]}


async def test_roles_that_a_person_swaps_are_computed_with_and_stay(db, world, call, as_person):
    deps, number, id = call
    client = await as_person(world, "admin")
    before = (await client.ask(ASK, id=id))["interaction"]
    assert {source for _, source in roles(before).values()} == {"inferred"}
    assert {each["role"] for each in before["analysis"]["mentions"]} == {"CONSUMER"}
    swapped = {speaker: "CONSUMER" if role == "AGENT" else "AGENT" for speaker, (role, _) in roles(before).items()}
    for speaker, role in swapped.items():
        given = {"interactionId": id, "speaker": speaker, "role": role}
        assert (await client.ask(ASSIGN, input=given))["assignSpeakerRole"]["__typename"] == "AssignSpeakerRolePayload"
    await pump(deps)
    await hold(client, id, before, swapped)
    async with db.writing(world.id) as session:
        await service.retry(session, system(world.id), interaction_id=number)
    await pump(deps)
    await hold(client, id, before, swapped)
    async with db.writing(world.id) as session:
        await repository.set_values(session, number, stage="transcribe")
        row = await repository.interaction(session, world.id, number)
        await service._restart(session, row, "transcribe")
    await pump(deps)
    await hold(client, id, before, swapped)
    async with db.reading(world.id) as session:
        current = await analyses.load_current(session, await deps.sealers.of(session, world.id), number)
    assert {each["id"]: each["role"].upper() for each in current.transcript["speakers"]} == swapped


async def hold(client, id, before, swapped):
    """Everything that hangs on the roles is the other way round."""
    found = (await client.ask(ASK, id=id))["interaction"]
    assert found["progress"]["status"] == "DONE"
    assert roles(found) == {speaker: (role, "manual") for speaker, role in swapped.items()}
    assert found["analysis"]["agent"]["talkMs"] == before["analysis"]["consumer"]["talkMs"]
    assert found["analysis"]["consumer"]["talkMs"] == before["analysis"]["agent"]["talkMs"]
    assert {each["role"] for each in found["analysis"]["mentions"]} == {"AGENT"}


async def test_a_language_that_was_detected_says_how_surely_and_a_person_corrects_it(world, call, as_person):
    deps, _, id = call
    found = (await (await as_person(world, "admin")).ask(ASK, id=id))["interaction"]
    assert (found["language"], found["languageSource"]) == ("en", "detected")
    assert 0.7 < found["languageConfidence"] <= 1
    assert found["viewerCan"] == {"setLanguage": True}
    assert found["languageChoices"] == sorted(LANGUAGES)
    client = await as_person(world, "admin")
    wrong = (await client.ask(SAY, input={"interactionId": id, "language": "tlh"}))["setInteractionLanguage"]
    assert (wrong["__typename"], wrong["pointer"]) == ("InvalidInput", "/input/language")
    said = (await client.ask(SAY, input={"interactionId": id, "language": "nl"}))["setInteractionLanguage"]["interaction"]
    assert said == {"language": "nl", "languageSource": "manual", "languageConfidence": None, "progress": {"status": "TRANSCRIBING"}}
    busy = (await client.ask(SAY, input={"interactionId": id, "language": "de"}))["setInteractionLanguage"]
    assert busy["pointer"] == "/input/interactionId"
    await pump(deps)
    assert (await client.ask(ASK, id=id))["interaction"]["progress"]["status"] == "DONE"
