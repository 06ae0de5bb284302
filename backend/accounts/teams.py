"""Teams: groups of agents, and the people who supervise them. Who supervises a team sees and acts for the agents who are in it now."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError

from backend.accounts import repository
from backend.accounts.naming import Named, carry_name, refuse_named
from backend.accounts.rules import checked_name
from backend.accounts.tables import Team
from backend.audit import service as audit
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.db.session import Session
from backend.errors import Conflict, NotFound


async def create(session: Session, actor: Actor, *, name: str) -> Team:
    """Raises InvalidInput for what is no name, Conflict where a team has it."""
    name = await _free_name(session, name)
    team = Team(account_id=session.account_id, name=name)
    session.add(team)
    await _flush(session, name)
    audit.record(session, actor, "team.create", "Team", team.id, detail={"name": name})
    return team


async def rename(session: Session, actor: Actor, *, team_id: int, name: str) -> Team:
    """Mapping rules that give it follow. Raises NotFound, InvalidInput for what is no name, Conflict where another team has it."""
    team = await _held(session, team_id)
    before, team.name = team.name, await _free_name(session, name, team_id)
    await _flush(session, name)
    rules = await carry_name(session, Named.TEAM, before, team.name)
    followed = {"rules": rules} if rules else {}
    audit.record(session, actor, "team.rename", "Team", team_id, detail={"before": before, "after": team.name, **followed})
    return team


async def delete(session: Session, actor: Actor, *, team_id: int) -> None:
    """
    Its agents have no team from now on, and nobody supervises it. Conversations keep the team that they were held in. Raises NotFound,
    and Conflict where mapping rules give it.
    """
    team = await _held(session, team_id)
    await refuse_named(session, Named.TEAM, team.name, team.name)
    left = await repository.take_from_team(session, team_id)
    await repository.write_supervisors(session, team_id, [])
    team.deleted_at = utc_now()
    await session.flush()
    audit.record(session, actor, "team.delete", "Team", team_id, detail={"name": team.name, "members": len(left)})


async def set_members(session: Session, actor: Actor, *, team_id: int, add: Sequence[int] = (), remove: Sequence[int] = ()) -> Team:
    """
    Puts agents in the team, out of the one that they are in, and takes others out. Raises NotFound without such a team or agent.
    """
    team = await _held(session, team_id)
    wanted = {*add, *remove}
    if len(await repository.agents(session, session.account_id, sorted(wanted))) != len(wanted):
        raise NotFound("One of these agents does not exist in this account.")
    gone = await repository.take_from_team(session, team_id, set(remove) - set(add))
    come = await repository.put_in_team(session, set(add), team_id)
    if gone or come:
        audit.record(session, actor, "team.set_members", "Team", team_id, detail={"name": team.name, "added": come, "removed": gone})
    return team


async def set_supervisors(session: Session, actor: Actor, *, team_id: int, user_ids: Sequence[int]) -> Team:
    """These people supervise the team, and nobody else. Raises NotFound without such a team or person."""
    team = await _held(session, team_id)
    wanted = set(user_ids)
    if len(await repository.users(session, session.account_id, wanted)) != len(wanted):
        raise NotFound("One of these people does not exist in this account.")
    before = set((await repository.supervisors_of(session, session.account_id, [team_id])).get(team_id, []))
    if before != wanted:
        await repository.write_supervisors(session, team_id, wanted)
        detail = {"name": team.name, "added": sorted(wanted - before), "removed": sorted(before - wanted)}
        audit.record(session, actor, "team.set_supervisors", "Team", team_id, detail=detail)
    return team


async def _held(session: Session, team_id: int) -> Team:
    team = await repository.hold_team(session, team_id)
    if team is None:
        raise NotFound("There is no such team in this account.")
    return team


async def _free_name(session: Session, name: str, team_id: int | None = None) -> str:
    name = checked_name(name, pointer="/input/name")
    with session.no_autoflush:
        other = await repository.team_like(session, session.account_id, name)
    if other is not None and other.id != team_id:
        raise _taken(other.name)
    return name


async def _flush(session: Session, name: str) -> None:
    """The index has the last word: two may ask for one name at once."""
    try:
        await session.flush()
    except IntegrityError as error:
        if "uq_team_name" in str(error.orig):
            raise _taken(name) from None
        raise


def _taken(name: str) -> Conflict:
    return Conflict(f"There is a team {name} already. Choose another name.")
