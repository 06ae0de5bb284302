"""What the default policies grant, and that README and code say the same."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from backend.authz.actions import AccountAction, Action, Scope
from backend.authz.actor import Actor
from backend.errors import NotPermitted
from backend.identity.service import actor_of
from backend.interactions.visibility import reaches
from backend.roles.service import DEFAULT_ROLES, permissions_of
from tests.factory import ROLES

README = Path(__file__).parents[2] / "policies" / "README.md"


def matrix() -> dict[tuple[str, str], str]:
    """The README's table: (action, role) to scope, or a dash."""
    found = {}
    for line in README.read_text().splitlines():
        if line.startswith("| `") and not line.startswith("| `account."):
            first, *cells = [cell.strip() for cell in line.strip("|").split("|")]
            found |= {(first.split("`")[1], role): cell for role, cell in zip(DEFAULT_ROLES, cells, strict=True)}
    return found


def test_the_readme_says_what_the_policies_grant():
    table = matrix()
    assert set(table) == set(product([action.value for action in Action], DEFAULT_ROLES))
    for (action, role), cell in table.items():
        granted = permissions_of([role]).get(Action(action))
        assert cell == (granted.value if granted else "–"), (action, role)


def test_the_readme_names_every_permission_of_the_account():
    named = {line.split("`")[1] for line in README.read_text().splitlines() if line.startswith("| `account.")}
    assert named == {action.value for action in AccountAction}


def test_the_readme_says_where_each_permission_is_enforced():
    where = README.read_text().split("Where a permission is enforced:")[1].split("##")[0]
    assert all(f"`{action.value}`" in where for action in Action)


def test_of_several_roles_the_widest_scope_counts():
    assert permissions_of(["agent"]) == dict.fromkeys(
        (Action.INTERACTION_READ, Action.RECORDING_PLAY, Action.TRANSCRIPT_READ), Scope.OWN
    )  # fmt: skip
    both = permissions_of(["agent", "supervisor"])
    assert both[Action.INTERACTION_READ] is Scope.TEAM
    assert permissions_of(["supervisor", "evaluator"])[Action.INTERACTION_READ] is Scope.ALL
    assert permissions_of(["unheard of"]) == {}


@pytest.mark.parametrize("person", [*ROLES, "seatless"])
async def test_a_person_has_what_their_roles_give_if_they_have_a_seat(db, world, person):
    async with db.reading(world.id) as session:
        actor = await actor_of(session, world.id, world.users[person])
    assert actor is not None
    assert actor.has_seat is (person != "seatless")
    assert actor.permissions == (permissions_of([person]) if person != "seatless" else {})
    assert actor.agent_ids == ({world.agents["north"]} if person == "agent" else set())
    assert actor.team_ids == ({world.teams["north"]} if person == "supervisor" else set())


async def test_a_person_of_another_account_is_nobody(db, world, new_account):
    other = await new_account(db)
    async with db.reading(other.id) as session:
        assert await actor_of(session, other.id, world.users["admin"]) is None


def test_the_account_role_is_apart_from_the_qm_roles():
    member = Actor(1, 1, roles=frozenset({"admin"}), has_seat=True, permissions=permissions_of(["admin"]))
    with pytest.raises(NotPermitted) as refused:
        member.require_account(AccountAction.SETTINGS_EDIT)
    assert refused.value.permission == "account.settings"
    owner = Actor(1, 1, account_role="owner")
    owner.require_account(AccountAction.SETTINGS_EDIT)
    with pytest.raises(NotPermitted):
        owner.require(Action.INTERACTION_READ)


def test_a_scope_in_python_is_the_scope_in_sql():
    def actor(scope: Scope) -> Actor:
        return Actor(
            1,
            1,
            agent_ids=frozenset({7}),
            team_ids=frozenset({3}),
            permissions={Action.INTERACTION_READ: Scope.ALL, Action.INTERACTION_RETRY: scope},
        )

    cases = [(7, 3), (7, 4), (8, 3), (8, 4), (8, None), (None, None)]
    expected = {
        Scope.OWN: [True, True, False, False, False, False],
        Scope.TEAM: [True, True, True, False, False, False],
        Scope.ALL: [True] * 6,
    }
    for scope, reach in expected.items():
        found = [reaches(actor(scope), Action.INTERACTION_RETRY, agent_id=agent, team_id=team) for agent, team in cases]
        assert found == reach, scope
    assert not reaches(actor(Scope.ALL), Action.RECORDING_PLAY, agent_id=7, team_id=3)


@pytest.mark.parametrize(("sight", "scope", "reach"), [(None, Scope.ALL, None), (Scope.TEAM, None, None), (Scope.OWN, Scope.ALL, Scope.OWN),
    (Scope.ALL, Scope.TEAM, Scope.TEAM), (Scope.TEAM, Scope.TEAM, Scope.TEAM)])  # fmt: skip
def test_nothing_can_be_done_to_what_one_may_not_see(sight, scope, reach):
    given = {Action.INTERACTION_READ: sight, Action.RECORDING_PLAY: scope}
    assert Actor(1, 1, permissions={action: found for action, found in given.items() if found}).reach(Action.RECORDING_PLAY) is reach
