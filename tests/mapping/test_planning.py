"""Which people a decision has something to do for. Pure."""

from __future__ import annotations

import pytest

from backend.identity.mapping.planning import Demand, Holding, Kind, Known, planned
from backend.identity.mapping.rules import Decided, Outcome, Verdict

UNRULED, BLOCKED, UNMATCHED = (Decided(verdict) for verdict in (Verdict.UNRULED, Verdict.BLOCKED, Verdict.UNMATCHED))
KNOWN = Known({"qm", "voice"}, {"agent", "coach"})
NOTHING = Holding()
MINE, HANDS = Holding("qm", "scim"), Holding("qm", "manual")


def gives(*values):
    return Decided(Verdict.GIVEN, values)


def outcome(licence=UNRULED, role=UNRULED, team=UNRULED):
    return Outcome(licence, role, team)


@pytest.mark.parametrize(
    ("decided", "holding", "kinds"),
    [
        (outcome(), Holding("qm", "scim", frozenset({"coach"}), "north"), set()),
        (outcome(gives("qm")), NOTHING, {Kind.SEAT_GIVEN}),
        (outcome(gives("qm")), MINE, set()),
        (outcome(gives("voice")), MINE, {Kind.SEAT_MOVED}),
        (outcome(gives("voice")), HANDS, set()),
        (outcome(gives("gone")), NOTHING, set()),
        (outcome(UNMATCHED), MINE, {Kind.SEAT_RELEASED}),
        (outcome(BLOCKED), MINE, {Kind.SEAT_RELEASED}),
        (outcome(BLOCKED), HANDS, set()),
        (outcome(UNMATCHED), NOTHING, set()),
        (outcome(role=gives("coach", "gone")), NOTHING, {Kind.ROLES}),
        (outcome(role=gives("coach", "gone")), Holding(roles=frozenset({"coach"})), set()),
        (outcome(role=UNMATCHED), Holding(roles=frozenset({"coach"})), {Kind.ROLES}),
        (outcome(role=UNMATCHED), NOTHING, set()),
        (outcome(gives("qm"), UNMATCHED), Holding("qm", "scim", frozenset({"agent"})), set()),
        (outcome(UNRULED, BLOCKED), Holding("qm", "manual", frozenset({"agent"})), set()),
        (outcome(UNMATCHED, BLOCKED), Holding("qm", "scim", frozenset({"agent"})), {Kind.SEAT_RELEASED, Kind.ROLES}),
        (outcome(gives("qm"), UNMATCHED), Holding("qm", "scim", frozenset({"coach"})), {Kind.ROLES}),
        (outcome(team=gives("north")), NOTHING, {Kind.TEAM}),
        (outcome(team=gives("north")), Holding(mapped_team="north"), set()),
        (outcome(team=gives("north")), Holding(teams=frozenset({"north"})), set()),
        (outcome(team=gives("north")), Holding(mapped_team="south", teams=frozenset({"south", "north"})), {Kind.TEAM}),
        (outcome(team=BLOCKED), Holding(mapped_team="south"), {Kind.TEAM}),
        (outcome(team=BLOCKED), Holding(teams=frozenset({"south"})), set()),
    ],
)
def test_what_is_there_already_is_nothing_to_do(decided, holding, kinds):
    assert planned(decided, holding, KNOWN, "scim") == kinds


def test_seats_that_are_given_back_can_be_given():
    demand = Demand()
    demand.add(outcome(UNMATCHED), MINE, [Kind.SEAT_RELEASED, Kind.ROLES])
    demand.add(outcome(gives("voice")), MINE, [Kind.SEAT_MOVED])
    for _ in range(4):
        demand.add(outcome(gives("qm")), NOTHING, [Kind.SEAT_GIVEN])
    assert demand.missing({"qm": 1, "voice": 0}) == (4 - 2 - 1) + 1
    assert demand.missing({"qm": 9, "voice": 1}) == 0
    assert demand.missing({}) == 3
