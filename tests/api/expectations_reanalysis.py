"""Runs of re-analysis: the account's owner for many, whoever may run an interaction again for that one."""

from __future__ import annotations

from copy import deepcopy

from sqlalchemy import select
from sqlmodel import col

from backend.analyses.tables import Analysis
from backend.analysis.definitions import DEFINITIONS
from backend.authz.actions import AccountAction, Action
from backend.db.session import next_id
from backend.graphql.ids import global_id, local_id
from backend.graphql.mutation import Open
from backend.reanalysis.tables import Reanalysis, ReanalysisChange, ReanalysisItem
from tests.api.expectations import MINE, OTHERS, RUNS, SEES, Scene, signed_out
from tests.api.expectations_settings import OWNERS
from tests.api.seed import ANALYSIS, NOON

_START = """mutation ($input: StartReanalysisInput!) { startReanalysis(input: $input) { __typename
    ... on NotPermitted { permission } ... on InvalidInput { pointer }
    ... on StartReanalysisPayload { reanalysis { id state total progress { working } difference { name } } } } }"""
_DO = "mutation ($id: ID!) { %sReanalysis(id: $id) { __typename ... on NotPermitted { permission } } }"


async def add_run(db, sealers, scene: Scene) -> str:
    """A run that is ready, of the interaction that the supervised agent took: its new analysis lacks the mention."""
    account, number = scene.world.id, local_id("Interaction", scene.ids[MINE])
    new = {**deepcopy(ANALYSIS), "mentions": [], "versions": {"analyzer": "2.0.0", "models": {}}}
    async with db.writing(account) as session:
        sealer = await sealers.of(session, account)
        base = (await session.execute(select(Analysis).where(col(Analysis.interaction_id) == number))).scalar_one()
        aside = await next_id(session, "analysis")
        body = sealer.seal_json(new, table="analysis", column="body", row=aside)
        session.add(
            Analysis(
                account_id=account, id=aside, interaction_id=number, transcript_id=base.transcript_id, analyzer_version="2.0.0",
                models={}, settings={}, body=body, created_at=NOON,
            )
        )  # fmt: skip
        run = Reanalysis(
            account_id=account, state="ready", interaction_id=number, total=1, started_at=NOON, finished_at=NOON,
            started_by=scene.world.users["supervisor"],
        )  # fmt: skip
        session.add(run)
        await session.flush()
        place = {"account_id": account, "reanalysis_id": run.id, "interaction_id": number}
        found = {"mentions": [], "tags": [], "engagement_score": 71, "sentiment_score": 42, "without_words": False, "indicator_mentions": 0}
        session.add(ReanalysisItem(state="analysed", base_analysis_id=base.id, analysis_id=aside, findings=found, **place))
        session.add(ReanalysisChange(feature="indicator", name="Risk · Cancellation", removed=1, before=1, after=0, **place))
    return global_id("Reanalysis", run.id)


async def start_many(scene: Scene, person: str) -> None:
    client, given = scene.clients[person], {"filter": {"from": "2020-01-01"}}
    if person == "nobody":
        return await signed_out(client, _START, input=given)
    found = (await client.ask(_START, input=given))["startReanalysis"]
    if person == "admin":
        assert (found["reanalysis"]["total"], found["reanalysis"]["progress"]["working"]) == (3, 3)
    elif person == "foreign":
        assert found == {"__typename": "InvalidInput", "pointer": "/input"}
    else:
        assert found == {"__typename": "NotPermitted", "permission": "account.settings"}
    return None


async def start_one(scene: Scene, person: str) -> None:
    client = scene.clients[person]
    for name, id in scene.ids.items():
        given = {"interactionId": id}
        if person == "nobody":
            await signed_out(client, _START, input=given)
            continue
        found = (await client.ask(_START, input=given))["startReanalysis"]
        if name in RUNS[person]:
            assert found["reanalysis"]["total"] == 1
        elif person in {"supervisor", "foreign"}:
            assert found["__typename"] == "NotFound"
        else:
            assert found == {"__typename": "NotPermitted", "permission": "interaction.retry"}


async def change_one(scene: Scene, person: str) -> None:
    """Runs of one interaction each, begun by the owner: what each person may do to them."""
    owner, client = scene.clients["admin"], scene.clients[person]
    for name in (MINE, OTHERS):
        started = await owner.ask(_START, input={"interactionId": scene.ids[name]})
        id = started["startReanalysis"]["reanalysis"]["id"]
        for doing, after in (("pause", "Pause"), ("resume", "Resume"), ("apply", "Conflict"), ("cancel", "Cancel")):
            if person == "nobody":
                await signed_out(client, _DO % doing, id=id)
                continue
            found = (await client.ask(_DO % doing, id=id))[f"{doing}Reanalysis"]
            if name in RUNS[person]:
                assert found["__typename"].startswith(after), (doing, found)
            elif person in OWNERS | {"supervisor"}:
                assert found["__typename"] == "NotFound", (doing, found)
            else:
                assert found == {"__typename": "NotPermitted", "permission": "interaction.retry"}


async def read_one(scene: Scene, person: str) -> None:
    """Runs of one interaction each: who may look at them."""
    owner, client, query = scene.clients["admin"], scene.clients[person], "query ($id: ID!) { reanalysis(id: $id) { id total } }"
    for name in (MINE, OTHERS):
        started = await owner.ask(_START, input={"interactionId": scene.ids[name]})
        id = started["startReanalysis"]["reanalysis"]["id"]
        if person == "nobody":
            await signed_out(client, query, id=id)
        elif person in OWNERS | {"supervisor"}:
            assert (await client.ask(query, id=id))["reanalysis"] == ({"id": id, "total": 1} if name in RUNS[person] else None)
        else:
            assert (await client.refused(query, id=id))["extensions"]["permission"] == "interaction.retry"


async def reanalyses(scene: Scene, person: str) -> None:
    query, client = "{ reanalyses { id } }", scene.clients[person]
    if person == "nobody":
        await signed_out(client, query)
    elif person in OWNERS | {"supervisor"}:
        assert isinstance((await client.ask(query))["reanalyses"], list)
    else:
        assert (await client.refused(query))["extensions"]["permission"] == "interaction.retry"


async def analysis_versions(scene: Scene, person: str) -> None:
    query, client = "{ analysisVersions { analyzerVersion interactions firstDay lastDay } }", scene.clients[person]
    if person == "nobody":
        await signed_out(client, query)
    elif person == "seatless":
        assert (await client.refused(query))["extensions"]["permission"] == "interaction.read"
    else:
        found = (await client.ask(query))["analysisVersions"]
        day, seen = "2026-11-10", len(SEES[person])
        version = {"analyzerVersion": "1.0.0", "interactions": seen, "firstDay": day, "lastDay": day}
        assert found == ([version] if seen else [])


async def figure_definitions(scene: Scene, person: str) -> None:
    query, client = "{ figureDefinitions { figure definition uncertainty } }", scene.clients[person]
    if person == "nobody":
        await signed_out(client, query)
    else:
        found = (await client.ask(query))["figureDefinitions"]
        assert {each["figure"] for each in found} == set(DEFINITIONS)


FIELDS = {
    "Query.figureDefinitions": figure_definitions,
    "Query.reanalyses": reanalyses,
    "Query.reanalysis": read_one,
    "Query.analysisVersions": analysis_versions,
    "Mutation.startReanalysis": start_many,
    "Mutation.pauseReanalysis": start_one,
    "Mutation.resumeReanalysis": change_one,
    "Mutation.cancelReanalysis": None,  # with the one before
    "Mutation.applyReanalysis": None,
}
PERMISSIONS: dict[str, Action | AccountAction | Open] = {
    f"{doing}Reanalysis": Open.SIGNED_IN for doing in ("start", "pause", "resume", "cancel", "apply")
}
CHANGING = [start_many, start_one, change_one, read_one]
