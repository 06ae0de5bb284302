"""
Gives a person what mapping rules decided: roles, then a seat, then a team.

A mapping takes away only what a mapping of the same source gave; what was given by hand stays. A preview is the same work in a savepoint
that is rolled back.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from backend.accounts import service as accounts
from backend.accounts.service import NewAgent
from backend.accounts.tables import Team, User
from backend.audit import service as audit
from backend.authz.actions import Action, Scope
from backend.authz.actor import Actor
from backend.db.session import Session
from backend.errors import NoSeatLeft
from backend.identity.mapping import repository
from backend.identity.mapping.rules import Outcome, Target, Verdict
from backend.identity.mapping.tables import MappedTeam
from backend.identity.people import service as people
from backend.licensing import service as licensing
from backend.licensing.tables import Seat
from backend.roles import service as roles


@dataclass(frozen=True, slots=True)
class Change:
    """
    What was done or would be, as a sentence; `changed` False: something stays as it is, and why. `error` is set where no seat was left: the
    person goes on without one.
    """

    target: Target
    sentence: str
    changed: bool = True
    error: NoSeatLeft | None = None


async def apply(session: Session, actor: Actor, *, user_id: int, outcome: Outcome, source: str) -> list[Change]:
    """
    Provisions the person in this transaction; `source` is saml or scim. Where no seat is left it goes on: the refusal is in the history of
    seats and in the change. A person who is switched off gets nothing.
    """
    user = await repository.user(session, session.account_id, user_id)
    if not user.active:
        return []
    changes = await _give_roles(session, actor, user, outcome, source)
    changes += await _give_seat(session, actor, user, outcome, source)
    changes += await _give_team(session, actor, user, outcome, source)
    return changes


async def preview(session: Session, actor: Actor, *, user_id: int, outcome: Outcome, source: str) -> list[Change]:
    """The changes that `apply` would make. Nothing stays written."""
    async with rehearsal(session):
        return await apply(session, actor, user_id=user_id, outcome=outcome, source=source)


@asynccontextmanager
async def rehearsal(session: Session) -> AsyncIterator[None]:
    """What the block writes, and the events it emits, are gone at its end."""
    emitted, savepoint = len(session.events), await session.begin_nested()
    try:
        yield
    finally:
        del session.events[emitted:]
        await savepoint.rollback()


async def _give_roles(session: Session, actor: Actor, user: User, outcome: Outcome, source: str) -> list[Change]:
    decided = outcome.role
    if decided.verdict is Verdict.UNRULED:
        return []
    known = {role.key: role.name for role in await roles.known_roles(session, session.account_id)}
    gone = [key for key in decided.gives if key not in known]
    changes = [Change(Target.ROLE, f"The role {key} is not given: there is none of this key any more.", changed=False) for key in gone]
    before = await repository.roles_by(session, user.id, source)
    wanted = [key for key in decided.gives if key in known] or await _least(session, user, outcome, source, before)
    await roles.set_roles(session, actor, user_id=user.id, roles=wanted, source=source)
    changes += [Change(Target.ROLE, f"The role {known[key]} is given.") for key in wanted if key not in before]
    changes += [Change(Target.ROLE, f"The role {known.get(key, key)} is taken back.") for key in sorted(before - set(wanted))]
    return changes


async def _least(session: Session, user: User, outcome: Outcome, source: str, before: frozenset[str]) -> list[str]:
    """Whoever goes on to have a seat does not end without a role: an agent, as when the seat was given."""
    held = await licensing.seat_of(session, session.account_id, user.id)
    stays = held is not None and (held.source != source or outcome.licence.verdict in (Verdict.GIVEN, Verdict.UNRULED))
    others = await repository.roles_beside(session, user.id, source)
    return [roles.LEAST] if stays and before and not others else []


async def _give_seat(session: Session, actor: Actor, user: User, outcome: Outcome, source: str) -> list[Change]:
    decided = outcome.licence
    held = await licensing.seat_of(session, session.account_id, user.id)
    if decided.verdict is Verdict.UNRULED:
        return []
    if decided.verdict is not Verdict.GIVEN:
        return await _take_seat(session, actor, user, held, source, blocked=decided.verdict is Verdict.BLOCKED)
    return await _assign(session, actor, user, held, source, decided.gives[0])


async def _take_seat(session: Session, actor: Actor, user: User, held: Seat | None, source: str, *, blocked: bool) -> list[Change]:
    why = "a rule says none" if blocked else "no rule matches"
    if held is None:
        return [Change(Target.LICENCE, f"No seat: {why}.", changed=False)]
    if held.source != source:
        return [Change(Target.LICENCE, f"The seat stays although {why}: it was assigned {_by(held.source)}.", changed=False)]
    await people.take_seat(session, actor, user_id=user.id, source=source, reason=why)
    return [Change(Target.LICENCE, f"The seat is released: {why}.")]


async def _assign(session: Session, actor: Actor, user: User, held: Seat | None, source: str, key: str) -> list[Change]:
    rooms = {room.key: room for room in await licensing.rooms_of(session, session.account_id)}
    if key not in rooms:
        return [Change(Target.LICENCE, f"No seat is given: there is no licence {key} any more.", changed=False)]
    name = rooms[key].name
    if held is not None and (held.source != source or held.licence_id == rooms[key].id):
        return [Change(Target.LICENCE, f"The seat stays as it was assigned, {_by(held.source)}.", changed=False)]
    try:
        await people.give_seat(session, actor, user_id=user.id, licence_key=key, source=source)
    except NoSeatLeft as refusal:
        return [Change(Target.LICENCE, refusal.message, changed=False, error=refusal)]
    return [Change(Target.LICENCE, f"The seat moves to {name}." if held else f"A seat of {name} is assigned.")]


async def _give_team(session: Session, actor: Actor, user: User, outcome: Outcome, source: str) -> list[Change]:
    decided = outcome.team
    if decided.verdict is Verdict.UNRULED:
        return []
    held = await repository.mapped_team(session, user.id, source)
    team = await accounts.team_named(session, decided.gives[0]) if decided.verdict is Verdict.GIVEN else None
    leads = team is not None and await _leads(session, user)
    if held is not None and team is not None and (held.team_id, held.supervises) == (team.id, leads):
        return [Change(Target.TEAM, f"The team stays {team.name}.", changed=False)]
    changes = []
    if held is not None:
        changes.append(Change(Target.TEAM, f"Leaves the team {(await repository.team(session, held.team_id)).name}."))
        await repository.leave(session, held)
    if team is not None and await _join(session, user, team, source, leads=leads):
        changes.append(Change(Target.TEAM, f"{'Leads' if leads else 'Joins'} the team {team.name}."))
    if not changes and team is not None:
        return [Change(Target.TEAM, f"The team stays {team.name}, as it was given by hand.", changed=False)]
    if changes:
        detail = {"source": source, "team": team.name if team else None, "supervises": leads}
        audit.record(session, actor, "user.map_team", "User", user.id, detail=detail)
    return changes


async def _leads(session: Session, user: User) -> bool:
    """Whoever may see the calls of their teams leads the team that a rule gives; anybody else is a member of it."""
    held = await repository.roles(session, session.account_id, user.id)
    permissions = await roles.permissions_for(session, session.account_id, held)
    return permissions.get(Action.INTERACTION_READ) is Scope.TEAM


async def _join(session: Session, user: User, team: Team, source: str, *, leads: bool) -> bool:
    """False where the person was there already: then it is not the mapping's to take away."""
    if leads:
        if await repository.supervises(session, user.id, team.id):
            return False
        await accounts.supervise(session, team_id=team.id, user_id=user.id)
    else:
        agents = await repository.agents_of(session, user.id)
        if not agents:  # a person who has taken no call yet: their calls will find the agent by the address
            agents = [await accounts.upsert_agent(session, NewAgent(email=user.email, name=user.name))]
        elif all(agent.team_id == team.id for agent in agents):
            return False
        for agent in agents:
            agent.user_id, agent.team_id = user.id, team.id
    session.add(MappedTeam(account_id=session.account_id, user_id=user.id, source=source, team_id=team.id, supervises=leads))
    await session.flush()
    return True


def _by(source: str) -> str:
    return {"manual": "by hand", "saml": "by SAML", "scim": "by SCIM"}.get(source, source)
