"""
Every field of every type, asked for by everybody, against the table in `every_field.txt`: who reaches an object of the type, and which of
its fields ask for more. A new type or field without a row fails.

    python -m tests.api.test_every_field     prints the rows that are missing
"""

from __future__ import annotations

from typing import Any

import pytest

from backend.api.schema import schema
from backend.graphql.ids import global_id, local_id
from tests.api import expectations_saml as saml
from tests.api.expectations import MINE, PEOPLE, Scene
from tests.api.expectations_reanalysis import add_run
from tests.api.expectations_topics import tried
from tests.api.seed import add_translation
from tests.api.test_permissions import scene
from tests.api.walk import ANSWERS, TABLE, at_end, object_types, paths, query, read_table, selection

__all__ = ["furnished", "scene"]
SCHEMA = schema._schema
ROWS = read_table(TABLE.read_text("utf-8"))
SEATED = {"admin", "supervisor", "evaluator", "agent", "custom"}
REACH: dict[str, set[str]] = {
    "everybody": set(PEOPLE),
    "signed-in": set(PEOPLE) - {"nobody"},
    # Of the interaction that the supervised agent took: what any of these may see of it.
    "seeing": SEATED,
    "reading": SEATED - {"custom"},
    "hearing": SEATED - {"custom"},
    # Account pages: an owner without regard to seats. `foreign` owns another account, and is shown that.
    "account": {"admin", "foreign"},
    "account-here": {"admin"},
    # Runs of re-analysis: whoever may run the interaction again; and lists of them, for an owner elsewhere too.
    "running": {"admin", "supervisor"},
    "agents": {"agent"},
    # Whoever has a seat, in whichever account; and who is shown more than their own calls.
    "seated": SEATED | {"foreign"},
    "beyond-own": SEATED - {"agent"} | {"foreign"},
}


def arguments(scene: Scene) -> dict[str, str]:
    """What fields with required arguments are asked with."""
    mine, world = scene.ids[MINE], scene.world
    return {
        "Query.interaction": f'id: "{mine}"',
        "Query.user": f'id: "{global_user(world)}"',
        "Query.explainAccess": f'userId: "{global_user(world)}", action: "interaction.read", interactionId: "{mine}"',
        "Query.signInMethods": f'account: "{world.slug}"',
        "Analysis.evidence": "of: ENGAGEMENT_SCORE",
        "Reanalysis.items": "first: 5",
        "Query.topicPreview": tried(),
    }


def global_user(world: Any) -> str:
    return global_id("User", world.users["agent"])


@pytest.fixture
async def furnished(scene: Scene, db, sealers) -> Scene:
    """With one of everything that an account's pages show."""
    owner = scene.clients["admin"]
    provider = await saml._ours(scene)
    rules = {
        "providerId": provider["id"],
        "rules": [{"target": "ROLE", "attribute": "groups", "op": "EXACT", "value": "QM", "gives": ["agent"]}],
    }
    save = "mutation ($input: SaveMappingRulesInput!) { saveMappingRules(input: $input) { __typename } }"
    for given in (rules, {"providerId": None, "rules": []}):
        await owner.ask(save, input=given)
    token = {"name": "Ours", "scopes": ["read"], "days": 30}
    await owner.ask("mutation ($input: CreateTokenInput!) { createToken(input: $input) { __typename } }", input=token)
    await add_run(db, sealers, scene)
    await add_translation(db, sealers, scene.world.id, local_id("Interaction", scene.ids[MINE]) or 0)
    return scene


def test_every_type_and_field_has_a_row():
    types = object_types(SCHEMA)
    assert sorted(ROWS) == sorted(types)
    for name, kind in types.items():
        assert sorted(ROWS[name].fields) == sorted(kind.fields), name
    assert {row.reach for row in ROWS.values()} <= {*REACH, ANSWERS}


async def test_who_is_shown_which_field(furnished, subtests):
    """All in one scene, so that each operation is read and checked once for everybody."""
    given = arguments(furnished)
    ways = paths(SCHEMA, given)
    for name, kind in object_types(SCHEMA).items():
        if ROWS[name].reach == ANSWERS:
            assert name not in ways, f"{name} can be asked for by a query: give it a reach"
            continue
        operation = query(ways[name], " ".join(selection(kind, given).values()))
        for person in PEOPLE:
            with subtests.test(type=name, person=person):
                answer = await furnished.clients[person].answer(operation)
                _check(name, person, list(at_end(answer.get("data"), ways[name])), answer)


def _check(name: str, person: str, found: list[Any], answer: Any) -> None:
    row = ROWS[name]
    assert bool(found) is (person in REACH[row.reach]), answer
    assert not found or "errors" not in answer, answer
    for field, rule in row.fields.items():
        if rule is not None and found:
            shown = any(each[field] not in (None, [], {}) for each in found)
            assert shown is (person in REACH[rule]), (field, found)


if __name__ == "__main__":
    for missing, kind in object_types(SCHEMA).items():
        known = ROWS.get(missing)
        lines = [f"  {field}" for field in kind.fields if known is None or field not in known.fields]
        if lines:
            print("\n".join([f"{missing} {known.reach if known else '?'}", *lines]))
