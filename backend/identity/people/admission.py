"""Letting a person in by hand: the person, their first password, their roles and their seat, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from backend.accounts.tables import User
from backend.authz.actions import AccountRole
from backend.authz.actor import Actor
from backend.db.session import Session
from backend.errors import Conflict, InPersonOnly, NoSeatLeft
from backend.identity.methods.service import password_sign_in
from backend.identity.password_rules import checked_password, made_password
from backend.identity.passwords import hashed
from backend.identity.people import service
from backend.identity.people.service import NewPerson
from backend.licensing import service as licensing
from backend.roles import service as roles

Writing = Callable[[], AbstractAsyncContextManager[Session]]
"""Opens a transaction on the actor's account."""


@dataclass(frozen=True, slots=True)
class Asked:
    """`password` None: one is made. `licence_id` None: a seat of the first licence with one left."""

    email: str
    name: str
    account_role: str = AccountRole.MEMBER
    password: str | None = None
    seat: bool = False
    licence_id: int | None = None
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Admitted:
    """`password` is the one that was made, in the clear for this once; None where none was."""

    user: User
    password: str | None


async def admit(writing: Writing, actor: Actor, asked: Asked) -> Admitted:
    """
    Makes the person. Raises InvalidInput, NotPermitted, Conflict, NotFound without such a licence, and NoSeatLeft; then nobody is made,
    and a refused seat is in the history. Through a token people are made without a password: it would let its thief in as them.
    """
    if asked.password is not None:
        if actor.token_id is not None:
            raise InPersonOnly
        checked_password(asked.password, email=asked.email, name=asked.name)
    made = made_password() if asked.password is None else None
    hash = await hashed(asked.password or made or "")
    try:
        async with writing() as session:
            with_password = actor.token_id is None and await password_sign_in(session, session.account_id)
            user = await _make(session, actor, asked, hash if with_password else None)
    except NoSeatLeft as refusal:
        async with writing() as session:
            await licensing.refused(session, actor, user_id=None, source="manual", reason=f"{asked.email}: {refusal.message}")
        raise
    return Admitted(user, made if with_password else None)


async def _make(session: Session, actor: Actor, asked: Asked, password_hash: str | None) -> User:
    user = await service.create(session, actor, NewPerson(asked.email, asked.name, "manual", asked.account_role, password_hash))
    if asked.roles:
        await roles.set_roles(session, actor, user_id=user.id, roles=asked.roles)
    if asked.seat:
        key = None if asked.licence_id is None else await licensing.key_of_licence(session, asked.licence_id)
        await service.give_seat(session, actor, user_id=user.id, licence_key=key)
    return user


async def reset_password(writing: Writing, actor: Actor, user_id: int) -> Admitted:
    """
    A new password for the person, whose sessions end. Raises NotFound, NotPermitted, and Conflict where nobody signs in with passwords.
    """
    made = made_password()
    hash = await hashed(made)
    async with writing() as session:
        if not await password_sign_in(session, session.account_id):
            raise Conflict("Sign-in with passwords is switched off for this account: a password would open nothing.")
        user = await service.set_password(session, actor, user_id=user_id, password_hash=hash)
    return Admitted(user, made)
