"""What a role is, and how changes lie over what was delivered."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from backend.authz.actions import Action, Scope
from backend.roles import rules
from backend.roles.policies import Kept, Policies, default_policies, delivered
from backend.roles.service import permissions_of


def test_what_casbin_decides_is_what_the_policies_say():
    for role in (*rules.DEFAULT_ROLES, "unheard of"):
        for action in Action:
            for scope in Scope:
                assert default_policies().allows(role, action, scope) is ((role, action, scope) in set(delivered()))


GRANTS = st.dictionaries(st.sampled_from(Action), st.sampled_from(Scope))


@given(GRANTS, st.sampled_from(rules.DEFAULT_ROLES))
def test_differences_over_what_was_delivered_give_what_was_wanted(wanted, role):
    kept = rules.differences(wanted, permissions_of([role]))
    policies = Policies(rules.overlaid(delivered(), [(role, action.value, scope) for action, scope in kept.items()]))
    assert policies.permissions([role]) == wanted
    for other in set(rules.DEFAULT_ROLES) - {role}:
        assert policies.permissions([other]) == permissions_of([other])


@given(st.lists(GRANTS, max_size=4))
def test_of_several_roles_each_action_has_its_widest_scope(grants):
    order = [Scope.OWN, Scope.TEAM, Scope.ALL]
    policies = Policies([(f"r{n}", action.value, scope.value) for n, each in enumerate(grants) for action, scope in each.items()])
    found = policies.permissions([f"r{n}" for n in range(len(grants))])
    assert found == {action: max(scopes, key=order.index) for action in Action if (scopes := [g[action] for g in grants if action in g])}


def test_rows_of_a_newer_program_are_passed_over():
    changes = [("agent", "evaluation.write", "own"), ("agent", "recording.play", "galaxy")]
    assert Policies(rules.overlaid(delivered(), changes)).permissions(["agent"]).keys() == {Action.INTERACTION_READ, Action.TRANSCRIPT_READ}


@given(st.text(max_size=80), st.integers(0, 4))
def test_a_key_is_plain_and_new(name, twins):
    taken: set[str] = set()
    for _ in range(twins + 1):
        key = rules.key_for(name, taken)
        assert key not in taken
        assert key
        assert set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
        taken.add(key)


def test_only_the_policies_asked_for_last_are_kept():
    kept, policies = Kept(most=2), Policies([])
    for version in (1, 2):
        kept.put(7, version, policies)
    assert kept.get(7, 1) is policies
    kept.put(7, 3, policies)
    assert [kept.get(7, version) is policies for version in (1, 2, 3)] == [True, False, True]
