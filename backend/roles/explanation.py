"""
Why a person may do something to an interaction, or may not: step by step, as the rules decide it. Pure.

The same rules stand in `backend.interactions.visibility` as SQL; a test holds the two together. No step names who or what the
interaction is about: whoever administers roles need not be allowed to see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.authz.actions import GIVEN, OFFERS, AccountAction, AccountRole, Action, Scope
from backend.authz.actor import widest
from backend.roles.rules import RoleInForce

_REACH = {
    Scope.OWN: "the calls that they took themselves",
    Scope.TEAM: "the calls of the agents in their teams, and their own",
    Scope.ALL: "every interaction of the account",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """The person of whom it is asked. `agent_ids` are the agents that they are, `team_ids` the teams that they supervise."""

    name: str
    active: bool
    has_seat: bool
    account_role: str
    roles: Sequence[RoleInForce]
    agent_ids: frozenset[int]
    team_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an interaction belongs: its agent, and the team in which that agent is now."""

    agent_id: int | None
    team_id: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """`holds` is whether it speaks for the permission. Not every step must: one role that grants is enough."""

    holds: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Decision:
    allowed: bool
    sentence: str
    steps: tuple[Step, ...]


def explain(subject: Subject, action: Action, place: Place | None) -> Decision:
    """`place` None: whether there is any interaction to which the person might do it."""
    what = f"{OFFERS[action].title} ({action})"
    if not subject.active:
        return _decided(subject, what, False, [_active(subject)], place)
    steps = [_active(subject), _seat(subject)]
    verdicts = [step.holds for step in steps]
    needed = [action] if action in (Action.INTERACTION_READ, Action.INTERACTION_INGEST) else [Action.INTERACTION_READ, action]
    for one in needed:
        granted, scope = _granted(subject, one)
        reached = [_reached(subject, one, scope, place)] if scope is not None and place is not None else []
        steps += [*granted, *reached]
        verdicts += [scope is not None, *(step.holds for step in reached)]
    return _decided(subject, what, all(verdicts), steps, place)


def explain_account(subject: Subject, action: AccountAction) -> Decision:
    """A permission over the account: the account role alone gives it; seats and QM roles have no part in it."""
    given = action in GIVEN[AccountRole(subject.account_role)]
    word = "gives" if given else "does not give"
    steps = [_active(subject), Step(given, f"The account role {subject.account_role} {word} {action}. QM roles have no part in it.")]
    return _decided(subject, action, all(step.holds for step in steps), steps, None)


def _active(subject: Subject) -> Step:
    if subject.active:
        return Step(True, f"{subject.name} is active and can sign in.")
    return Step(False, f"{subject.name} is switched off and cannot sign in.")


def _seat(subject: Subject) -> Step:
    if subject.has_seat:
        return Step(True, "They hold a seat.")
    return Step(False, "They hold no seat. Without one nobody sees an interaction, whatever their roles.")


def _granted(subject: Subject, action: Action) -> tuple[list[Step], Scope | None]:
    """What each role says of the action, and the widest scope of them all."""
    if not subject.roles:
        return [Step(False, "They hold no role.")], None
    steps: list[Step] = []
    scope: Scope | None = None
    for role in subject.roles:
        given = role.grants.get(action)
        reach = f"grants {action} for {_REACH[given]}" if given else f"does not grant {action}"
        steps.append(Step(given is not None, f"The role {role.name} {reach}."))
        scope = widest(scope, given) if given else scope
    return steps, scope


def _reached(subject: Subject, action: Action, scope: Scope, place: Place) -> Step:
    """Whether the interaction lies within the scope."""
    if scope is Scope.ALL:
        return Step(True, f"{action} reaches every interaction, so this one.")
    if place.agent_id is None:
        return Step(False, f"The interaction has no agent, so only the scope of the whole account reaches it; {action} has {scope}.")
    if place.agent_id in subject.agent_ids:
        return Step(True, f"They took the call themselves, which {action} reaches.")
    if scope is Scope.OWN:
        return Step(False, f"They did not take the call themselves, and {action} reaches no other.")
    if place.team_id in subject.team_ids:
        return Step(True, f"The agent who took the call is in a team that they supervise now, which {action} reaches.")
    return Step(False, f"They neither took the call nor supervise the team in which its agent is now; {action} reaches no other.")


def _decided(subject: Subject, what: str, allowed: bool, steps: list[Step], place: Place | None) -> Decision:
    where = "" if place is None else ", in this interaction"
    verb = "may" if allowed else "may not"
    return Decision(allowed, f"{subject.name} {verb} do this{where}: {what}.", tuple(steps))
