"""A person changes their own password."""

from __future__ import annotations

from dataclasses import dataclass, field

from backend.audit import service as audit
from backend.authz.actions import AccountRole
from backend.authz.actor import Actor
from backend.db.session import Database, Session
from backend.errors import Conflict, InvalidInput
from backend.identity import passwords, repository
from backend.identity.methods.service import password_sign_in
from backend.identity.password_rules import LONGEST, checked_password


@dataclass(frozen=True, slots=True)
class Change:
    old: str = field(repr=False)
    new: str = field(repr=False)


async def check(db: Database, actor: Actor, change: Change) -> None:
    """
    Before the transaction, since hashing takes its time: raises Conflict where the person has no password or may not use one, and
    InvalidInput where the old one is wrong or the new one is not taken.
    """
    assert actor.user_id is not None
    async with db.reading(actor.account_id) as session:
        user = await repository.user(session, actor.account_id, actor.user_id)
        used = await password_sign_in(session, actor.account_id) or user.account_role == AccountRole.OWNER
    if user.password_hash is None or not used:
        raise Conflict("You sign in through your organisation: there is no password of yours to change here.")
    if not await passwords.check(user.password_hash, change.old if len(change.old) <= LONGEST else ""):
        raise InvalidInput("This is not your present password.", pointer="/input/old")
    if change.new == change.old:
        raise InvalidInput("This is your present password.", pointer="/input/new")
    checked_password(change.new, email=user.email, name=user.name, pointer="/input/new")


async def store(session: Session, actor: Actor, password_hash: str) -> None:
    """The new password counts from the commit on."""
    assert actor.user_id is not None
    (await repository.user(session, actor.account_id, actor.user_id)).password_hash = password_hash
    audit.record(session, actor, "user.change_password", "User", actor.user_id)
