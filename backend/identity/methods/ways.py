"""
Nobody takes the last way in away.

While sign-in with passwords is off, people come in through identity providers, and an owner with password and second factor comes in past
them. Whatever could take the last of these away (switching an owner off or making them less, removing a second factor, switching a
provider off or deleting it) runs inside `keeping_ways_in`: changes of one account come one after the other there, so that two who each
leave the other's way in do not both succeed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Set
from contextlib import asynccontextmanager
from dataclasses import dataclass

from backend.db.session import ReadSession, Session
from backend.errors import Conflict
from backend.identity.factor import repository as factors
from backend.identity.methods.repository import lock_ways
from backend.identity.methods.service import arrivals, password_sign_in, providers

_ANYWAY = "switch sign-in with passwords on first"
NO_PROVIDER = f"Sign-in with passwords is off, and nobody could sign in without this identity provider: connect another, or {_ANYWAY}."
NO_OWNER_PAST = (
    "Sign-in with passwords is off, and this is the last owner's way in when the identity provider fails: let another owner set up a"
    f" password and a second factor, or {_ANYWAY}."
)
NO_OWNER = (
    f"Sign-in with passwords is off, and no owner could sign in any more: let another owner sign in through the provider, or {_ANYWAY}."
)


@dataclass(frozen=True, slots=True)
class Ways:
    """`past` are the active owners who get in whatever becomes of the providers, `through` those who have come in through one."""

    providers: bool
    past: Set[int]
    through: Set[int]

    def lost_in(self, after: Ways) -> str | None:
        """What was there and is not any more, as a sentence; None where a way is left. What was broken before is not held against it."""
        if self.providers and not after.providers:
            return NO_PROVIDER
        if self.past and not after.past:
            return NO_OWNER_PAST
        if self.past | self.through and not after.past | after.through:
            return NO_OWNER
        return None


@asynccontextmanager
async def keeping_ways_in(session: Session) -> AsyncIterator[None]:
    """Raises Conflict, which names the remedy, where the block took the last way in away; its transaction must then end."""
    await lock_ways(session)
    if await password_sign_in(session, session.account_id):
        yield
        return
    before = await _ways(session, session.account_id)
    yield
    await session.flush()
    lost = before.lost_in(await _ways(session, session.account_id))
    if lost is not None:
        raise Conflict(lost)


async def _ways(session: ReadSession, account_id: int) -> Ways:
    owners = await factors.active_owners(session, account_id)
    return Ways(
        providers=bool(await providers(session, account_id)),
        past=await factors.owners_with_both(session, account_id),
        through=owners & await arrivals(session, account_id),
    )
