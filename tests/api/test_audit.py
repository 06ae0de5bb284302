"""What people see and change leaves an entry with the address, and the log is read and exported by those who may."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from sqlalchemy import select
from sqlmodel import col

from backend.api.exports import disarmed
from backend.audit import service
from backend.audit.tables import AuditEntry
from backend.graphql.ids import global_id
from backend.interactions.tables import Interaction
from tests.api.seed import add_interaction, add_recording, add_words, furnish

ADDRESS = "127.0.0.1"
LOG = """query ($filter: AuditFilter, $first: Int, $after: String) { auditLog(filter: $filter, first: $first, after: $after) {
    edges { cursor node { id at actor { name } person { name } actorKind action objectType objectId address detail sentence } }
    pageInfo { hasNextPage hasPreviousPage endCursor } } }"""


@pytest.fixture
async def call(db, world, sealers, vault):
    made = await furnish(db, world)
    row = await add_interaction(db, world, queue_id=made.queues["sales"])
    await add_words(db, sealers, row)
    await add_recording(db, vault, row, b"sound", b"peaks")
    return global_id("Interaction", row.id)


async def last(db, world) -> AuditEntry:
    async with db.reading(world.id) as session:
        query = select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(1)
        return (await session.execute(query)).scalars().one()


async def test_what_is_seen_and_changed_is_on_record_with_the_address(db, world, as_person, call):
    admin = await as_person(world, "admin")
    number = await db_number(db, world)
    asked = {
        "interaction.view": ("query ($id: ID!) { interaction(id: $id) { id } }", {"id": call}),
        "interaction.retry": ("mutation ($id: ID!) { retryAnalysis(id: $id) { __typename } }", {"id": call}),
        "interaction.assign_role": (
            "mutation ($input: AssignSpeakerRoleInput!) { assignSpeakerRole(input: $input) { __typename } }",
            {"input": {"interactionId": call, "speaker": "agent", "role": "CONSUMER"}},
        ),
        "interaction.ingest": (
            "mutation ($input: IngestInteractionInput!) { ingestInteraction(input: $input) { __typename } }",
            {"input": {"endToEndEncrypted": True}},
        ),
        "settings.change": (
            "mutation ($input: UpdateSettingsInput!) { updateSettings(input: $input) { __typename } }",
            {"input": {"version": 1, "silenceOn": False}},
        ),
    }
    for action, (query, variables) in asked.items():
        await admin.ask(query, **variables)
        entry = await last(db, world)
        assert (entry.action, entry.actor_id, entry.address) == (action, world.users["admin"], ADDRESS)
    assert (await admin.http.get(f"/media/{call}")).status_code == 200
    entry = await last(db, world)
    assert (entry.action, entry.object_id, entry.actor_id, entry.address) == ("media.open", number, world.users["admin"], ADDRESS)


async def test_words_that_are_read_by_another_way_are_on_record_too(db, world, as_person, call):
    evaluator = await as_person(world, "evaluator")
    await evaluator.ask("{ interactions { edges { node { id } } } }")
    async with db.reading(world.id) as session:
        assert (await session.execute(select(AuditEntry))).scalars().all() == []
    await evaluator.ask("{ interactions { edges { node { id transcript { language } analysis { id } } } } }")
    async with db.reading(world.id) as session:
        [entry] = (await session.execute(select(AuditEntry))).scalars().all()
    assert (entry.action, entry.object_id, entry.actor_id) == ("interaction.view", await db_number(db, world), world.users["evaluator"])


async def db_number(db, world) -> int:
    async with db.reading(world.id) as session:
        return int(await session.scalar(select(col(Interaction.id))))


async def test_who_finds_nothing_leaves_no_entry_that_says_they_saw_it(db, world, as_person, call, new_account):
    other = await new_account(db)
    stranger = await as_person(other, "admin")
    assert (await stranger.ask("query ($id: ID!) { interaction(id: $id) { id } }", id=call))["interaction"] is None
    assert (await stranger.http.get(f"/media/{call}")).status_code == 404
    async with db.reading(other.id) as session:
        assert (await session.execute(select(AuditEntry))).scalars().all() == []


@pytest.fixture
async def filled(db, world):
    """A name that a spreadsheet would compute, and a moment that is known."""
    async with db.writing(world.id) as session:
        for index, (action, kind, number, detail) in enumerate(
            [
                ("token.create", "ApiToken", 5, {"name": '=HYPERLINK("http://x","y")'}),
                ("user.set_roles", "User", world.users["agent"], {"source": "manual", "before": [], "after": ["agent"]}),
                ("interaction.view", "Interaction", 7, {}),
            ]
        ):
            session.add(
                AuditEntry(
                    account_id=world.id, at=datetime(2026, 11, 2, 12, index, tzinfo=UTC), actor_id=world.users["admin"], action=action,
                    object_type=kind, object_id=number, address="=1+1" if index == 2 else "192.0.2.1", detail=detail,
                )
            )  # fmt: skip
            await session.flush()
    return world


async def test_the_log_is_read_newest_first_and_by_pages(filled, as_person):
    admin = await as_person(filled, "admin")
    first = (await admin.ask(LOG, first=2))["auditLog"]
    assert [edge["node"]["action"] for edge in first["edges"]] == ["interaction.view", "user.set_roles"]
    assert first["pageInfo"]["hasNextPage"]
    assert not first["pageInfo"]["hasPreviousPage"]
    roles = first["edges"][1]["node"]
    assert roles["sentence"] == "Changed roles by hand from none to agent."
    assert (roles["actor"], roles["person"]) == ({"name": "Admin"}, {"name": "Agent"})
    assert first["edges"][0]["node"]["person"] is None
    assert roles["at"] == "2026-11-02T12:01:00Z"
    assert (roles["objectType"], roles["objectId"]) == ("User", global_id("User", filled.users["agent"]))
    rest = (await admin.ask(LOG, first=2, after=first["pageInfo"]["endCursor"]))["auditLog"]
    assert [edge["node"]["action"] for edge in rest["edges"]] == ["token.create"]
    assert (rest["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasPreviousPage"]) == (False, True)
    assert (await admin.ask("{ auditActions }"))["auditActions"] == ["interaction.view", "token.create", "user.set_roles"]


@pytest.mark.parametrize(
    ("filter", "found"),
    [
        ({"action": "token.create"}, ["token.create"]),
        ({"objectType": "User"}, ["user.set_roles"]),
        ({"from": "2026-11-02T12:01:00Z", "to": "2026-11-02T13:02:00+01:00"}, ["user.set_roles"]),
        ({"text": "conversation"}, ["interaction.view"]),
        ({"actor": "nonsense"}, []),
    ],
)
async def test_filters_are_the_same_in_page_and_export(filled, as_person, filter, found):
    admin = await as_person(filled, "admin")
    assert [edge["node"]["action"] for edge in (await admin.ask(LOG, filter=filter))["auditLog"]["edges"]] == found
    lines = (await admin.http.get("/account/audit.jsonl?" + urlencode(filter))).text.splitlines()
    assert [entry["action"] for entry in map(json.loads, lines) if entry["action"] != "audit.export"] == found


async def test_the_filter_of_a_page_can_name_a_person(filled, as_person):
    admin = await as_person(filled, "admin")
    for person, count in (("admin", 3), ("agent", 0)):
        found = (await admin.ask(LOG, filter={"actor": global_id("User", filled.users[person])}))["auditLog"]["edges"]
        assert len(found) == count


async def test_csv_holds_all_and_computes_nothing(db, filled, as_person):
    admin = await as_person(filled, "admin")
    answer = await admin.http.get("/account/audit.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    assert "no-store" in answer.headers["cache-control"]
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["action"] for row in rows] == ["audit.export", "interaction.view", "user.set_roles", "token.create"]
    assert rows[1]["address"] == "'=1+1"
    assert (rows[2]["actor"], rows[2]["person"], rows[2]["email"]) == ("Admin", "Agent", "admin@example.com")
    assert rows[3]["sentence"] == 'Made the token =HYPERLINK("http://x","y").'
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


async def test_an_export_is_on_record_itself(db, filled, as_person):
    admin = await as_person(filled, "admin")
    await admin.http.get("/account/audit.jsonl?action=token.create")
    entry = await last(db, filled)
    assert (entry.action, entry.address, entry.detail) == (
        "audit.export",
        ADDRESS,
        {"format": "JSONL", "filter": {"action": "token.create"}},
    )


async def test_an_export_of_many_pieces_is_whole(db, filled, as_person, monkeypatch):
    monkeypatch.setattr(service, "_CHUNK", 2)
    admin = await as_person(filled, "admin")
    entries = [json.loads(line) for line in (await admin.http.get("/account/audit.jsonl")).text.splitlines()]
    assert [entry["action"] for entry in entries] == ["audit.export", "interaction.view", "user.set_roles", "token.create"]
    assert entries[3]["detail"] == {"name": '=HYPERLINK("http://x","y")'}
    assert datetime.fromisoformat(entries[1]["at"]) - datetime.fromisoformat(entries[3]["at"]) == timedelta(minutes=2)


@pytest.mark.parametrize(
    ("query", "pointer"),
    [("from=yesterday", "/from"), ("to=2026-11-02T12:00:00", "/to"), ("colour=blue", "/colour"), ("text=" + "x" * 201, "/text")],
)
async def test_an_export_refuses_a_filter_that_cannot_be(db, filled, as_person, query, pointer):
    admin = await as_person(filled, "admin")
    answer = await admin.http.get(f"/account/audit.csv?{query}")
    assert (answer.status_code, answer.json()["pointer"]) == (400, pointer)
    assert (await last(db, filled)).action == "interaction.view"


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1"])
def test_a_formula_is_disarmed(cell):
    assert disarmed(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "a=1", "192.0.2.1", "'quoted"])
def test_other_words_stay(cell):
    assert disarmed(cell) == cell
