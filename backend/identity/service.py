"""Sessions: opening and ending them, and who is behind a cookie."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

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
from backend.identity import repository
from backend.identity.repository import Person
from backend.identity.rules import Lifetime, new_token, token_hash
from backend.identity.tables import Session
from backend.roles.service import permissions_for


@dataclass(frozen=True, slots=True)
class SignedIn:
    """`token` is None where the session was there already: only its hash is kept."""

    actor: Actor
    session_id: int
    expires_at: datetime
    token: str | None = None


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
    if not life.needs_touch(row.seen_at, now):
        return SignedIn(actor, owner.session_id, row.expires_at)
    expires_at = life.expiry(row.created_at, now)
    async with db.writing(owner.account_id) as writing:
        await repository.keep_alive(writing, owner.session_id, owner.user_id, seen_at=now, expires_at=expires_at)
    return SignedIn(actor, owner.session_id, expires_at)


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
    await repository.seen(session, user_id, now)
    audit.record(session, actor, "session.open", "User", user_id, address=caller.address, detail={"method": method})
    return SignedIn(actor, row.id, row.expires_at, token)


async def renew_token(session: Writing, session_id: int) -> str:
    """A new token for a session whose person has just proved more, or changed what they prove it with; the old one ends."""
    token = new_token()
    await repository.replace_token(session, session_id, token_hash(token))
    return token


async def sign_out(db: Database, actor: Actor, token: str, *, address: str | None) -> bool:
    """Ends the session at once; its sockets hear of it with the commit. Whether it was there."""
    async with db.writing(actor.account_id, address=address) as session:
        ended = await repository.end_session(session, token_hash(token))
        if ended:
            audit.record(session, actor, "session.close", "User", actor.user_id)
    return ended


async def open_until(db: Database, account_id: int, session_id: int) -> datetime | None:
    """When the session ends if it is not used; None where it has ended. Asking is no use of it."""
    async with db.reading(account_id) as session:
        row = await repository.session_row(session, account_id, session_id)
        present = row is not None and await repository.person(session, account_id, row.user_id)
    return row.expires_at if row and present and row.expires_at > utc_now() else None
