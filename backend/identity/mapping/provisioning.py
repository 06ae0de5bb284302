"""
Gives a person what mapping rules decided: roles, then a seat, then a team.

A mapping takes away only what a mapping of the same source gave; what was given by hand stays. A preview is the same work in a savepoint
that is rolled back.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from backend.authz.actor import Actor
from backend.db.session import Session
from backend.errors import NoSeatLeft
from backend.identity.mapping.rules import Outcome, Target


@dataclass(frozen=True, slots=True)
class Change:
    """What was done or would be, as a sentence. `error` is set where no seat was left: the person goes on without one."""

    target: Target
    sentence: str
    error: NoSeatLeft | None = None


async def apply(session: Session, actor: Actor, *, user_id: int, outcome: Outcome, source: str) -> list[Change]:
    """
    Provisions the person in this transaction. `source` is saml or scim. Raises nothing where seats are lacking: the refusal is in the
    history of seats and in the change.
    """
    raise NotImplementedError


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
