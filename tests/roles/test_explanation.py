"""The explanation of a decision gives the verdict that the SQL predicate gives, step by step, and names no content."""

from __future__ import annotations

from random import Random

import pytest
from sqlalchemy import delete, select, update
from sqlmodel import col

from backend.accounts.tables import Agent, TeamSupervisor, User
from backend.authz.actions import AccountAction, AccountRole, Action, Scope
from backend.authz.actor import Actor
from backend.errors import InvalidInput, NotFound
from backend.identity.service import actor_of
from backend.interactions.access.service import explain
from backend.interactions.tables import Interaction
from backend.interactions.visibility import reaches, visible_to
from backend.licensing.tables import Seat
from backend.roles import changing
from backend.roles.changing import NewRole, RoleChange
from backend.roles.rules import DEFAULT_ROLES
from backend.roles.tables import UserRole
from tests.api.seed import add_interaction

ROUNDS = 40


@pytest.fixture
def owner(world) -> Actor:
    return Actor(world.id, world.users["admin"], account_role="owner")


@pytest.fixture
async def calls(db, world) -> list[int]:
    return [(await add_interaction(db, world, agent=agent)).id for agent in ("north", "south", None)]


async def shuffle(session, dice: Random, world, owner, person: int, roles: list[str]) -> None:
    """Any state that a person, their roles and their agents can be in."""
    for role in dice.sample(roles, 2):
        chosen = dice.sample([*Action], dice.randint(0, len(Action)))
        grants = [(action.value, dice.choice([*Scope]).value) for action in chosen]
        await changing.update(session, owner, role, RoleChange(grants=grants))
    mine = (col(UserRole.account_id) == world.id, col(UserRole.user_id) == person)
    await session.execute(delete(UserRole).where(*mine))
    session.add_all([UserRole(account_id=world.id, user_id=person, role=role) for role in dice.sample(roles, dice.randint(0, 3))])
    await session.execute(delete(TeamSupervisor).where(col(TeamSupervisor.account_id) == world.id))
    led = dice.sample([*world.teams.values()], dice.randint(0, 2))
    session.add_all([TeamSupervisor(account_id=world.id, team_id=team, user_id=person) for team in led])
    for agent in world.agents.values():
        linked, team = dice.choice([None, None, person]), dice.choice([None, *world.teams.values()])
        await session.execute(
            update(Agent).where(col(Agent.account_id) == world.id, col(Agent.id) == agent).values(user_id=linked, team_id=team)
        )
    whom = (col(User.account_id) == world.id, col(User.id) == person)
    await session.execute(update(User).where(*whom).values(active=dice.random() < 0.9))
    if dice.random() < 0.15:
        await session.execute(delete(Seat).where(col(Seat.account_id) == world.id, col(Seat.user_id) == person))
    await session.flush()


async def test_the_explanation_says_what_the_predicate_decides(db, world, owner, calls):
    """For any grants, roles, teams and agents: every action, every interaction, and the list's own question."""
    dice, person = Random(41), world.users["evaluator"]
    async with db.writing(world.id) as session:
        own = await changing.create(session, owner, NewRole("Coach"))
    seen = set()
    for round_ in range(ROUNDS):
        async with db.writing(world.id) as session:
            nested = await session.begin_nested()
            await shuffle(session, Random(f"{dice.random()}"), world, owner, person, [*DEFAULT_ROLES, own])
            session.expire_all()
            actor = await actor_of(session, world.id, person)
            for action in Action:
                within = await visible(session, actor, action) if actor else set()
                for call in calls if action is not Action.INTERACTION_INGEST else ():
                    decision = await explain(session, world.id, person, action.value, call)
                    assert decision.allowed is (call in within), (round_, action, call, decision)
                    seen.add((action, decision.allowed))
                anywhere = await explain(session, world.id, person, action.value, None)
                reach = None if actor is None else actor.scope(action) if action is Action.INTERACTION_INGEST else actor.reach(action)
                assert anywhere.allowed is (reach is not None), (round_, action, anywhere)
            await nested.rollback()
    assert len(seen) == 2 * (len(Action) - 1), "each action is allowed once and refused once"


async def visible(session, actor: Actor, action: Action) -> set[int]:
    """By the SQL predicate, which the rule for a single row must agree with."""
    within = set((await session.execute(select(col(Interaction.id)).where(visible_to(actor, action)))).scalars())
    rows = await session.execute(
        select(col(Interaction.id), col(Interaction.agent_id), col(Agent.team_id))
        .where(col(Interaction.account_id) == actor.account_id)
        .outerjoin(Agent, (col(Agent.account_id) == col(Interaction.account_id)) & (col(Agent.id) == col(Interaction.agent_id)))
    )
    assert {row.id for row in rows if reaches(actor, action, agent_id=row.agent_id, team_id=row.team_id)} == within
    return within


STEPS = {
    ("supervisor", 0): (True, ["active", "hold a seat", "The role Supervisor grants interaction.read for the calls of the agents",
                               "in a team that they supervise now", "The role Supervisor grants recording.play", "supervise now"]),
    ("supervisor", 1): (False, ["active", "hold a seat", "grants interaction.read", "neither took the call", "grants recording.play",
                                "neither took the call"]),
    ("agent", 0): (True, ["active", "hold a seat", "calls that they took themselves", "They took the call themselves", "grants", "took"]),
    ("agent", 1): (False, ["active", "hold a seat", "grants", "did not take the call", "grants", "did not take the call"]),
    ("supervisor", 2): (False, ["active", "hold a seat", "grants", "has no agent", "grants", "has no agent"]),
    ("evaluator", 2): (True, ["active", "hold a seat", "every interaction of the account", "reaches every", "grants", "reaches every"]),
    ("seatless", 0): (False, ["active", "They hold no seat", "grants", "reaches every", "grants", "reaches every"]),
}  # fmt: skip


@pytest.mark.parametrize(("case", "expected"), STEPS.items(), ids=str)
async def test_the_steps_say_why(db, world, calls, case, expected):
    (person, call), (allowed, steps) = case, expected
    async with db.reading(world.id) as session:
        decision = await explain(session, world.id, world.users[person], "recording.play", calls[call])
    assert decision.allowed is allowed
    assert len(decision.steps) == len(steps), decision
    for step, words in zip(decision.steps, steps, strict=True):
        assert words in step.sentence
    assert all(step.holds for step in decision.steps) is allowed
    for secret in ("north", "south", "+49"):
        assert secret not in f"{decision}", "neither agent nor team nor consumer is named"


async def test_who_is_switched_off_or_holds_no_role_may_nothing(db, world, calls):
    async with db.writing(world.id) as session:
        await session.execute(
            update(User).where(col(User.account_id) == world.id, col(User.id) == world.users["admin"]).values(active=False)
        )
        await session.execute(delete(UserRole).where(col(UserRole.account_id) == world.id, col(UserRole.user_id) == world.users["agent"]))
    async with db.reading(world.id) as session:
        off = await explain(session, world.id, world.users["admin"], "interaction.read", calls[0])
        bare = await explain(session, world.id, world.users["agent"], "interaction.read", calls[0])
    assert not off.allowed
    assert [step.sentence for step in off.steps] == ["Admin is switched off and cannot sign in."]
    assert not bare.allowed
    assert bare.steps[-1].sentence == "They hold no role."


async def test_account_permissions_come_from_the_account_role_alone(db, world):
    async with db.reading(world.id) as session:
        owner = await explain(session, world.id, world.users["admin"], AccountAction.AUDIT_READ.value, None)
        member = await explain(session, world.id, world.users["supervisor"], AccountAction.AUDIT_READ.value, None)
    assert (owner.allowed, member.allowed) == (True, False)
    assert f"The account role {AccountRole.MEMBER.value} does not give account.audit" in member.steps[-1].sentence


async def test_what_is_not_there(db, world, calls, new_account):
    other = await new_account(db)
    foreign = (await add_interaction(db, other)).id
    async with db.reading(world.id) as session:
        for person, call in ((other.users["agent"], None), (0, None), (world.users["agent"], foreign), (world.users["agent"], 0)):
            with pytest.raises(NotFound):
                await explain(session, world.id, person, "interaction.read", call)
        with pytest.raises(InvalidInput) as refused:
            await explain(session, world.id, world.users["agent"], "interaction.see", None)
        assert refused.value.pointer == "/action"
        with pytest.raises(InvalidInput) as refused:
            await explain(session, world.id, world.users["agent"], "interaction.ingest", calls[0])
        assert refused.value.pointer == "/interactionId"
