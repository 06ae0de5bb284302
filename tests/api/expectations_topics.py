"""Topics: who may read, change and try them. It takes an account permission, which no QM role gives."""

from __future__ import annotations

from typing import Any

from backend.authz.actions import AccountAction
from backend.graphql.ids import global_id
from tests.api.expectations import Scene, signed_out
from tests.api.expectations_settings import OWNERS

SENTENCES = (
    "I want to cancel.", "How do I end my subscription?", "Please close my account today.", "How much does it cost per month?", "Short",
)  # fmt: skip
"""What the calls of the scene say, what others say of the same, what a default topic says, and what is no sentence."""
USABLE = [{"text": text} for text in SENTENCES[:4]]


def tried() -> str:
    """The arguments of a trial that finds and remarks something in the account of the scene."""
    given = ", ".join(f'{{text: "{text}"}}' for text in SENTENCES)
    return f"input: {{sentences: [{given}]}}"


async def definitions(scene: Scene, person: str) -> None:
    query, client = "{ topicDefinitions { mostTopics topics { name custom sentences { text } } } }", scene.clients[person]
    if person == "nobody":
        await signed_out(client, query)
    elif person in OWNERS:
        found = {each["name"]: each for each in (await client.ask(query))["topicDefinitions"]["topics"]}
        assert list(found) == ([] if person == "foreign" else ["Pricing", "Privacy"])
        assert all(len(each["sentences"]) >= 10 for each in found.values())
    else:
        refused = (await client.refused(query))["extensions"]
        assert (refused["code"], refused["permission"]) == ("not_permitted", "account.definitions")


async def preview(scene: Scene, person: str) -> None:
    query, client = f"{{ topicPreview({tried()}) {{ of found {{ text }} }} }}", scene.clients[person]
    if person == "nobody":
        await signed_out(client, query)
    elif person in OWNERS:
        found = (await client.ask(query))["topicPreview"]
        assert (found["of"], bool(found["found"])) == ((0, False) if person == "foreign" else (3, True))
    else:
        refused = (await client.refused(query))["extensions"]
        assert (refused["code"], refused["permission"]) == ("not_permitted", "account.definitions")


async def _expect(scene: Scene, person: str, query: str, mine: dict[str, Any], elsewhere: dict[str, Any], **given: Any) -> None:
    client = scene.clients[person]
    if person == "nobody":
        await signed_out(client, query, **given)
        return
    found = next(iter((await client.ask(query, **given)).values()))
    if person in OWNERS:
        assert found == (elsewhere if person == "foreign" else mine)
    else:
        assert found == {"__typename": "NotPermitted", "permission": "account.definitions"}


_MISSING = {"__typename": "NotFound"}


async def create(scene: Scene, person: str) -> None:
    query = """mutation ($input: CreateTopicInput!) { createTopic(input: $input) { __typename ... on NotPermitted { permission }
        ... on CreateTopicPayload { topic { name version } } } }"""
    made = {"__typename": "CreateTopicPayload", "topic": {"name": "Leaving", "version": 1}}
    await _expect(scene, person, query, made, made, input={"name": "Leaving", "sentences": USABLE})


async def update(scene: Scene, person: str) -> None:
    """The topic is a default one, which nobody can change."""
    query = "mutation ($input: UpdateTopicInput!) { updateTopic(input: $input) { __typename ... on NotPermitted { permission } } }"
    given = {"id": global_id("Topic", scene.made.topics["Pricing"]), "version": 1, "name": "Leaving", "sentences": USABLE}
    await _expect(scene, person, query, {"__typename": "Conflict"}, _MISSING, input=given)


async def switch(scene: Scene, person: str) -> None:
    query = """mutation ($id: ID!) { switchTopic(id: $id, on: false) { __typename ... on NotPermitted { permission }
        ... on SwitchTopicPayload { topic { active version } } } }"""
    done = {"__typename": "SwitchTopicPayload", "topic": {"active": False, "version": 2}}
    await _expect(scene, person, query, done, _MISSING, id=global_id("Topic", scene.made.topics["Pricing"]))


async def delete(scene: Scene, person: str) -> None:
    query = "mutation ($id: ID!) { deleteTopic(id: $id) { __typename ... on NotPermitted { permission } } }"
    await _expect(scene, person, query, {"__typename": "Conflict"}, _MISSING, id=global_id("Topic", scene.made.topics["Pricing"]))


FIELDS = {
    "Query.topicDefinitions": definitions,
    "Query.topicPreview": preview,
    "Mutation.createTopic": create,
    "Mutation.updateTopic": update,
    "Mutation.switchTopic": switch,
    "Mutation.deleteTopic": delete,
}
PERMISSIONS = dict.fromkeys(("createTopic", "updateTopic", "switchTopic", "deleteTopic"), AccountAction.DEFINITIONS_EDIT)
CHANGING = [create, update, switch, delete]
