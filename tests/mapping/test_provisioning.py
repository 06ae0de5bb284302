"""What a decision gives to a person, and what it leaves alone."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from backend.accounts.tables import Agent, TeamSupervisor, User
from backend.authz.actor import system
from backend.errors import NoSeatLeft
from backend.identity.mapping import provisioning
from backend.identity.mapping.rules import Decided, Outcome, Target, Verdict
from backend.licensing.tables import Licence, Seat, SeatEvent
from backend.roles.tables import UserRole
from tests.factory import THEN

UNRULED = Decided(Verdict.UNRULED)
UNMATCHED = Decided(Verdict.UNMATCHED)
BLOCKED = Decided(Verdict.BLOCKED)


def given(*values: str) -> Decided:
    return Decided(Verdict.GIVEN, values)


def outcome(licence=UNRULED, role=UNRULED, team=UNRULED) -> Outcome:
    return Outcome(licence, role, team)


@pytest.fixture
async def newcomer(db, world) -> int:
    async with db.writing(world.id) as session:
        user = User(account_id=world.id, email="new@example.com", name="New", created_at=THEN, source="saml")
        session.add(user)
        await session.flush()
    return user.id


@pytest.fixture
def apply(db, world):
    async def run(user_id: int, decided: Outcome, source: str = "saml", preview: bool = False):
        async with db.writing(world.id) as session:
            work = provisioning.preview if preview else provisioning.apply
            return await work(session, system(world.id), user_id=user_id, outcome=decided, source=source)

    return run


@pytest.fixture
def state(db, world):
    async def read(user_id: int):
        async with db.reading(world.id) as session:
            seat = (await session.execute(select(Seat).where(Seat.user_id == user_id))).scalars().first()
            roles = (await session.execute(select(UserRole).where(UserRole.user_id == user_id))).scalars()
            agents = (await session.execute(select(Agent).where(Agent.user_id == user_id))).scalars().all()
            leads = (await session.execute(select(TeamSupervisor).where(TeamSupervisor.user_id == user_id))).scalars().all()
        return {
            "seat": seat and seat.source,
            "roles": sorted((row.role, row.source) for row in roles),
            "teams": [agent.team_id for agent in agents],
            "leads": [row.team_id for row in leads],
        }

    return read


async def test_a_newcomer_gets_roles_seat_and_team(world, newcomer, apply, state):
    changes = await apply(newcomer, outcome(given("qm"), given("evaluator", "agent"), given("north")))
    assert [change.sentence for change in changes] == [
        "The role Evaluator is given.",
        "The role Agent is given.",
        "A seat of Quality Management is assigned.",
        "Joins the team north.",
    ]
    assert await state(newcomer) == {
        "seat": "saml",
        "roles": [("agent", "saml"), ("evaluator", "saml")],
        "teams": [world.teams["north"]],
        "leads": [],
    }


async def test_the_same_again_changes_nothing(newcomer, apply, state):
    decided = outcome(given("qm"), given("evaluator"), given("north"))
    await apply(newcomer, decided)
    before = await state(newcomer)
    assert not any(change.changed for change in await apply(newcomer, decided))
    assert await state(newcomer) == before


async def test_a_preview_says_the_same_and_writes_nothing(db, world, newcomer, apply, state):
    decided = outcome(given("qm"), given("evaluator"), given("a new team"))
    before = await state(newcomer)
    foreseen = await apply(newcomer, decided, preview=True)
    assert await state(newcomer) == before
    async with db.reading(world.id) as session:
        assert await session.scalar(text("SELECT count(*) FROM audit_entry")) == 0
        assert await session.scalar(text("SELECT count(*) FROM team WHERE name = 'a new team'")) == 0
    assert await apply(newcomer, decided) == foreseen


async def test_a_seat_without_a_role_makes_an_agent(newcomer, apply, state):
    await apply(newcomer, outcome(given("qm")))
    assert (await state(newcomer))["roles"] == [("agent", "saml")]


@pytest.mark.parametrize("decided", [UNMATCHED, BLOCKED])
async def test_what_no_rule_gives_any_more_is_taken_back(newcomer, apply, state, decided):
    await apply(newcomer, outcome(given("qm"), given("evaluator"), given("north")))
    changes = await apply(newcomer, outcome(decided, decided, decided))
    assert [change.target for change in changes] == [Target.ROLE, Target.LICENCE, Target.TEAM]
    assert await state(newcomer) == {"seat": None, "roles": [], "teams": [None], "leads": []}


@pytest.mark.parametrize("decided", [UNMATCHED, BLOCKED])
async def test_what_was_given_by_hand_stays(world, apply, state, decided):
    before = await state(world.users["supervisor"])
    changes = await apply(world.users["supervisor"], outcome(decided, decided, decided))
    assert [change.changed for change in changes] == [False]
    assert "it was assigned by hand" in changes[0].sentence
    assert await state(world.users["supervisor"]) == before


async def test_another_source_does_not_take_it_either(newcomer, apply, state):
    await apply(newcomer, outcome(given("qm"), given("evaluator"), given("north")), source="scim")
    before = await state(newcomer)
    await apply(newcomer, outcome(UNMATCHED, UNMATCHED, UNMATCHED), source="saml")
    assert await state(newcomer) == before


async def test_without_rules_everything_stays(newcomer, apply, state):
    await apply(newcomer, outcome(given("qm"), given("evaluator"), given("north")))
    before = await state(newcomer)
    assert await apply(newcomer, outcome()) == []
    assert await state(newcomer) == before


async def test_without_a_seat_left_the_person_goes_on(db, world, newcomer, apply, state):
    async with db.writing(world.id) as session:
        await session.execute(text("UPDATE licence SET seats = 4"))
    (change,) = await apply(newcomer, outcome(given("qm")))
    assert isinstance(change.error, NoSeatLeft)
    assert not change.changed
    assert (await state(newcomer))["seat"] is None
    async with db.reading(world.id) as session:
        event = (await session.execute(select(SeatEvent).where(SeatEvent.user_id == newcomer))).scalars().one()
    assert (event.change, event.source) == ("refused", "saml")


async def test_a_seat_moves_between_licences_that_a_mapping_gave(db, world, newcomer, apply):
    async with db.writing(world.id) as session:
        session.add(Licence(account_id=world.id, key="bundle", name="Suite", kind="bundle", seats=1, created_at=THEN))
    await apply(newcomer, outcome(given("qm")))
    assert [change.sentence for change in await apply(newcomer, outcome(given("bundle")))] == ["The seat moves to Suite."]
    changes = await apply(world.users["agent"], outcome(given("bundle")))
    assert [change.sentence for change in changes] == ["The seat stays as it was assigned, by hand."]


async def test_what_a_rule_names_and_is_gone_is_said(newcomer, apply, state):
    changes = await apply(newcomer, outcome(given("gone"), given("gone", "agent")))
    assert [change.changed for change in changes] == [False, True, False]
    assert (await state(newcomer))["roles"] == [("agent", "saml")]


async def test_whoever_may_see_their_teams_leads_the_team(world, newcomer, apply, state):
    await apply(newcomer, outcome(given("qm"), given("supervisor"), given("south")))
    assert (await state(newcomer))["leads"] == [world.teams["south"]]
    changes = await apply(newcomer, outcome(given("qm"), given("supervisor"), given("north")))
    assert [change.sentence for change in changes if change.changed] == ["Leaves the team south.", "Leads the team north."]
    assert (await state(newcomer))["leads"] == [world.teams["north"]]
    await apply(newcomer, outcome(given("qm"), given("agent"), given("north")))
    assert (await state(newcomer))["leads"] == []
    assert (await state(newcomer))["teams"] == [world.teams["north"]]


async def test_a_team_that_was_given_by_hand_is_not_taken(world, apply, state):
    supervisor = world.users["supervisor"]
    (change,) = await apply(supervisor, outcome(team=given("north")))
    assert change.sentence == "The team stays north, as it was given by hand."
    await apply(supervisor, outcome(team=UNMATCHED))
    assert (await state(supervisor))["leads"] == [world.teams["north"]]


async def test_somebody_switched_off_gets_nothing(db, world, newcomer, apply, state):
    async with db.writing(world.id) as session:
        await session.execute(text("UPDATE person SET active = false WHERE id = :id"), {"id": newcomer})
    assert await apply(newcomer, outcome(given("qm"), given("agent"), given("north"))) == []
    assert (await state(newcomer))["seat"] is None
