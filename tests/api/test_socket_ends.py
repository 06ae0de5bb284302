"""Sockets with tokens, and how sockets end with what opened them."""

from __future__ import annotations

import asyncio
import json

import pytest
from sqlalchemy import text
from websockets.exceptions import InvalidStatus

from backend.clock import utc_now
from backend.db.sealed import Sealers
from backend.identity import repository
from backend.identity import service as identity
from backend.identity.tokens import admission
from backend.identity.tokens import service as tokens
from backend.identity.tokens.service import NewToken
from tests.api.live import begin, closed_with, greet, hear, listening, news
from tests.api.seed import add_interaction, open_session

CHANGES = "subscription { interactionsChanged { kind interaction { agent { name } } } }"


@pytest.fixture
async def world(fresh_db, new_account):
    return await new_account(fresh_db)


@pytest.fixture
def token_of(fresh_db, world, keys):
    async def make(person: str, *scopes: str) -> tuple[int, str]:
        async with fresh_db.writing(world.id) as session:
            actor = await identity.actor_of(session, world.id, world.users[person])
            row, secret = await tokens.create(session, actor, Sealers(keys), NewToken("A dashboard", scopes, 1))
        return row.id, secret

    return make


async def subscribe(ws, payload=None) -> None:
    await greet(ws, payload)
    assert await hear(ws) == {"type": "connection_ack"}
    await ws.send(json.dumps({"id": "1", "type": "subscribe", "payload": {"query": CHANGES}}))


async def test_a_token_in_the_first_message_or_the_header_opens_a_socket(server, world, token_of):
    row = await add_interaction(server.db, world, agent="north")
    other = await add_interaction(server.db, world, agent="south")
    _, secret = await token_of("supervisor", "interaction.read")
    shown = f"Bearer {secret}"
    for headers, payload in (({}, {"authorization": shown}), ({"authorization": shown}, None)):
        async with server.socket(None, origin=None, headers=headers) as ws:
            await subscribe(ws, payload)
            await listening(server, world)
            await server.tell(other)
            await server.tell(row)
            assert (await news(ws))["interaction"]["agent"]["name"] == "north agent"
        while server.pubsub._listeners[f"account:{world.id}"]:
            await asyncio.sleep(0.01)


async def test_a_token_stands_instead_of_the_cookie(server, world, token_of):
    row = await add_interaction(server.db, world, agent="south")
    cookie = await open_session(server.db, world, "admin", now=utc_now())
    _, secret = await token_of("agent", "interaction.read")
    async with server.socket(cookie) as ws:
        await subscribe(ws, {"authorization": f"Bearer {secret}"})
        await listening(server, world)
        await server.tell(row)
        await ws.send(json.dumps({"type": "ping"}))
        assert await hear(ws) == {"type": "pong"}, "the admin would have heard of it"


@pytest.mark.parametrize("shown", ["Bearer assay_x", "assay_x", "Bearer ", "", "Basic x", 7, ["Bearer x"]])
async def test_a_token_that_does_not_count_opens_nothing_beside_a_good_cookie(server, world, shown):
    cookie = await open_session(server.db, world, "admin", now=utc_now())
    async with server.socket(cookie) as ws:
        await greet(ws, {"authorization": shown})
        assert await closed_with(ws) == 4401


async def test_too_many_tokens_that_do_not_count_end_a_socket_that_says_so(server, token_of, monkeypatch):
    monkeypatch.setattr(admission, "REFUSALS_AN_ADDRESS", 1)
    _, secret = await token_of("agent", "read")
    wrong = {"authorization": "Bearer assay_x"}
    async with server.socket(None, origin=None) as ws:
        await greet(ws, wrong)
        assert await closed_with(ws) == 4401
    for headers in ({}, wrong):
        async with server.socket(None, origin=None, headers=headers) as ws:
            if not headers:
                await greet(ws, wrong)
            assert await closed_with(ws) == 4429
            assert f"wait {admission.WINDOW_S} seconds" in ws.close_reason
    async with server.socket(None, origin=None) as ws:
        await subscribe(ws, {"authorization": f"Bearer {secret}"})


async def test_a_cookie_without_an_origin_opens_nothing(server, world):
    cookie = await open_session(server.db, world, "admin", now=utc_now())
    async with server.socket(cookie, origin=None) as ws:
        await greet(ws)
        assert await closed_with(ws) == 4401
    with pytest.raises(InvalidStatus):
        async with server.socket(cookie, origin="http://evil.test"):
            pass


async def test_a_revoked_token_closes_its_socket(server, world, token_of):
    number, secret = await token_of("agent", "read")
    async with server.socket(None, origin=None) as ws:
        await subscribe(ws, {"authorization": f"Bearer {secret}"})
        await listening(server, world)
        async with server.db.writing(world.id) as session:
            actor = await identity.actor_of(session, world.id, world.users["agent"])
            await tokens.revoke(session, actor, token_id=number)
        assert await closed_with(ws) == 4401
        assert not server.pubsub._listeners[f"account:{world.id}"], "its subscription has ended too"


async def test_switching_a_person_off_closes_all_their_sockets(server, world, token_of):
    cookie = await open_session(server.db, world, "agent", now=utc_now())
    _, secret = await token_of("agent", "read")
    async with server.socket(cookie) as browser, server.socket(None, origin=None) as program:
        await begin(browser, CHANGES)
        await subscribe(program, {"authorization": f"Bearer {secret}"})
        async with server.db.writing(world.id) as session:
            await session.execute(text("UPDATE person SET active = false WHERE id = :id"), {"id": world.users["agent"]})
        assert await closed_with(browser) == 4401
        assert await closed_with(program) == 4401


async def test_ending_other_sessions_closes_theirs_and_keeps_this_one_under_its_new_token(server, world):
    first, second = [await open_session(server.db, world, "agent", now=utc_now()) for _ in range(2)]
    row = await add_interaction(server.db, world, agent="north")
    async with server.socket(first) as mine, server.socket(second) as other:
        await begin(mine, CHANGES)
        await begin(other, CHANGES)
        await listening(server, world)
        async with server.db.writing(world.id) as session:
            kept = await session.scalar(text("SELECT min(id) FROM session"))
            await repository.end_sessions(session, world.users["agent"], keep=kept)
            await identity.renew_token(session, kept)
        assert await closed_with(other) == 4401
        await server.tell(row)
        assert (await news(mine))["interaction"]["agent"]["name"] == "north agent"
