"""
Who may see an interaction but neither hear nor read it gets not one word of it, whichever field they ask for: this asks for every field
there is, so that a new one that shows words is found.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from graphql import GraphQLEnumType, GraphQLObjectType, get_named_type, is_leaf_type, is_required_argument

from backend.accounts.tables import TeamSupervisor
from backend.api.schema import schema
from backend.graphql.ids import global_id
from backend.search.service import index
from tests.api.seed import TRANSCRIPT, add_custom, add_interaction, add_recording, add_translation, add_words

WORDS = {word.strip(".,").lower() for segment in TRANSCRIPT["segments"] for word in (segment["text"] or "").split()} - {"i", "to", "for"}
DEPTH = 5
SKIPPED = {"Engagement", "Agent", "Team", "Queue", "Interaction"}  # lead back to interactions, or to people and places


def selection(kind: GraphQLObjectType, depth: int) -> str:
    """Every field of a type, down to the leaves; a field with an enum argument once for each of its values."""
    fields = []
    for name, field in kind.fields.items():
        inner = get_named_type(field.type)
        if is_leaf_type(inner):
            below = ""
        elif depth and isinstance(inner, GraphQLObjectType) and inner.name not in SKIPPED:
            below = " " + selection(inner, depth - 1)
        else:
            continue
        needed = {key: argument for key, argument in field.args.items() if is_required_argument(argument)}
        if not needed:
            fields.append(f"{name}{below}")
        for key, argument in needed.items():
            choices = get_named_type(argument.type)
            assert isinstance(choices, GraphQLEnumType), f"{kind.name}.{name} needs {key}: give this test a value for it"
            fields += [f"{name}_{value}: {name}({key}: {value}){below}" for value in choices.values]
    return "{ " + " ".join(fields) + " }"


def words_in(value: Any) -> set[str]:
    """The conversation's words in any text of an answer."""
    if isinstance(value, str):
        return WORDS & {word.strip(".,").lower() for word in value.split()}
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*(words_in(part) for part in parts))


@pytest.fixture
async def call(db, world, sealers, vault) -> str:
    row = await add_interaction(db, world)
    await add_words(db, sealers, row)
    await add_translation(db, sealers, world.id, row.id)
    await add_recording(db, vault, row, b"sound", b"peaks")
    return global_id("Interaction", row.id)


async def everything(client, call: str) -> dict[str, Any]:
    """Every field of the interaction, each part in an operation of its own: together they cost more than one may."""
    kind = schema._schema.get_type("Interaction")
    assert isinstance(kind, GraphQLObjectType)
    found: dict[str, Any] = {}
    for name, field in kind.fields.items():
        inner = get_named_type(field.type)
        if inner.name in SKIPPED:
            continue
        if not isinstance(inner, GraphQLObjectType):
            found |= (await client.ask(f"query ($id: ID!) {{ interaction(id: $id) {{ {name} }} }}", id=call))["interaction"]
            continue
        part = GraphQLObjectType(inner.name, inner.fields)
        for one in inner.fields if name in {"analysis", "transcript"} else [None]:
            chosen = part if one is None else GraphQLObjectType(inner.name, {one: inner.fields[one]})
            query = f"query ($id: ID!) {{ interaction(id: $id) {{ {name} {selection(chosen, DEPTH)} }} }}"
            answer = (await client.ask(query, id=call))["interaction"][name]
            found.setdefault(name, []).append(answer)
    return found


async def test_who_may_not_read_finds_no_word(db, world, as_person, call):
    await add_custom(db, world, ("interaction.read", "all"))
    found = await everything(await as_person(world, "custom"), call)
    assert words_in(found) == set()
    assert words_in(await everything(await as_person(world, "evaluator"), call)) >= {"cancel", "thanks", "calling"}


async def test_who_may_not_hear_finds_no_address_and_no_sound(db, world, as_person, call):
    await add_custom(db, world, ("interaction.read", "all"), ("transcript.read", "all"))
    client, hearing = await as_person(world, "custom"), await as_person(world, "evaluator")
    assert (await everything(client, call))["media"] == [None]
    for address in (f"/media/{call}", f"/media/{call}/peaks"):
        for method in ("GET", "HEAD"):
            assert (await client.http.request(method, address)).status_code == 404
            assert (await hearing.http.request(method, address)).status_code == 200


SEARCH = "query ($text: String) { interactions(filter: {text: $text}) { totalCount edges { node { id } } } }"


async def test_a_search_for_words_finds_only_what_one_may_read(db, world, as_person, sealers):
    """Which interactions hold a word is a part of what was said."""
    ids = {}
    for agent in ("north", "south"):
        row = await add_interaction(db, world, agent=agent)
        ids[agent] = global_id("Interaction", row.id)
        async with db.writing(world.id) as session:
            sealer = await sealers.of(session, world.id)
            await index(session, sealer, interaction_id=row.id, day=date(2026, 11, 10), transcript=TRANSCRIPT, before=[])
    await add_custom(db, world, ("interaction.read", "all"), ("transcript.read", "team"))
    async with db.writing(world.id) as session:
        session.add(TeamSupervisor(account_id=world.id, team_id=world.teams["south"], user_id=world.users["custom"]))
    for person, found in (("evaluator", {"north", "south"}), ("custom", {"south"}), ("seatless", set())):
        answer = (await (await as_person(world, person)).ask(SEARCH, text="cancel"))["interactions"]
        assert {edge["node"]["id"] for edge in answer["edges"]} == {ids[name] for name in found}
        assert answer["totalCount"] == len(found)
    assert (await (await as_person(world, "custom")).ask("{ interactions { totalCount } }"))["interactions"]["totalCount"] == 2


async def test_scopes_of_hearing_and_reading_are_their_own(db, world, as_person, call, sealers, vault):
    """Sees all, reads what the teams said, hears only themselves: here nobody."""
    await add_custom(db, world, ("interaction.read", "all"), ("transcript.read", "team"), ("recording.play", "own"))
    query = (
        "query ($id: ID!) { interaction(id: $id) { viewerCan { play readTranscript } media { url } transcript { segments { texts } } } }"
    )
    client = await as_person(world, "custom")

    async def look() -> tuple[bool, bool]:
        found = (await client.ask(query, id=call))["interaction"]
        can = found["viewerCan"]
        assert can["play"] is (found["media"] is not None)
        assert can["readTranscript"] is any(found["transcript"]["segments"]["texts"])
        return can["play"], can["readTranscript"]

    assert await look() == (False, False)
    async with db.writing(world.id) as session:
        session.add(TeamSupervisor(account_id=world.id, team_id=world.teams["north"], user_id=world.users["custom"]))
    assert await look() == (False, True)
