"""SQL of the audit log: read newest first, and only ever added to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Text, cast, func, or_, select, tuple_
from sqlmodel import col

from backend.audit.rules import AuditFilter
from backend.audit.sentences import actions_saying
from backend.audit.tables import AuditEntry
from backend.db.session import ReadSession

Place = tuple[datetime, int]
"""When and number of an entry: what follows it is older."""


async def entries(
    session: ReadSession, account_id: int, wanted: AuditFilter, *, after: Place | None, limit: int
) -> Sequence[AuditEntry]:  # fmt: skip
    """Newest first, from the place on."""
    at, number = col(AuditEntry.at), col(AuditEntry.id)
    query = select(AuditEntry).where(col(AuditEntry.account_id) == account_id, *_conditions(wanted))
    if after is not None:
        query = query.where(tuple_(at, number) < tuple_(*after))
    return (await session.execute(query.order_by(at.desc(), number.desc()).limit(limit))).scalars().all()


def _conditions(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    entry, conditions = AuditEntry, list[ColumnElement[bool]]()
    for column, value in ((entry.actor_id, wanted.actor_id), (entry.action, wanted.action), (entry.object_type, wanted.object_type)):
        if value is not None:
            conditions.append(col(column) == value)
    if wanted.since is not None:
        conditions.append(col(entry.at) >= wanted.since)
    if wanted.until is not None:
        conditions.append(col(entry.at) < wanted.until)
    return conditions + ([_mentioning(wanted.text)] if wanted.text else [])


def _mentioning(text: str) -> ColumnElement[bool]:
    columns = (col(AuditEntry.action), col(AuditEntry.address), cast(col(AuditEntry.detail), Text))
    return or_(col(AuditEntry.action).in_(actions_saying(text)), *(column.icontains(text, autoescape=True) for column in columns))


async def actions(session: ReadSession, account_id: int) -> list[str]:
    """
    Those that the log holds, by name. Goes from one to the next along the index: as many steps as there are actions, not as there are
    entries.
    """
    column, own = col(AuditEntry.action), col(AuditEntry.account_id) == account_id
    steps = select(func.min(column).label("action")).where(own).cte("steps", recursive=True)
    further = select(func.min(column)).where(own, column > steps.c.action).scalar_subquery()
    steps = steps.union_all(select(further).where(steps.c.action.is_not(None)))
    return list(await session.scalars(select(steps.c.action).where(steps.c.action.is_not(None)).order_by(steps.c.action)))
