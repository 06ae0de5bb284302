"""Uploads and the other mutations, through the schema."""

from __future__ import annotations

import io
import json
import math
import struct
import wave
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from backend.audit.tables import AuditEntry
from backend.clock import utc_now
from backend.graphql.ids import global_id
from backend.interactions.tables import Interaction, SpeakerRole
from tests.api.conftest import ORIGIN
from tests.api.seed import add_interaction, add_words, open_session

INGEST = """
mutation ($input: IngestInteractionInput!) { ingestInteraction(input: $input) { __typename
  ... on IngestInteractionPayload { created interaction { id externalId progress { status } agent { name } queue { name } language } }
  ... on InvalidInput { code message pointer value } ... on AnalysisOff { code message } ... on NotPermitted { permission } } }
"""
RETRY = """
mutation ($id: ID!) { retryAnalysis(id: $id) { __typename
  ... on RetryAnalysisPayload { interaction { id progress { status } } } ... on AnalysisOff { code } ... on InvalidInput { message } } }
"""
ASSIGN = """
mutation ($input: AssignSpeakerRoleInput!) { assignSpeakerRole(input: $input) { __typename
  ... on AssignSpeakerRolePayload { interaction { speakers { id role roleSource } progress { status } } }
  ... on InvalidInput { pointer value } } }
"""


def sound(seconds: float = 1.0) -> bytes:
    """A tone as a wave file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8_000)
        out.writeframes(b"".join(struct.pack("<h", int(9_000 * math.sin(at / 6))) for at in range(int(8_000 * seconds))))
    return file.getvalue()


async def upload(client, given: dict[str, Any], files: dict[str, tuple[str, bytes]]) -> Any:
    """A multipart request; `files` maps fields of the input to a name and the bytes."""
    if not files:
        return await client.http.post("/graphql", json={"query": INGEST, "variables": {"input": given}})
    operations = {"query": INGEST, "variables": {"input": {**given, **dict.fromkeys(files)}}}
    places = {str(number): [f"variables.input.{field}"] for number, field in enumerate(files)}
    parts = {str(number): file for number, file in enumerate(files.values())}
    return await client.http.post("/graphql", data={"operations": json.dumps(operations), "map": json.dumps(places)}, files=parts)


async def test_a_recording_a_side_is_taken_in_once(db, world, as_person, config, store):
    client = await as_person(world, "admin")
    given = {"externalId": "call-1", "queue": "billing", "language": "en", "agent": {"externalId": "ext-north"}}
    files = {"agentRecording": ("agent.wav", sound()), "consumerRecording": ("consumer.wav", sound())}
    first = (await upload(client, given, files)).json()["data"]["ingestInteraction"]
    assert first["created"] is True
    assert first["interaction"]["progress"]["status"] == "QUEUED"
    assert first["interaction"]["agent"] == {"name": "north agent"}
    assert first["interaction"]["queue"] == {"name": "billing"}
    second = (await upload(client, given, files)).json()["data"]["ingestInteraction"]
    assert (second["created"], second["interaction"]["id"]) == (False, first["interaction"]["id"])
    assert not list((config.data / "uploads").glob("*")), "nothing of the upload stays behind"
    assert store.objects
    async with db.reading(world.id) as session:
        actions = (await session.execute(select(col(AuditEntry.action)))).scalars().all()
    assert list(actions) == ["interaction.ingest", "interaction.ingest"]


@pytest.mark.parametrize(
    ("given", "files", "pointer"),
    [
        ({}, {}, "/input/recording"),
        ({"holds": [{"startMs": 5, "endMs": 5}]}, {"recording": ("a.wav", b"RIFF")}, "/input/holds/0/endMs"),
        ({}, {"agentRecording": ("a.wav", b"RIFF")}, "/input/consumerRecording"),
        ({}, {"recording": ("a.wav", b"R"), "agentRecording": ("a.wav", b"R"), "consumerRecording": ("c.wav", b"R")}, "/input/recording"),
        ({"language": "klingon"}, {"recording": ("a.wav", b"RIFF")}, "/input/language"),
    ],
)
async def test_what_cannot_be_taken_in_says_where_and_why(world, as_person, given, files, pointer):
    client = await as_person(world, "admin")
    found = (await upload(client, given, files)).json()["data"]["ingestInteraction"]
    assert (found["__typename"], found["pointer"]) == ("InvalidInput", pointer)
    assert found["message"]


async def test_a_file_must_come_as_a_part(world, as_person):
    found = (await (await as_person(world, "admin")).ask(INGEST, input={"recording": "QUJD"}))["ingestInteraction"]
    assert (found["__typename"], found["pointer"]) == ("InvalidInput", "/input/recording")


async def test_an_upload_is_bounded(world, as_person, config):
    files = {"recording": ("long.wav", b"\0" * (5 * 2**20))}
    assert (await upload(await as_person(world, "admin"), {}, files)).status_code == 413
    small = {"recording": ("long.wav", b"\0" * (2 * 2**20))}
    assert (await upload(await as_person(world, "agent"), {}, small)).status_code == 413, "who may not ingest sends no more than a query"
    assert not list((config.data / "uploads").glob("*"))


@pytest.mark.parametrize("content", [b"", b"--x\r\n", b"--x\r\nContent-Disposition: form-data\r\n\r\nx\r\n--x--"])
async def test_a_malformed_upload_is_refused(world, as_person, content):
    client = await as_person(world, "admin")
    response = await client.http.post("/graphql", content=content, headers={"content-type": "multipart/form-data; boundary=x"})
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "bad_request"


async def test_an_upload_that_breaks_off_leaves_nothing(db, world, app, config):
    token = await open_session(db, world, "admin", now=utc_now())
    kind = b"multipart/form-data; boundary=x"
    headers = [(b"host", b"assay.test"), (b"origin", ORIGIN.encode()), (b"x-assay", b"1"), (b"content-type", kind)]
    scope = {
        "type": "http", "method": "POST", "path": "/graphql", "raw_path": b"/graphql", "query_string": b"", "root_path": "",
        "headers": [*headers, (b"cookie", f"assay={token}".encode())], "server": ("assay.test", 80), "scheme": "http",
    }  # fmt: skip
    part = b'--x\r\nContent-Disposition: form-data; name="0"; filename="a.wav"\r\n\r\nRIFF'
    messages = iter([{"type": "http.request", "body": part, "more_body": True}, {"type": "http.disconnect"}])
    sent = []

    async def receive():
        return next(messages)

    async def send(message):
        sent.append(message)

    await app(scope, receive, send)
    assert sent == []
    assert not list((config.data / "uploads").glob("*"))


async def test_an_account_with_analysis_off_takes_nothing_in(db, new_account, as_person):
    world = await new_account(db, analysis=False)
    client = await as_person(world, "admin")
    found = (await upload(client, {}, {"recording": ("a.wav", sound())})).json()["data"]["ingestInteraction"]
    assert (found["__typename"], found["code"]) == ("AnalysisOff", "analysis_off")
    row = await add_interaction(db, world, failure="It broke.", stage="analyse")
    assert (await client.ask(RETRY, id=global_id("Interaction", row.id)))["retryAnalysis"]["__typename"] == "AnalysisOff"


async def test_a_retry_is_read_after_the_commit(db, world, as_person):
    row = await add_interaction(db, world, stage="transcribe", failure="It broke.")
    id = global_id("Interaction", row.id)
    found = (await (await as_person(world, "supervisor")).ask(RETRY, id=id))["retryAnalysis"]
    assert found["interaction"] == {"id": id, "progress": {"status": "TRANSCRIBING"}}
    async with db.reading(world.id) as session:
        after = (await session.execute(select(Interaction).where(col(Interaction.id) == row.id))).scalars().one()
        entry = (await session.execute(select(AuditEntry))).scalars().one()
    assert after.failure is None
    assert (entry.action, entry.object_id) == ("interaction.retry", row.id)


async def test_assigning_a_role_by_hand(db, world, sealers, as_person):
    row = await add_interaction(db, world)
    await add_words(db, sealers, row)
    client = await as_person(world, "admin")
    given = {"interactionId": global_id("Interaction", row.id), "speaker": "consumer", "role": "OTHER"}
    found = (await client.ask(ASSIGN, input=given))["assignSpeakerRole"]["interaction"]
    assert {"id": "consumer", "role": "OTHER", "roleSource": "manual"} in found["speakers"]
    assert found["progress"]["status"] == "ANALYSING"
    async with db.reading(world.id) as session:
        roles = (await session.execute(select(SpeakerRole).where(col(SpeakerRole.source) == "manual"))).scalars().all()
    assert [role.speaker for role in roles] == ["consumer"]
    wrong = (await client.ask(ASSIGN, input={**given, "speaker": "stranger"}))["assignSpeakerRole"]
    assert wrong == {"__typename": "InvalidInput", "pointer": "/input/speaker", "value": "stranger"}
