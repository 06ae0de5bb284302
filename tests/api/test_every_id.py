"""
Every id that an account's owner is shown, tried by the owner of another: wherever the API takes an id, it finds nothing, changes nothing,
and says no more than it says of an id that never was.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphql import GraphQLInputObjectType, get_named_type
from sqlalchemy import text

from backend.db.models import metadata
from backend.graphql.ids import global_id
from tests.api.expectations import Scene
from tests.api.test_every_field import ROWS, SCHEMA, arguments, furnished
from tests.api.test_permissions import scene
from tests.api.walk import ANSWERS, at_end, paths, query

__all__ = ["furnished", "scene"]
OTHER = {
    # What else a field needs; every id of a call is put in where `$id` stands.
    "agents": "team: $id",
    "auditLog": "filter: {actor: $id}",
    "interactions": "filter: {KEY: [$id]}",
    "users": "filter: {team: $id}",
    "explainAccess": 'userId: $id, action: "interaction.read"',
    "saveMappingRules": "input: {providerId: $id, rules: []}",
    "saveIdentityProvider": "input: {id: $id, active: false}",
    "addCertificate": 'input: {providerId: $id, pem: "none"}',
    "dryRunSaml": 'input: {providerId: $id, response: "none"}',
    "renameTeam": 'input: {id: $id, name: "Taken"}',
    "setTeamMembers": "input: {teamId: $id, add: [], remove: []}",
    "setTeamSupervisors": "input: {teamId: $id, users: []}",
    "assignSpeakerRole": 'input: {interactionId: $id, speaker: "agent", role: CONSUMER}',
    "setInteractionLanguage": 'input: {interactionId: $id, language: "de"}',
    "setLicence": 'input: {id: $id, name: "Taken", kind: SINGLE, seats: 1}',
    "createUser": 'input: {licence: $id, email: "new@example.com", name: "New", seat: true}',
    "updateUser": 'input: {id: $id, name: "Taken"}',
    "assignSeat": "input: {userId: $id}",
    "startReanalysis": "input: {interactionId: $id}",
    "topicPreview": 'input: {topicId: $id, sentences: [{text: "I want to cancel."}]}',
    "updateTopic": 'input: {id: $id, version: 1, name: "Taken", sentences: [{text: "I want to cancel my contract."}, '
    '{text: "Please close the account for good."}, {text: "How do I stop paying for this?"}]}',
    "switchTopic": "id: $id, on: false",
    "setUserRoles": 'input: {userId: $id, roles: ["agent"]}',
}
KEYS = {"interactions": ("agents", "teams", "queues", "indicators", "topics")}
UNBORN = global_id("User", 2**53)
"""An id that no row bears. One of another kind, and one that is none, are answered as it is."""
UNTRIED = {"interactionProgress"}
"""Over a socket: tests/api/test_subscriptions.py."""


def taking_ids() -> Iterator[tuple[str, str]]:
    """(operation, root field) of everything that takes an id somewhere in its arguments."""
    for operation in ("query", "mutation", "subscription"):
        root = SCHEMA.type_map[operation.title()]
        for name, field in root.fields.items():
            if any(_holds_id(argument.type) for argument in field.args.values()):
                yield operation, name


def _holds_id(kind: Any) -> bool:
    named = get_named_type(kind)
    if isinstance(named, GraphQLInputObjectType):
        return any(_holds_id(field.type) for field in named.fields.values())
    return named.name == "ID"


def calls(operation: str, name: str, id: str) -> Iterator[str]:
    """The operations that try an id at a root field."""
    field = SCHEMA.type_map[operation.title()].fields[name]
    only = next((argument for argument in field.args if _holds_id(field.args[argument].type)), "id")
    named = get_named_type(field.type)
    inner = "" if not hasattr(named, "fields") and not hasattr(named, "types") else " { __typename }"
    given = OTHER.get(name, f"{only}: $id")
    for key in KEYS.get(name, ("",)):
        yield f"{operation} {{ {name}({given.replace('$id', chr(34) + id + chr(34)).replace('KEY', key)}){inner} }}"


async def _shown(scene: Scene) -> dict[str, str]:
    """Type → the id of an object of it, as the account's owner is shown it."""
    given = arguments(scene)
    found = {}
    for name, path in paths(SCHEMA, given).items():
        if ROWS[name].reach != ANSWERS and "id" in ROWS[name].fields:
            answer = await scene.clients["admin"].answer(query(path, "id"))
            for each in at_end(answer.get("data"), path):
                found[name] = each["id"]
    return found


async def _rows(scene: Scene, db: Any) -> dict[str, int]:
    """How much of everything the account holds, and a fingerprint of it."""
    async with db.reading(scene.world.id) as session:
        found = {}
        for table in sorted(set(metadata.tables) - {"account"}):
            if await session.scalar(text("SELECT has_table_privilege('assay_app', :table, 'SELECT')"), {"table": table}):
                found[table] = await session.scalar(text(f"SELECT coalesce(sum(hashtext(t::text)::bigint), 0) FROM {table} t"))
    return found


async def test_no_id_of_another_account_is_found_or_changed(furnished, db, subtests):
    shown, stranger = await _shown(furnished), furnished.clients["foreign"]
    assert {"User", "Team", "Agent", "Interaction", "IdentityProvider", "ApiToken", "SignedInSession", "Licence"} <= set(shown)
    before = await _rows(furnished, db)
    for operation, name in taking_ids():
        if name in UNTRIED:
            continue
        unborn = [_plain(await stranger.answer(call)) for call in calls(operation, name, UNBORN)]
        for kind, id in shown.items():
            with subtests.test(field=name, kind=kind):
                assert [_plain(await stranger.answer(call)) for call in calls(operation, name, id)] == unborn
    assert await _rows(furnished, db) == before


def _plain(answer: dict[str, Any]) -> Any:
    """An answer without what names the id itself."""
    errors = [(error["message"], error["extensions"].get("code")) for error in answer.get("errors", [])]
    return answer.get("data"), errors
