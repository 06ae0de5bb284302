"""Live changes over graphql-transport-ws, against a real server on a free port."""

from __future__ import annotations

import json
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import text
from websockets.exceptions import InvalidStatus

from backend.clock import utc_now
from backend.graphql.ids import global_id
from backend.infra.pubsub.base import account_channel
from tests.api.live import begin, closed_with, hear, listening, news
from tests.api.seed import add_interaction, open_session

PROGRESS = "subscription ($id: ID!) { interactionProgress(id: $id) { status percent reason } }"
CHANGES = "subscription { interactionsChanged { kind interaction { id agent { name } progress { status percent } } } }"


@pytest.fixture
async def world(fresh_db, new_account):
    return await new_account(fresh_db)


async def test_progress_from_the_present_state_to_the_end(server, world):
    row = await add_interaction(server.db, world, stage="decode")
    token = await open_session(server.db, world, "agent", now=utc_now())
    async with server.socket(token) as ws:
        await begin(ws, PROGRESS, id=global_id("Interaction", row.id))
        assert (await news(ws))["status"] == "QUEUED"
        await server.change(row, stage="transcribe", stage_started_at=utc_now())
        await server.tell(row, "progress", 40)
        assert await news(ws) == {"status": "TRANSCRIBING", "percent": 40, "reason": None}
        await server.tell(row, "progress", 40)  # nothing new: not sent again
        await server.change(row, failure="No sound was found.")
        await server.tell(row)
        assert await news(ws) == {"status": "FAILED", "percent": None, "reason": "No sound was found."}
        assert await hear(ws) == {"id": "1", "type": "complete"}


async def test_a_figure_heard_after_the_end_is_of_no_stage(server, world):
    row = await add_interaction(server.db, world, stage="transcribe")
    token = await open_session(server.db, world, "agent", now=utc_now())
    async with server.socket(token) as ws:
        await begin(ws, PROGRESS, id=global_id("Interaction", row.id))
        assert (await news(ws))["status"] == "TRANSCRIBING"
        await server.change(row, failure="No sound was found.")
        await server.tell(row, "progress", 40)
        assert await news(ws) == {"status": "FAILED", "percent": None, "reason": "No sound was found."}


async def test_progress_of_what_one_may_not_see_is_not_found(server, world, new_account):
    row = await add_interaction(server.db, world, agent="south", stage="decode")
    stranger = await new_account(server.db)
    for who, account in (("agent", world), ("seatless", world), ("supervisor", world), ("admin", stranger)):
        token = await open_session(server.db, account, who, now=utc_now())
        async with server.socket(token) as ws:
            await begin(ws, PROGRESS, id=global_id("Interaction", row.id))
            message = await hear(ws)
            errors = message["payload"] if message["type"] == "error" else message["payload"]["errors"]
            assert errors[0]["extensions"]["code"] == "not_found", who


@pytest.mark.parametrize(("person", "sees"), [("admin", {"north", "south", "none"}), ("supervisor", {"north"}), ("agent", {"north"})])
async def test_changes_reach_those_who_may_see_them(server, world, person, sees):
    token = await open_session(server.db, world, person, now=utc_now())
    rows = {name: await add_interaction(server.db, world, agent=agent) for name, agent in
            (("south", "south"), ("none", None), ("north", "north"))}  # fmt: skip
    async with server.socket(token) as ws:
        await begin(ws, CHANGES)
        await listening(server, world)
        for row in rows.values():
            await server.tell(row, "created")
        heard = [await news(ws) for _ in sees]
    assert [change["interaction"]["id"] for change in heard] == [global_id("Interaction", rows[name].id) for name in rows if name in sees]
    assert {change["kind"] for change in heard} == {"CREATED"}


async def test_losing_the_seat_ends_what_one_hears(server, world):
    row = await add_interaction(server.db, world, stage="transcribe")
    token = await open_session(server.db, world, "evaluator", now=utc_now())
    async with server.socket(token) as ws:
        await begin(ws, CHANGES)
        await listening(server, world)
        await server.tell(row, "progress", 12)
        assert (await news(ws))["interaction"]["progress"]["percent"] == 12
        async with server.db.writing(world.id) as session:
            await session.execute(text("DELETE FROM seat WHERE user_id = :id"), {"id": world.users["evaluator"]})
        assert await hear(ws) == {"id": "1", "type": "complete"}


async def test_another_site_cannot_open_a_socket(server, world):
    token = await open_session(server.db, world, "admin", now=utc_now())
    with pytest.raises(InvalidStatus) as refused:
        async with server.socket(token, origin="http://evil.test"):
            pass
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("token", [None, "nonsense"])
async def test_nobody_is_told_to_sign_in(server, token):
    async with server.socket(token) as ws:
        await ws.send(json.dumps({"type": "connection_init"}))
        assert await closed_with(ws) == 4401


async def test_signing_out_closes_the_socket(server, world):
    token = await open_session(server.db, world, "admin", now=utc_now())
    async with server.socket(token) as ws:
        await begin(ws, CHANGES)
        await listening(server, world)
        async with httpx.AsyncClient(base_url=server.origin, cookies={"assay": token}) as http:
            headers = {"x-assay": "1", "origin": server.origin}
            answer = await http.post("/graphql", json={"query": "mutation { signOut { ok } }"}, headers=headers)
            assert answer.json() == {"data": {"signOut": {"ok": True}}}
        assert await closed_with(ws) == 4401
    assert not server.pubsub._listeners[account_channel(world.id)], "the subscription has ended too"


async def test_a_session_that_expires_closes_the_socket(server, world):
    token = await open_session(server.db, world, "admin", now=utc_now(), expires_in=timedelta(seconds=1))
    async with server.socket(token) as ws:
        await ws.send(json.dumps({"type": "connection_init"}))
        assert await closed_with(ws) == 4401
