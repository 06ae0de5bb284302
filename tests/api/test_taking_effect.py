"""
A change of policies, roles, seats or teams through one process is in force on another: in its next answer, and in what is open there.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from backend.clock import utc_now
from backend.db.session import Database
from backend.graphql.ids import global_id
from tests.api.live import Server, begin, closed_with, free_port, hear, listening, news, serving
from tests.api.seed import add_interaction, open_session

CHANGES = "subscription { interactionsChanged { interaction { agent { name } } } }"
PROGRESS = "subscription ($id: ID!) { interactionProgress(id: $id) { status } }"
COUNT = "{ interactions { totalCount } }"
UPDATE = "mutation ($input: UpdateRoleInput!) { updateRole(input: $input) { __typename } }"
GIVE = "mutation ($input: SetUserRolesInput!) { setUserRoles(input: $input) { __typename } }"
RELEASE = "mutation ($id: ID!) { releaseSeat(userId: $id) { __typename } }"
SWITCH = "mutation ($input: UpdateUserInput!) { updateUser(input: $input) { __typename } }"
LEAD = "mutation ($input: SetTeamSupervisorsInput!) { setTeamSupervisors(input: $input) { __typename } }"
MOVE = "mutation ($input: SetTeamMembersInput!) { setTeamMembers(input: $input) { __typename } }"


@pytest.fixture
async def world(fresh_db, new_account):
    return await new_account(fresh_db)


@pytest.fixture
async def other(application, fresh_urls, config, pubsub) -> AsyncIterator[Server]:
    """A second process, as far as one can be had inside this one: its own application, its own connections to the same database."""
    database = Database.open(fresh_urls["DATABASE_URL"], fresh_urls["DATABASE_SYSTEM_URL"])
    port = free_port()
    own = config.model_copy(update={"public_url": "", "port": port})
    async with serving(application(database, own), database, pubsub, port) as running:
        yield running
    await database.close()


async def ask(server: Server, token: str, query: str, **variables: Any) -> Any:
    async with httpx.AsyncClient(base_url=server.origin, cookies={"assay": token}) as http:
        headers = {"x-assay": "1", "origin": server.origin}
        answer = (await http.post("/graphql", json={"query": query, "variables": variables}, headers=headers)).json()
    assert "errors" not in answer, answer
    return next(iter(answer["data"].values()))


@pytest.fixture
async def change(server, world):
    """Asks the first process, as the account's owner."""
    token = await open_session(server.db, world, "admin", now=utc_now())

    async def run(query: str, **variables: Any) -> None:
        assert (await ask(server, token, query, **variables))["__typename"].endswith("Payload")

    return run


@pytest.mark.parametrize("what", ["policy", "roles", "seat"])
async def test_who_loses_everything_sees_nothing_and_hears_no_more(other, world, change, what):
    await add_interaction(other.db, world)
    token = await open_session(other.db, world, "evaluator", now=utc_now())
    person = global_id("User", world.users["evaluator"])
    async with other.socket(token) as ws:
        await begin(ws, CHANGES)
        await listening(other, world)
        assert await ask(other, token, COUNT) == {"totalCount": 1}
        if what == "policy":
            await change(UPDATE, input={"key": "evaluator", "grants": [{"action": "recording.play", "scope": "ALL"}]})
        elif what == "roles":
            await change(GIVE, input={"userId": person, "roles": []})
        else:
            await change(RELEASE, id=person)
        assert await ask(other, token, COUNT) == {"totalCount": 0}
        assert await hear(ws) == {"id": "1", "type": "complete"}
        # What is begun on the open socket begins with what the person may do now.
        await ws.send(json.dumps({"id": "2", "type": "subscribe", "payload": {"query": COUNT}}))
        assert await news(ws) == {"totalCount": 0}
        assert await hear(ws) == {"id": "2", "type": "complete"}
        await ws.send(json.dumps({"id": "3", "type": "subscribe", "payload": {"query": CHANGES}}))
        assert code(await hear(ws)) == "not_permitted"


def code(message: Any) -> str:
    errors = message["payload"] if message["type"] == "error" else message["payload"]["errors"]
    return errors[0]["extensions"]["code"]


async def test_who_is_switched_off_is_signed_out(other, world, change):
    token = await open_session(other.db, world, "evaluator", now=utc_now())
    async with other.socket(token) as ws:
        await begin(ws, CHANGES)
        await listening(other, world)
        await change(SWITCH, input={"id": global_id("User", world.users["evaluator"]), "active": False})
        assert await closed_with(ws) == 4401


@pytest.mark.parametrize("what", ["supervisor", "agent", "policy"])
async def test_what_leaves_a_supervisors_sight_is_heard_no_more(other, world, change, what):
    row = await add_interaction(other.db, world, agent="north", stage="decode")
    token = await open_session(other.db, world, "supervisor", now=utc_now())
    async with other.socket(token) as ws:
        await begin(ws, PROGRESS, id=global_id("Interaction", row.id))
        assert (await news(ws))["status"] == "QUEUED"
        team = global_id("Team", world.teams["north"])
        if what == "supervisor":
            await change(LEAD, input={"teamId": team, "users": []})
        elif what == "agent":
            await change(MOVE, input={"teamId": team, "remove": [global_id("Agent", world.agents["north"])]})
        else:
            await change(UPDATE, input={"key": "supervisor", "grants": [{"action": "interaction.read", "scope": "OWN"}]})
        assert await hear(ws) == {"id": "1", "type": "complete"}


async def test_who_gains_hears_more_at_once(other, world, change):
    row = await add_interaction(other.db, world, agent="south")
    token = await open_session(other.db, world, "agent", now=utc_now())
    async with other.socket(token) as ws:
        await begin(ws, CHANGES)
        await listening(other, world)
        await other.tell(row)  # not theirs: unheard
        await change(UPDATE, input={"key": "agent", "grants": [{"action": "interaction.read", "scope": "ALL"}]})
        await other.tell(row)
        assert await news(ws) == {"interaction": {"agent": {"name": "south agent"}}}


async def test_what_changes_nothing_for_a_person_ends_nothing(other, world, change):
    row = await add_interaction(other.db, world, agent="north")
    token = await open_session(other.db, world, "agent", now=utc_now())
    async with other.socket(token) as ws:
        await begin(ws, CHANGES)
        await listening(other, world)
        await change(UPDATE, input={"key": "agent", "grants": [{"action": "interaction.read", "scope": "OWN"}]})
        await change(GIVE, input={"userId": global_id("User", world.users["evaluator"]), "roles": []})
        await other.tell(row)
        assert await news(ws) == {"interaction": {"agent": {"name": "north agent"}}}


async def test_a_process_that_lost_its_connection_hears_again(other, server, world, change):
    """The database ends every connection that listens; what changes in the meantime is not missed."""
    token = await open_session(other.db, world, "evaluator", now=utc_now())
    async with other.socket(token) as ws:
        await begin(ws, CHANGES)
        await listening(other, world)
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%LISTEN%' AND pid <> pg_backend_pid()"
        async with server.db.app.connect() as connection:
            assert len((await connection.execute(text(ended))).all()) >= 2
        await change(UPDATE, input={"key": "evaluator", "grants": []})
        assert await hear(ws) == {"id": "1", "type": "complete"}
