"""Adds to the audit log, and reads it. Nothing ever changes or removes an entry."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.audit import repository, rules
from backend.audit.rules import AuditFilter
from backend.audit.tables import AuditEntry
from backend.authz.actions import AccountAction
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.db.page import decode_cursor, encode_cursor
from backend.db.session import Database, ReadSession, Session
from backend.errors import InvalidInput

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Page:
    """Newest first."""

    rows: Sequence[AuditEntry]
    has_next: bool


def record(
    session: Session,
    actor: Actor | None,
    action: str,
    object_type: str,
    object_id: int | None = None,
    *,
    address: str | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """
    One entry in this transaction. `actor` None: somebody who is not signed in. `address` is the transaction's own where it is left out.
    `detail` holds no words of a conversation.
    """
    session.add(
        AuditEntry(
            account_id=session.account_id,
            at=utc_now(),
            actor_id=actor.user_id if actor else None,
            actor_kind=actor.kind if actor else "nobody",
            action=action,
            object_type=object_type,
            object_id=object_id,
            address=address or session.address,
            detail=detail or {},
        )
    )


async def page(session: ReadSession, actor: Actor, wanted: AuditFilter, *, size: int, cursor: str | None) -> Page:
    """Needs account.audit. Raises InvalidInput where the cursor is none of this list, or the filter cannot be."""
    actor.require_account(AccountAction.AUDIT_READ)
    rules.check(wanted)
    after = None if cursor is None else _place(cursor)
    rows = await repository.entries(session, actor.account_id, wanted, after=after, limit=size + 1)
    return Page(rows[:size], len(rows) > size)


def cursor_of(row: AuditEntry) -> str:
    return encode_cursor([row.at.isoformat(), row.id])


def _place(cursor: str) -> repository.Place:
    when, number = decode_cursor(cursor, pointer="/after", parts=2)
    try:
        at = datetime.fromisoformat(when)
        if at.tzinfo is None or type(number) is not int:
            raise ValueError
    except (TypeError, ValueError):
        raise InvalidInput("This cursor belongs to another list. Start again without one.", pointer="/after", value=cursor) from None
    return at, number


async def actions(session: ReadSession, actor: Actor) -> list[str]:
    """What the log can be filtered by. Needs account.audit."""
    actor.require_account(AccountAction.AUDIT_READ)
    return await repository.actions(session, actor.account_id)


async def everything(db: Database, actor: Actor, wanted: AuditFilter) -> AsyncIterator[Sequence[AuditEntry]]:
    """
    All that match, in pieces, newest first. Each piece is read in a transaction of its own, so that a slow reader holds none open;
    what is added meanwhile is newer than all of it.
    """
    after: repository.Place | None = None
    while True:
        async with db.reading(actor.account_id) as session:
            rows = await repository.entries(session, actor.account_id, wanted, after=after, limit=_CHUNK)
        if rows:
            yield rows
        if len(rows) < _CHUNK:
            return
        after = rows[-1].at, rows[-1].id
