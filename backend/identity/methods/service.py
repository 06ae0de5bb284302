"""Which ways in there are, and switching passwords off without locking everybody out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence, Set
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from backend.audit import service as audit
from backend.authz.actions import AccountAction
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.db.session import ReadSession, Session
from backend.errors import Conflict
from backend.identity.factor import repository as factors
from backend.identity.methods.repository import lock_ways
from backend.identity.tables import IdentitySettings


@dataclass(frozen=True, slots=True)
class Provider:
    """An identity provider as the sign-in page offers it. `id` is its public one, `url` where signing in begins, a path of ours."""

    id: str
    name: str
    url: str


ProviderSource = Callable[[ReadSession, int], Awaitable[Sequence[Provider]]]
"""The account's active providers."""
_sources: list[ProviderSource] = []


def register(source: ProviderSource) -> ProviderSource:
    """Protocols that stand above this package add their providers here, once, as they are imported."""
    if source not in _sources:
        _sources.append(source)
    return source


ArrivalSource = Callable[[ReadSession, int], Awaitable[Set[int]]]
"""Ids of the people who have come in through a provider that is active."""
_arrivals: list[ArrivalSource] = []


def register_arrivals(source: ArrivalSource) -> ArrivalSource:
    """As `register`, for who has come in."""
    if source not in _arrivals:
        _arrivals.append(source)
    return source


async def arrivals(session: ReadSession, account_id: int) -> set[int]:
    return {user_id for source in _arrivals for user_id in await source(session, account_id)}


async def providers(session: ReadSession, account_id: int) -> list[Provider]:
    return [provider for source in _sources for provider in await source(session, account_id)]


async def _row(session: ReadSession, account_id: int) -> IdentitySettings | None:
    query = select(IdentitySettings).where(col(IdentitySettings.account_id) == account_id)
    return (await session.execute(query)).scalars().first()


async def password_sign_in(session: ReadSession, account_id: int) -> bool:
    """Whether people sign in with passwords."""
    row = await _row(session, account_id)
    return row is None or row.password_sign_in


async def set_password_sign_in(session: Session, actor: Actor, *, on: bool) -> bool:
    """
    Switches passwords on or off; sessions that are open stay. Raises NotPermitted, and Conflict where nobody could sign in any more: off
    needs an active provider, and an owner with password and second factor for when it fails.
    """
    actor.require_account(AccountAction.IDENTITY_EDIT)
    await lock_ways(session)
    if not on:
        await _check_ways_in(session)
    row = await _row(session, session.account_id)
    if row is None:
        row = IdentitySettings(account_id=session.account_id, updated_at=utc_now())
        session.add(row)
    if row.password_sign_in != on:
        row.password_sign_in, row.updated_at = on, utc_now()
        audit.record(session, actor, "sign_in.set_password", "Account", session.account_id, detail={"on": on})
    return on


async def _check_ways_in(session: Session) -> None:
    if not await providers(session, session.account_id):
        raise Conflict("Nobody could sign in: connect an identity provider and switch it on first.")
    if not await factors.owners_with_both(session, session.account_id):
        raise Conflict("An owner needs a password and a second factor first, to get in when the identity provider fails.")
