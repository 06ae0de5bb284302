"""The analyses of an interaction side by side, which of a run's interactions differ in one thing, and versions by day."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from backend.analyses.tables import Analysis
from backend.graphql.ids import global_id, local_id
from backend.interactions.tables import Interaction
from backend.reanalysis.tables import ReanalysisItem
from tests.api.expectations import MINE, NOBODYS, OTHERS
from tests.api.expectations_reanalysis import add_run
from tests.api.test_permissions import scene

__all__ = ["scene"]
VERSIONS = """query ($id: ID!, $old: ID, $new: ID) { interaction(id: $id) { reanalysis { id }
  analyses { id state analyzerVersion settings createdAt }
  analysisDifference(old: $old, new: $new) { sameTranscript old { analyzerVersion } new { analyzerVersion }
    changes { feature name removed } passages { kind feature name quote before after } } } }"""


@pytest.fixture
async def run(scene, db, sealers):
    return await add_run(db, sealers, scene)


async def look(scene, person, **given):
    return (await scene.clients[person].ask(VERSIONS, id=scene.ids[MINE], **given))["interaction"]


async def test_what_is_prepared_stands_beside_what_is_current_for_whoever_may_run_it_again(scene, run):
    found = await look(scene, "supervisor")
    assert [(each["state"], each["analyzerVersion"]) for each in found["analyses"]] == [("PREPARED", "2.0.0"), ("CURRENT", "1.0.0")]
    assert found["reanalysis"]["id"] == run
    differs = found["analysisDifference"]
    assert (differs["old"]["analyzerVersion"], differs["new"]["analyzerVersion"], differs["sameTranscript"]) == ("2.0.0", "1.0.0", True)
    assert [(each["kind"], each["quote"]) for each in differs["passages"]] == [("ADDED", "cancel")]
    other = await look(scene, "evaluator")
    assert [each["state"] for each in other["analyses"]] == ["CURRENT"]
    assert (other["reanalysis"], other["analysisDifference"]) == (None, None)


async def test_either_way_round_and_never_with_what_is_not_its_own(scene, run, db, world):
    ids = [each["id"] for each in (await look(scene, "admin"))["analyses"]]
    turned = (await look(scene, "admin", old=ids[1], new=ids[0]))["analysisDifference"]
    assert [(each["kind"], each["quote"]) for each in turned["passages"]] == [("REMOVED", "cancel")]
    assert [(each["name"], each["removed"]) for each in turned["changes"]] == [("Risk · Cancellation", 1)]
    async with db.reading(world.id) as session:
        others = local_id("Interaction", scene.ids[OTHERS])
        foreign = (await session.execute(select(col(Analysis.id)).where(col(Analysis.interaction_id) == others))).scalar_one()
    for wrong in (global_id("Analysis", foreign), "nonsense", ids[0][:-2], scene.ids[MINE]):
        assert (await look(scene, "admin", old=wrong))["analysisDifference"] is None
        assert (await look(scene, "admin", new=wrong))["analysisDifference"] is None


async def test_the_former_is_seen_by_everybody_who_sees_the_interaction(scene, run, db, world):
    async with db.writing(world.id) as session:
        number = local_id("Interaction", scene.ids[MINE])
        item = (await session.execute(select(ReanalysisItem))).scalar_one()
        changed = update(Interaction).where(col(Interaction.account_id) == world.id, col(Interaction.id) == number)
        await session.execute(changed.values(current_analysis_id=item.analysis_id))
        item.state = "current"
    for person in ("agent", "evaluator", "supervisor"):
        found = await look(scene, person)
        assert [each["state"] for each in found["analyses"]] == ["CURRENT", "FORMER"]
        assert [each["kind"] for each in found["analysisDifference"]["passages"]] == ["REMOVED"]
    silent = (await look(scene, "custom"))["analysisDifference"]
    assert silent["passages"] == []


async def test_a_run_names_the_interactions_that_differ_in_one_thing(scene, run):
    query = """query ($id: ID!, $feature: AnalysisFeature, $name: String) { reanalysis(id: $id) {
      items(feature: $feature, name: $name, first: 5) { edges { node { interaction { id } changes { name before after } } } } } }"""

    async def found(**given):
        answer = await scene.clients["admin"].ask(query, id=run, **given)
        return [edge["node"]["interaction"]["id"] for edge in answer["reanalysis"]["items"]["edges"]]

    assert await found() == [scene.ids[MINE]]
    assert await found(feature="INDICATOR", name="Risk · Cancellation") == [scene.ids[MINE]]
    assert await found(feature="INDICATOR") == [scene.ids[MINE]]
    assert await found(feature="TOPIC", name="Risk · Cancellation") == []
    assert await found(name="Money · Refund") == []


async def test_some_interactions_are_chosen_one_by_one(scene):
    start = """mutation ($input: StartReanalysisInput!) { startReanalysis(input: $input) { __typename
      ... on StartReanalysisPayload { reanalysis { total filtered } } ... on InvalidInput { pointer message } } }"""

    async def begin(person="admin", **given):
        return (await scene.clients[person].ask(start, input=given))["startReanalysis"]

    some = [scene.ids[MINE], scene.ids[NOBODYS]]
    both = await begin(interactionIds=some, filter={"from": "2020-01-01"})
    assert (both["__typename"], both["pointer"]) == ("InvalidInput", "/input")
    assert (await begin(interactionIds=["nonsense"]))["message"] == "No interaction that is analysed fits this."
    assert (await begin(interactionIds=some[:1] * 10_001))["pointer"] == "/input/interactionIds"
    assert (await begin("supervisor", interactionIds=some))["__typename"] == "NotPermitted"
    assert (await begin(interactionIds=[*some, "nonsense"]))["reanalysis"] == {"total": 2, "filtered": True}


async def test_versions_are_counted_by_day(scene, run):
    query = "{ analysisVersions { analyzerVersion interactions firstDay lastDay days { day interactions } } }"
    (found,) = (await scene.clients["admin"].ask(query))["analysisVersions"]
    assert found["days"] == [{"day": "2026-11-10", "interactions": 3}]
    assert (found["interactions"], found["firstDay"], found["lastDay"]) == (3, "2026-11-10", "2026-11-10")
