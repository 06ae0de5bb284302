"""What each person may do with each root field and route, as checks that a test runs for everybody."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from backend.graphql.ids import global_id
from tests.api.conftest import Client

PEOPLE = ("admin", "supervisor", "evaluator", "agent", "custom", "seatless", "foreign", "nobody")
"""`custom` holds a role of the account's own: it sees every interaction, and may neither hear nor read, nor change any."""
# Interactions: one of the supervised team's agent (who is the person `agent`), one of the other team's, one without an agent.
MINE, OTHERS, NOBODYS = "north", "south", "none"
SEES: dict[str, set[str]] = {
    "admin": {MINE, OTHERS, NOBODYS},
    "supervisor": {MINE},
    "evaluator": {MINE, OTHERS, NOBODYS},
    "agent": {MINE},
    "custom": {MINE, OTHERS, NOBODYS},
    "seatless": set(),
    "foreign": set(),
    "nobody": set(),
}
RUNS: dict[str, set[str]] = {**{person: set[str]() for person in PEOPLE}, "admin": {MINE, OTHERS, NOBODYS}, "supervisor": {MINE}}
"""Which interactions a person may run again or correct."""
HEARS: dict[str, set[str]] = {**SEES, "custom": set()}
"""Which they may play, and read the words of."""


@dataclass
class Scene:
    """The interactions of one account by name, and a browser for each person."""

    ids: dict[str, str]
    clients: dict[str, Client]
    made: Any
    world: Any


Check = Callable[[Scene, str], Awaitable[None]]


async def signed_out(client: Client, query: str, **variables: Any) -> None:
    assert (await client.refused(query, **variables))["extensions"]["code"] == "unauthenticated"


async def viewer(scene: Scene, person: str) -> None:
    found = (await scene.clients[person].ask("{ viewer { roles hasSeat permissions account { slug } agent { name } } }"))["viewer"]
    if person == "nobody":
        assert found is None
        return
    assert found["hasSeat"] is (person != "seatless")
    assert bool(found["permissions"]) is (person != "seatless")
    assert (found["agent"] is not None) is (person == "agent")
    assert (found["account"]["slug"] == scene.world.slug) is (person != "foreign")


async def interactions(scene: Scene, person: str) -> None:
    query, client = "{ interactions { totalCount edges { node { id } } } }", scene.clients[person]
    if person == "nobody":
        return await signed_out(client, query)
    found = (await client.ask(query))["interactions"]
    assert {edge["node"]["id"] for edge in found["edges"]} == {scene.ids[name] for name in SEES[person]}
    assert found["totalCount"] == len(SEES[person])
    return None


async def interaction(scene: Scene, person: str) -> None:
    query = """query ($id: ID!) { interaction(id: $id) { media { url } transcript { segments { texts } }
        analysis { id summary { text } } viewerCan { play readTranscript retry } } }"""
    client = scene.clients[person]
    for name, id in scene.ids.items():
        if person == "nobody":
            await signed_out(client, query, id=id)
            continue
        found = (await client.ask(query, id=id))["interaction"]
        assert (found is not None) is (name in SEES[person]), name
        if found is not None:
            hears = name in HEARS[person]
            assert found["viewerCan"] == {"play": hears, "readTranscript": hears, "retry": name in RUNS[person]}
            assert [found["media"] is not None, found["analysis"]["summary"] is not None] == [hears, hears]
            assert any(found["transcript"]["segments"]["texts"]) is hears


async def node(scene: Scene, person: str) -> None:
    query, client = "query ($id: ID!) { node(id: $id) { id } }", scene.clients[person]
    world, made = scene.world, scene.made
    reads = bool(SEES[person])
    expected = {id: name in SEES[person] for name, id in scene.ids.items()} | {
        global_id("Agent", world.agents["north"]): reads,
        global_id("Agent", world.agents["south"]): OTHERS in SEES[person],
        global_id("Team", world.teams["north"]): reads and person != "agent",
        global_id("Team", world.teams["south"]): OTHERS in SEES[person],
        global_id("Queue", made.queues["sales"]): reads,
        global_id("Indicator", made.indicators["Legal"]): reads,
        global_id("Topic", made.topics["Pricing"]): reads,
        global_id("User", world.users["admin"]): person == "admin",
        global_id("Licence", world.licence): person == "admin",
        "nonsense": False,
    }
    for id, there in expected.items():
        if person == "nobody":
            await signed_out(client, query, id=id)
        else:
            assert ((await client.ask(query, id=id))["node"] is not None) is there, id


async def interaction_facets(scene: Scene, person: str) -> None:
    fields = ("agents", "teams", "queues", "indicators", "topics")
    query = "{ interactionFacets { languages " + " ".join(f"{name} {{ name }}" for name in fields) + " } }"
    client = scene.clients[person]
    if person == "nobody":
        return await signed_out(client, query)
    found = (await client.ask(query))["interactionFacets"]
    if person == "foreign":  # whose account has agents and teams of its own, and no calls
        assert [found[name] for name in ("languages", "queues", "indicators", "topics")] == [[]] * 4
        return None
    assert bool(found["languages"]) is bool(SEES[person])
    wide = OTHERS in SEES[person]
    assert len(found["agents"]) == (2 if wide else 1 if SEES[person] else 0)
    assert len(found["teams"]) == (2 if wide else 1 if person == "supervisor" else 0)
    for name in ("queues", "indicators", "topics"):
        assert bool(found[name]) is bool(SEES[person]), name
    return None


async def system(scene: Scene, person: str) -> None:
    query, client = "{ system { version } }", scene.clients[person]
    if person == "nobody":
        return await signed_out(client, query)
    assert (await client.ask(query))["system"]["version"]
    return None


async def expect(client: Client, person: str, allowed: set[str], name: str, permission: str, query: str, **variables: Any) -> None:
    """A mutation on one interaction: done, or refused in the way that fits the reason."""
    if person == "nobody":
        await signed_out(client, query, **variables)
        return
    found = next(iter((await client.ask(query, **variables)).values()))
    if name in allowed:
        assert found["__typename"].endswith("Payload"), (name, found)
    elif person in {"evaluator", "agent", "custom", "seatless"}:
        assert found == {"__typename": "NotPermitted", "permission": permission}
    else:
        assert found["__typename"] == "NotFound", (name, found)


async def retry_analysis(scene: Scene, person: str) -> None:
    query = "mutation ($id: ID!) { retryAnalysis(id: $id) { __typename ... on NotPermitted { permission } } }"
    for name, id in scene.ids.items():
        await expect(scene.clients[person], person, RUNS[person], name, "interaction.retry", query, id=id)


async def assign_speaker_role(scene: Scene, person: str) -> None:
    query = """mutation ($input: AssignSpeakerRoleInput!) {
        assignSpeakerRole(input: $input) { __typename ... on NotPermitted { permission } } }"""
    for name, id in scene.ids.items():
        given = {"interactionId": id, "speaker": "agent", "role": "CONSUMER"}
        await expect(scene.clients[person], person, RUNS[person], name, "interaction.assign_role", query, input=given)


async def set_interaction_language(scene: Scene, person: str) -> None:
    query = """mutation ($input: SetInteractionLanguageInput!) {
        setInteractionLanguage(input: $input) { __typename ... on NotPermitted { permission } } }"""
    for name, id in scene.ids.items():
        given = {"interactionId": id, "language": "de"}
        await expect(scene.clients[person], person, RUNS[person], name, "interaction.retry", query, input=given)


async def ingest_interaction(scene: Scene, person: str) -> None:
    query = """mutation ($input: IngestInteractionInput!) { ingestInteraction(input: $input) { __typename
        ... on IngestInteractionPayload { created } ... on NotPermitted { permission } ... on InvalidInput { pointer } } }"""
    client = scene.clients[person]
    reaches = {"admin": {"ext-north", "ext-south"}, "supervisor": {"ext-north"}, "foreign": {"ext-north", "ext-south"}}
    for agent in ("ext-north", "ext-south"):
        given = {"endToEndEncrypted": True, "agent": {"externalId": agent}}
        if person == "nobody":
            await signed_out(client, query, input=given)
            continue
        found = (await client.ask(query, input=given))["ingestInteraction"]
        if agent in reaches.get(person, set()):
            assert found == {"__typename": "IngestInteractionPayload", "created": True}
        elif person == "supervisor":
            assert found == {"__typename": "InvalidInput", "pointer": "/input/agent"}
        else:
            assert found == {"__typename": "NotPermitted", "permission": "interaction.ingest"}


async def sign_in(scene: Scene, person: str) -> None:
    given = {"account": scene.world.slug, "email": "admin@example.com", "password": "wrong"}
    query = "mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }"
    assert (await scene.clients[person].ask(query, input=given))["signIn"]["__typename"] == "SignInRefused"


async def sign_out(scene: Scene, person: str) -> None:
    query, client = "mutation { signOut { ok } }", scene.clients[person]
    if person == "nobody":
        return await signed_out(client, query)
    assert (await client.ask(query))["signOut"]["ok"] is True
    assert (await client.ask("{ viewer { name } }"))["viewer"] is None
    return None


async def media(scene: Scene, person: str) -> None:
    for name, id in scene.ids.items():
        for address in (f"/media/{id}", f"/media/{id}/peaks"):
            status = (await scene.clients[person].http.get(address)).status_code
            assert status == (401 if person == "nobody" else 200 if name in HEARS[person] else 404), address


async def open_to_all(scene: Scene, person: str) -> None:
    for address in ("/healthz", "/readyz", "/interactions", "/assets/index-abc.js"):
        assert (await scene.clients[person].http.get(address)).status_code == 200, address
