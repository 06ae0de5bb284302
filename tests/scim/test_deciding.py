"""New rules reach those who are in the directory already: foreseen first, then in the background, once."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import text

from backend.authz.actor import system
from backend.clock import utc_now
from backend.db import doors
from backend.db.session import Session
from backend.errors import Conflict
from backend.identity.mapping import provisioning, service
from backend.identity.mapping import repository as mapping
from backend.identity.saml.tables import IdentityProvider
from backend.identity.scim import deciding
from backend.identity.scim.deciding import STAGE, decide_next
from backend.infra.pubsub.fake import FakePubSub
from backend.infra.queue.base import StageTask
from backend.infra.queue.fake import FakeQueue
from tests.scim.conftest import ENTERPRISE
from tests.scim.test_rehearsal import ask
from tests.scim.test_rules import access, taken
from workers.outbox import hand_on, sweep_once

SAVE = """mutation ($input: SaveMappingRulesInput!) { saveMappingRules(input: $input) { __typename ... on Error { message } } }"""
FORESEE = """mutation ($input: DryRunScimRulesInput!) { dryRunScimRules(input: $input) { __typename ... on InvalidInput { pointer }
  ... on DryRunScimRulesPayload { foreseen { people changing seatsGiven seatsMoved seatsReleased seatsMissing rolesChanged teamsChanged
    first { user { email } changes } } } } }"""
LAST = "{ scimSettings { lastRun { finishedAt people done changed refused } } }"


def rule(target, value, *gives, attribute="department"):
    return {"target": target, "attribute": attribute, "op": "EXACT", "value": value, "gives": list(gives)}


SALES = [rule("LICENCE", "sales", "qm"), rule("ROLE", "sales", "evaluator"), rule("TEAM", "sales", "north")]
HELP = [rule("LICENCE", "help", "qm")]


@pytest.fixture
async def people(directory):
    """Three in sales and two in help, and one who is switched off."""
    for number, department in enumerate(("sales", "help", "sales", "help", "sales", "sales")):
        await directory.add_user(f"p{number}@example.com", active=number < 5, **{ENTERPRISE: {"department": department}})
    return directory


@pytest.fixture
def save(people, as_admin):
    async def run(*rules):
        assert (await ask(people, as_admin, SAVE, input={"rules": list(rules)}))["saveMappingRules"][
            "__typename"
        ] == "SaveMappingRulesPayload"

    return run


@pytest.fixture
def foresee(people, as_admin):
    async def run(*rules):
        return (await ask(people, as_admin, FORESEE, input={"rules": list(rules)}))["dryRunScimRules"]

    return run


@pytest.fixture
def last(people, as_admin):
    async def run():
        return (await ask(people, as_admin, LAST))["scimSettings"]["lastRun"]

    return run


async def decide(stored, directory) -> int:
    steps = 0
    while await decide_next(stored, directory.world.id):
        steps += 1
    return steps


async def seats_are(stored, directory, number: int) -> None:
    async with stored.writing(directory.world.id) as session:
        await session.execute(text("UPDATE licence SET seats = :number"), {"number": number})


async def test_saved_rules_reach_everybody_by_way_of_the_outbox(people, stored, save, last):
    assert await last() is None
    await save(*SALES)
    assert await access(stored, people, "p0@example.com") == (None, set()), "nobody waits for it"
    queue = FakeQueue()
    while await hand_on(stored, queue, FakePubSub()):
        pass
    assert StageTask(people.world.id, 0, STAGE) in queue.tasks
    assert (await last())["finishedAt"] is None
    await decide(stored, people)
    for number in (0, 2, 4):
        assert await access(stored, people, f"p{number}@example.com") == ("scim", {("evaluator", "scim")})
    for number in (1, 3, 5):
        assert await access(stored, people, f"p{number}@example.com") == (None, set())
    found = await last()
    assert found.pop("finishedAt") is not None
    assert found == {"people": 5, "done": 5, "changed": 3, "refused": 0}
    await save(*SALES)
    await decide(stored, people)
    assert (await last())["changed"] == 0, "who has what is decided is passed over"


async def test_seats_that_are_taken_back_are_given_to_those_who_come_next(people, stored, save, last):
    before = await taken(stored, people)
    await save(*HELP)
    await decide(stored, people)
    await seats_are(stored, people, before + 2)
    await save(*SALES)
    await decide(stored, people)
    assert [(await access(stored, people, f"p{number}@example.com"))[0] for number in range(5)] == ["scim", None, "scim", None, None]
    found = await last()
    assert (found["changed"], found["refused"], found["done"]) == (5, 1, 5)
    assert await access(stored, people, "p4@example.com") == (None, {("evaluator", "scim")}), "without a seat the rest goes on"
    async with stored.reading(people.world.id) as session:
        assert await session.scalar(text("SELECT count(*) FROM seat_event WHERE change = 'refused'")) == 1


async def test_what_would_change_is_foreseen_and_leaves_nothing_behind(people, stored, save, foresee, last, as_admin):
    before = await taken(stored, people)
    await save(*HELP)
    await decide(stored, people)
    await seats_are(stored, people, before + 2)
    ran = await last()
    found = (await foresee(*SALES))["foreseen"]
    first = found.pop("first")
    assert found == {
        "people": 5, "changing": 5, "seatsGiven": 3, "seatsMoved": 0, "seatsReleased": 2, "seatsMissing": 1, "rolesChanged": 5,
        "teamsChanged": 3,
    }  # fmt: skip
    assert [each["user"]["email"][:2] for each in first] == ["p1", "p3", "p0", "p2", "p4"]
    assert first[0]["changes"] == ["The role Agent is taken back.", "The seat is released: no rule matches."]
    assert first[2]["changes"] == ["The role Evaluator is given.", "A seat of Quality Management is assigned.", "Joins the team north."]
    assert "No seat is left" in first[4]["changes"][1]
    assert await last() == ran
    assert (await access(stored, people, "p1@example.com"))[0] == "scim"
    settings = await ask(people, as_admin, "{ scimSettings { rules { value } } }")
    assert settings["scimSettings"]["rules"] == [{"value": "help"}]
    async with stored.reading(people.world.id) as session:
        assert await session.scalar(text("SELECT count(*) FROM outbox")) in (0, 1)
        assert await session.scalar(text("SELECT count(*) FROM audit_entry WHERE action = 'mapping.dry_run'")) == 1
    assert (await foresee(*HELP))["foreseen"]["changing"] == 0
    assert (await foresee(rule("ROLE", "x", "gone")))["pointer"] == "/input/rules/0/gives"


async def test_a_crash_in_the_middle_loses_nothing_and_does_nothing_twice(people, stored, save, last, monkeypatch):
    monkeypatch.setattr(deciding, "BATCH", 2)
    await save(*SALES)
    apply, calls = provisioning.apply, []

    async def dying(session: Session, actor, **given):
        calls.append(given["user_id"])
        if len(calls) == 3:
            raise RuntimeError("killed")
        return await apply(session, actor, **given)

    monkeypatch.setattr(provisioning, "apply", dying)
    with pytest.raises(RuntimeError):
        await decide(stored, people)
    assert people.world.id in await doors.deciding(stored, idle_s=0, limit=1_000)
    assert people.world.id not in await doors.deciding(stored, idle_s=3_600, limit=1_000)
    queue = FakeQueue()
    await sweep_once(stored, queue, idle_s=0)
    assert StageTask(people.world.id, 0, STAGE) in queue.tasks
    await asyncio.gather(decide(stored, people), decide(stored, people))
    assert (await last())["changed"] == 3
    assert len(calls) == 4, "one was begun twice"
    assert people.world.id not in await doors.deciding(stored, idle_s=0, limit=1_000)


async def test_rules_that_change_meanwhile_begin_from_the_first_one(people, stored, save, last, monkeypatch):
    monkeypatch.setattr(deciding, "BATCH", 2)
    await save(*SALES)
    for _ in range(6):
        await decide_next(stored, people.world.id)
    assert (await last())["done"] > 0
    await save(*HELP)
    assert (await last())["done"] == 0
    await decide(stored, people)
    assert [(await access(stored, people, f"p{number}@example.com"))[0] for number in range(5)] == [None, "scim", None, "scim", None]


async def test_rules_of_a_provider_wait_for_the_next_sign_in(people, stored):
    async with stored.writing(people.world.id) as session:
        okta = IdentityProvider(public_id="x" * 32, name="Okta", entity_id="e", sso_url="https://idp.example.org", created_at=utc_now())
        okta.account_id = people.world.id
        session.add(okta)
        await session.flush()
        await service.save_rules(session, system(people.world.id), provider_id=okta.id, new=[])
        assert session.events == []
    async with stored.reading(people.world.id) as session:
        assert await mapping.run(session, people.world.id) is None


async def test_whoever_keeps_the_seat_is_an_agent_at_least_however_often_it_is_decided(people, stored, save, last):
    await save(*HELP, rule("ROLE", "nobody", "evaluator"))
    for changed in (2, 0):
        await decide(stored, people)
        assert (await last())["changed"] == changed
        assert await access(stored, people, "p1@example.com") == ("scim", {("agent", "scim")})
        await save(*HELP, rule("ROLE", "nobody", "evaluator"))
    await save(*HELP, rule("ROLE", "help", "evaluator"))
    await decide(stored, people)
    assert await access(stored, people, "p1@example.com") == ("scim", {("evaluator", "scim")})
    await save(*HELP, rule("ROLE", "nobody", "evaluator"))
    await decide(stored, people)
    assert await access(stored, people, "p1@example.com") == ("scim", {("agent", "scim")})


async def test_who_is_refused_is_counted_and_keeps_nobody_from_theirs(people, stored, save, last, monkeypatch):
    given, met = provisioning.apply, []

    async def refusing_the_first(*arguments, **named):
        met.append(named["user_id"])
        if len(met) == 1:
            raise Conflict("It cannot be.")
        return await given(*arguments, **named)

    await save(*HELP)
    monkeypatch.setattr(provisioning, "apply", refusing_the_first)
    await decide(stored, people)
    found = await last()
    assert (len(met), found["changed"], found["refused"]) == (2, 1, 1)
