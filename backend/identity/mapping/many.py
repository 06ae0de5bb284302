"""
`provisioning.apply` for many people at once, as a group in a directory changes: the same locks, rules and history. Seats and roles take as
many statements for a thousand people as for two; teams, which few rules give, are given one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from backend.authz.actor import Actor
from backend.db.session import Session
from backend.identity.mapping import provisioning
from backend.identity.mapping.rules import Decided, Outcome, Verdict
from backend.licensing import many as seats
from backend.licensing import repository as licences
from backend.roles import many as roles
from backend.roles import repository as role_rows
from backend.roles.service import LEAST, known_roles

_REASONS = {Verdict.BLOCKED: "a rule says none", Verdict.UNMATCHED: "no rule matches"}


async def apply_to(session: Session, actor: Actor, outcomes: Mapping[int, Outcome], *, source: str) -> None:
    """Provisions these people in this transaction. Raises `licensing.many.NoneLeftFor` where a seat is due and none is left."""
    people = await licences.hold_people(session, list(outcomes))
    active = {user_id: outcomes[user_id] for user_id, user in people.items() if user.active}
    await _give_roles(session, actor, active, source)
    await _give_seats(session, actor, active, source)
    for user_id, outcome in active.items():
        if outcome.team.verdict is not Verdict.UNRULED:
            nothing = Decided(Verdict.UNRULED)
            team = replace(outcome, licence=nothing, role=nothing)
            await provisioning.apply(session, actor, user_id=user_id, outcome=team, source=source)


async def _give_roles(session: Session, actor: Actor, outcomes: Mapping[int, Outcome], source: str) -> None:
    wanted = {user_id: outcome.role.gives for user_id, outcome in outcomes.items() if outcome.role.verdict is not Verdict.UNRULED}
    if wanted:
        least = dict.fromkeys(await _kept_seated(session, outcomes, wanted, source), (LEAST,))
        await roles.give(session, actor, {**wanted, **least}, source=source)


async def _kept_seated(session: Session, outcomes: Mapping[int, Outcome], wanted: Mapping[int, Sequence[str]], source: str) -> list[int]:
    """Who would be left without a role, and goes on to have a seat: they stay agents, as `provisioning` has it."""
    known = {role.key for role in await known_roles(session, session.account_id)}
    bare = [user_id for user_id, gives in wanted.items() if not known.intersection(gives)]
    if not bare:
        return []
    seats = await licences.seats(session, session.account_id, bare)
    stay = {
        user_id
        for user_id, seat in seats.items()
        if seat.source != source or outcomes[user_id].licence.verdict in (Verdict.GIVEN, Verdict.UNRULED)
    }
    held = [(row.user_id, row.source) for row in await role_rows.held(session, session.account_id, stay)]
    others = {user_id for user_id, by in held if by != source}
    return sorted({user_id for user_id, by in held if by == source} - others)


async def _give_seats(session: Session, actor: Actor, outcomes: Mapping[int, Outcome], source: str) -> None:
    for verdict, reason in _REASONS.items():
        going = [user_id for user_id, outcome in outcomes.items() if outcome.licence.verdict is verdict]
        if going:
            await seats.release_from(session, actor, going, source=source, reason=reason)
    given = [(user_id, outcome.licence) for user_id, outcome in outcomes.items() if outcome.licence.verdict is Verdict.GIVEN]
    if given:
        assigned = await seats.assign_to(session, actor, {user_id: decided.gives[0] for user_id, decided in given}, source=source)
        await roles.ensure(session, actor, assigned, source=source)
