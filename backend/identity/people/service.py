"""
Use cases that join a person's parts: a seat comes with a role, and a person who is switched off loses seat and sessions at once.

Administrators, SAML and SCIM go through the same functions; each is part of the caller's transaction.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from enum import Enum
from typing import Any

from backend.accounts import service as accounts
from backend.accounts.rules import require_over
from backend.accounts.tables import User
from backend.audit import service as audit
from backend.authz.actions import AccountRole
from backend.authz.actor import Actor
from backend.db.session import Session
from backend.errors import Conflict, NotFound
from backend.identity.methods.ways import keeping_ways_in
from backend.identity.people import repository
from backend.identity.repository import end_sessions
from backend.licensing import service as licensing
from backend.licensing.tables import Seat
from backend.roles import service as roles


class Keep(Enum):
    """Says that something stays as it is, where None has a meaning of its own."""

    AS_IS = "as is"


@dataclass(frozen=True, slots=True)
class NewPerson:
    """`source` is how the person comes to be: manual, saml or scim."""

    email: str
    name: str
    source: str = "manual"
    account_role: str = AccountRole.MEMBER
    password_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What is None stays as it is; `agent_id` None takes the link to an agent away."""

    name: str | None = None
    email: str | None = None
    account_role: str | None = None
    active: bool | None = None
    agent_id: int | Keep | None = Keep.AS_IS


async def create(session: Session, actor: Actor, new: NewPerson) -> User:
    """A person without seat and roles. Raises InvalidInput for what is no name or address or is taken, NotPermitted as `change` does."""
    require_over(actor, new.account_role)
    user = await accounts.create_user(
        session, email=new.email, name=new.name, password_hash=new.password_hash, account_role=new.account_role, source=new.source
    )
    detail = {"name": user.name, "email": user.email, "account_role": user.account_role, "source": user.source}
    audit.record(session, actor, "user.create", "User", user.id, detail=detail)
    return user


async def change(session: Session, actor: Actor, *, user_id: int, changes: Changes, source: str = "manual") -> User:
    """
    Changes a person. Switched off, they lose their seat and their sessions in the same transaction; switched on again, they have none.

    Raises NotFound; NotPermitted for what only owners or people with as many permissions may do to this person; Conflict where the account
    would be left without an active owner or without anybody's way in, or the agent is somebody else; InvalidInput for names and addresses
    that cannot be.
    """
    takes = changes.active is False or changes.account_role is not None
    async with keeping_ways_in(session) if takes else nullcontext():
        return await _change(session, actor, user_id, changes, source)


async def _change(session: Session, actor: Actor, user_id: int, changes: Changes, source: str) -> User:
    user = await _held(session, user_id)
    before = _facts(user)
    asked = ((changes.email, user.email), (changes.account_role, user.account_role), (changes.active, user.active))
    if any(new is not None and new != old for new, old in asked):
        require_over(actor, user.account_role)
    await accounts.rename_user(session, user, name=changes.name, email=changes.email)
    if changes.account_role is not None and changes.account_role != user.account_role:
        await _set_account_role(session, actor, user, changes.account_role)
    if changes.active is not None and changes.active != user.active:
        await _switch(session, actor, user, on=changes.active, source=source)
    if not isinstance(changes.agent_id, Keep):
        await accounts.link_agent(session, user, changes.agent_id)
        audit.record(session, actor, "user.link_agent", "User", user.id, detail={"agent_id": changes.agent_id})
    await session.flush()
    changed = {name: [before[name], value] for name, value in _facts(user).items() if value != before[name]}
    if changed:
        audit.record(session, actor, "user.change", "User", user.id, detail=changed)
    return user


async def give_seat(
    session: Session, actor: Actor, *, user_id: int, licence_key: str | None = None, source: str = "manual"
) -> Seat:  # fmt: skip
    """The person's seat, by the one rule of `licensing.service.assign`, with all its errors. Whoever holds no role is an agent."""
    seat = await licensing.assign(session, actor, user_id=user_id, licence_key=licence_key, source=source)
    await roles.ensure_role(session, actor, user_id=user_id, source=source)
    return seat


async def take_seat(session: Session, actor: Actor, *, user_id: int, source: str = "manual", reason: str | None = None) -> bool:
    """Takes the person's seat back; False where they have none. Roles stay, and give nothing without a seat."""
    return await licensing.release(session, actor, user_id=user_id, source=source, reason=reason)


async def set_password(session: Session, actor: Actor, *, user_id: int, password_hash: str) -> User:
    """Gives the person another password, and ends their sessions. Raises NotFound, NotPermitted as `change` does."""
    user = await _held(session, user_id)
    require_over(actor, user.account_role)
    user.password_hash = password_hash
    ended = await end_sessions(session, user.id)
    audit.record(session, actor, "user.reset_password", "User", user.id, detail={"sessions": ended})
    return user


async def _held(session: Session, user_id: int) -> User:
    """Locked with every owner, since one less may be one too few."""
    user = (await repository.hold_with_owners(session, user_id)).get(user_id)
    if user is None:
        raise NotFound("There is no such person in this account.")
    return user


async def _set_account_role(session: Session, actor: Actor, user: User, account_role: str) -> None:
    require_over(actor, account_role)
    await _keep_an_owner(session, user)
    user.account_role = account_role


async def _switch(session: Session, actor: Actor, user: User, *, on: bool, source: str) -> None:
    if on:
        user.active = True
        audit.record(session, actor, "user.activate", "User", user.id, detail={"source": source})
        return
    await _keep_an_owner(session, user)
    user.active = False
    await session.flush()
    await licensing.release(session, actor, user_id=user.id, source=source, reason="deactivated")
    ended = await end_sessions(session, user.id)
    audit.record(session, actor, "user.deactivate", "User", user.id, detail={"source": source, "sessions": ended})


async def _keep_an_owner(session: Session, user: User) -> None:
    """Raises Conflict where the person is the last active owner. The owners are locked."""
    if user.account_role != AccountRole.OWNER or not user.active:
        return
    owners = await repository.hold_with_owners(session, user.id)
    if len(owners) == 1:
        raise Conflict(f"{user.name} is the last owner of this account. Make somebody else an owner first.")


def _facts(user: User) -> dict[str, Any]:
    return {"name": user.name, "email": user.email, "account_role": user.account_role}
