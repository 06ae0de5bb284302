"""Signing in and out, and who is behind a cookie."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.accounts.tables import User
from backend.audit import service as audit
from backend.authz.actions import Action, Scope
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.config import Config
from backend.db import doors
from backend.db.session import Database, ReadSession
from backend.db.session import Session as Writing
from backend.errors import SignInRefused
from backend.graphql.context import Caller
from backend.identity import passwords, repository
from backend.identity.repository import Person
from backend.identity.rules import Lifetime, new_token, token_hash
from backend.identity.tables import Session
from backend.infra.limiter.base import Limiter
from backend.roles.service import permissions_for

WINDOW_S = 15 * 60
ATTEMPTS_A_PERSON = 10
ATTEMPTS_AN_ADDRESS = 100
_LONGEST_PASSWORD = 1_024


@dataclass(frozen=True, slots=True)
class SignedIn:
    """`token` is None where the session was there already: only its hash is kept."""

    actor: Actor
    session_id: int
    expires_at: datetime
    token: str | None = None


@dataclass(frozen=True, slots=True)
class Credentials:
    """What was typed, and where: `old_token` is that of the session that the browser had before."""

    account: str
    email: str
    password: str
    address: str | None = None
    user_agent: str | None = None
    old_token: str | None = None


def session_channel(session_id: int) -> str:
    """Where a session's end is told to the sockets that it opened."""
    return f"session:{session_id}"


def lifetime(config: Config) -> Lifetime:
    return Lifetime(timedelta(hours=config.session_idle_h), timedelta(days=config.session_max_d))


def actor_from(account_id: int, person: Person, permissions: dict[Action, Scope]) -> Actor:
    """The person with what their roles permit."""
    return Actor(
        account_id=account_id,
        user_id=person.user.id,
        name=person.user.name,
        roles=frozenset(person.roles),
        account_role=person.user.account_role,
        has_seat=person.has_seat,
        agent_ids=frozenset(person.agent_ids),
        team_ids=frozenset(person.team_ids),
        permissions=permissions,
    )


async def actor_of(session: ReadSession, account_id: int, user_id: int) -> Actor | None:
    """
    The person with their permissions as they are now; None where they are gone or switched off. Without a seat they have no permission,
    whatever their roles.
    """
    person = await repository.person(session, account_id, user_id)
    if person is None:
        return None
    held = person.roles if person.has_seat else ()
    return actor_from(account_id, person, await permissions_for(session, account_id, held, version=person.policy_version))


async def renewed(session: ReadSession, actor: Actor) -> Actor | None:
    """The same one with their permissions as they are now, under the limits of the token that they came with; None where they are gone."""
    if actor.user_id is None:
        return actor
    fresh = await actor_of(session, actor.account_id, actor.user_id)
    return fresh.under(actor) if fresh else None


async def resolve(db: Database, token: str, life: Lifetime) -> SignedIn | None:
    """Who is behind a cookie's token; None where the session has ended. Using a session keeps it alive."""
    owner = await doors.session_owner(db, token_hash(token))
    if owner is None:
        return None
    async with db.reading(owner.account_id) as session:
        row = await repository.session_row(session, owner.account_id, owner.session_id)
        actor = await actor_of(session, owner.account_id, owner.user_id)
    if row is None or actor is None:
        return None
    now = utc_now()
    expires_at = life.expiry(row.created_at, now) if life.needs_touch(row.seen_at, now) else row.expires_at
    if expires_at != row.expires_at:
        async with db.writing(owner.account_id) as writing:
            await repository.keep_alive(writing, owner.session_id, seen_at=now, expires_at=expires_at)
    return SignedIn(actor, owner.session_id, expires_at)


async def sign_in(db: Database, limiter: Limiter, life: Lifetime, given: Credentials) -> SignedIn:
    """
    A new session under a new token; the browser's old one ends. Raises SignInRefused, with the same words and after the same work
    whether the account, the email or the password is wrong, and earlier where attempts are too frequent.
    """
    person_key = f"person:{_blurred(given.account.strip().lower(), given.email.strip().lower())}"
    await _take(limiter, person_key, ATTEMPTS_A_PERSON)
    await _take(limiter, f"address:{_blurred(given.address or '')}", ATTEMPTS_AN_ADDRESS)
    account_id = await doors.account_by_slug(db, given.account.strip().lower())
    user = None
    if account_id is not None:
        async with db.reading(account_id) as session:
            user = await repository.by_email(session, account_id, given.email.strip())
    fits = len(given.password) <= _LONGEST_PASSWORD
    right = await passwords.check(user.password_hash if user else None, given.password if fits else "")
    if account_id is None or user is None or not right:
        await _note_refusal(db, account_id, user, given.address)
        raise SignInRefused("No account, email and password go together like this. Check all three; the account is its short name.")
    await limiter.forget(person_key)
    return await _open(db, life, account_id, user, given)


async def _open(db: Database, life: Lifetime, account_id: int, user: User, given: Credentials) -> SignedIn:
    renewed = passwords.hash_password(given.password) if passwords.outdated(user.password_hash or "") else None
    caller = Caller(address=given.address, user_agent=given.user_agent, token=given.old_token)
    async with db.writing(account_id) as session:
        if renewed:
            (await repository.user(session, account_id, user.id)).password_hash = renewed
        return await open_session(session, user.id, method="password", caller=caller, life=life)


async def open_session(session: Writing, user_id: int, *, method: str, caller: Caller, life: Lifetime) -> SignedIn:
    """
    A new session under a new token, in the caller's transaction, however the person has proved who they are; the session that the
    browser had before ends. Raises SignInRefused where the person is switched off. The cookie is set after the commit (`set_cookie`).
    """
    token, now, account_id = new_token(), utc_now(), session.account_id
    actor = await actor_of(session, account_id, user_id)
    if actor is None:
        raise SignInRefused("This person is switched off. An administrator can let them in again.")
    await repository.drop_expired(session, now)
    if caller.token is not None:
        await repository.end_session(session, token_hash(caller.token))
    row = Session(
        account_id=account_id,
        user_id=user_id,
        token_hash=token_hash(token),
        created_at=now,
        seen_at=now,
        expires_at=life.expiry(now, now),
        address=caller.address,
        user_agent=(caller.user_agent or "")[:300] or None,
        method=method,
    )
    session.add(row)
    await session.flush()
    audit.record(session, actor, "session.open", "User", user_id, address=caller.address, detail={"method": method})
    return SignedIn(actor, row.id, row.expires_at, token)


async def sign_out(db: Database, actor: Actor, token: str, *, address: str | None) -> int | None:
    """Ends the session at once; its id, so that open sockets can be closed."""
    async with db.writing(actor.account_id) as session:
        ended = await repository.end_session(session, token_hash(token))
        if ended is not None:
            audit.record(session, actor, "session.close", "User", actor.user_id, address=address)
    return ended


async def _take(limiter: Limiter, key: str, limit: int) -> None:
    wait = await limiter.take(key, limit=limit, window_s=WINDOW_S)
    if wait is not None:
        raise SignInRefused(f"Too many attempts to sign in. The next is accepted in {wait} seconds.", retry_after_s=wait)


async def _note_refusal(db: Database, account_id: int | None, user: User | None, address: str | None) -> None:
    if account_id is None:
        return
    async with db.writing(account_id) as session:
        audit.record(session, None, "session.refused", "User", user.id if user else None, address=address)


def _blurred(*parts: str) -> str:
    """Names of people and addresses do not stand in the counters."""
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:32]


async def open_until(db: Database, token: str) -> datetime | None:
    """When the session ends if it is not used; None where it has ended. Asking is no use of it."""
    owner = await doors.session_owner(db, token_hash(token))
    if owner is None:
        return None
    async with db.reading(owner.account_id) as session:
        row = await repository.session_row(session, owner.account_id, owner.session_id)
        present = await repository.person(session, owner.account_id, owner.user_id)
    return row.expires_at if row and present else None
