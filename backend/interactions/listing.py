"""
The list of interactions, page by page, by keyset: a deep page costs what the first one does.

Rows without a value of the sort column come last in both directions. They are a run of their own, after the run of rows that have one,
so that either is one walk along an index. Where the list is sorted by date and narrowed to one tag, the tag's rows drive it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, tuple_
from sqlmodel import col

from backend.authz.actor import Actor
from backend.db.page import decode_cursor, encode_cursor
from backend.db.session import ReadSession
from backend.errors import InvalidInput
from backend.graphql.connection import Window
from backend.interactions.filters import ListFilter, own_conditions, shared_conditions, tagged
from backend.interactions.tables import Interaction, InteractionTag, Queue
from backend.interactions.visibility import visible_to


class SortField(Enum):
    STARTED_AT = "started_at"
    DURATION = "duration_ms"
    ENGAGEMENT_SCORE = "engagement_score"
    SENTIMENT_SCORE = "sentiment_score"


@dataclass(frozen=True, slots=True)
class Sort:
    field: SortField = SortField.STARTED_AT
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    rows: Sequence[Interaction]
    cursors: Sequence[str]
    has_next: bool
    has_previous: bool


@dataclass(frozen=True, slots=True)
class _Run:
    """Part of the list: the rows with a value of the sort column, or those without, after a key if there is one."""

    empty: bool
    after: tuple[Any, int] | None = None


async def page(session: ReadSession, actor: Actor, wanted: ListFilter, sort: Sort, window: Window) -> Page:
    """Raises InvalidInput where the cursor is not one of this order."""
    # Backwards is the same walk with everything turned round.
    walk = replace(sort, descending=sort.descending is not window.backward)
    rows: list[Interaction] = []
    for run in _runs(sort, window):
        if len(rows) <= window.size:
            query = _query(actor, wanted, walk, run).limit(window.size + 1 - len(rows))
            rows += list((await session.execute(query)).scalars())
    more, rows = len(rows) > window.size, rows[: window.size]
    if window.backward:
        rows.reverse()
    onward, behind = more, window.cursor is not None
    cursors = [_cursor(row, sort) for row in rows]
    return Page(rows, cursors, *((behind, onward) if window.backward else (onward, behind)))


async def total(session: ReadSession, actor: Actor, wanted: ListFilter) -> int:
    """All that match."""
    conditions = [*shared_conditions(actor, wanted, Interaction), *own_conditions(wanted)]
    conditions += [tagged(actor, kind, ids) for kind, ids in wanted.tags()]
    return int(await session.scalar(select(func.count()).select_from(Interaction).where(*conditions)) or 0)


def _runs(sort: Sort, window: Window) -> list[_Run]:
    """What is left of the list from the cursor on, in the order of the walk."""
    if sort.field is SortField.STARTED_AT:
        return [_Run(empty=False, after=_key(sort, window))]
    runs = [_Run(empty=False), _Run(empty=True)]
    if window.backward:
        runs.reverse()
    key = _key(sort, window)
    if key is None:
        return runs
    here = _Run(empty=key[0] is None, after=key)
    return [here, *(run for run in runs[1:] if run.empty is not here.empty)]


def _key(sort: Sort, window: Window) -> tuple[Any, int] | None:
    if window.cursor is None:
        return None
    pointer = "/before" if window.backward else "/after"
    name, value, number = decode_cursor(window.cursor, pointer=pointer, parts=3)
    try:
        if name != sort.field.value or type(number) is not int or (value is None and sort.field is SortField.STARTED_AT):
            raise ValueError
        if value is not None:
            value = datetime.fromisoformat(value) if sort.field is SortField.STARTED_AT else int(value)
    except (TypeError, ValueError):
        message = "This cursor belongs to another order of the list. Start again without one."
        raise InvalidInput(message, pointer=pointer, value=window.cursor) from None
    return value, number


def _cursor(row: Interaction, sort: Sort) -> str:
    value = getattr(row, sort.field.value)
    return encode_cursor([sort.field.value, value.isoformat() if isinstance(value, datetime) else value, row.id])


def _query(actor: Actor, wanted: ListFilter, walk: Sort, run: _Run) -> Select[Interaction]:
    tags = wanted.tags()
    driven = walk.field is SortField.STARTED_AT and bool(tags) and len(set(tags[0][1])) == 1
    source = InteractionTag if driven else Interaction
    query = select(Interaction)
    if driven:
        kind, ids = tags.pop(0)
        tag = InteractionTag
        same = (col(tag.account_id) == col(Interaction.account_id)) & (col(tag.interaction_id) == col(Interaction.id))
        query = query.join(tag, same).where(col(tag.kind) == kind, col(tag.tag_id) == ids[0])
        query = query.where(col(Interaction.account_id) == actor.account_id)
    query = query.where(*shared_conditions(actor, wanted, source), *own_conditions(wanted))
    query = query.where(*(tagged(actor, kind, ids) for kind, ids in tags))
    number: Any = col(InteractionTag.interaction_id) if driven else col(Interaction.id)
    return _ordered(query, getattr(source, walk.field.value), number, walk, run)


def _ordered(
    query: Select[Interaction], column: ColumnElement[Any], number: ColumnElement[Any], walk: Sort, run: _Run
) -> Select[Interaction]:
    columns = [number] if run.empty else [column, number]
    if walk.field is not SortField.STARTED_AT:
        query = query.where(column.is_(None) if run.empty else column.is_not(None))
    if run.after is not None:
        here, there = tuple_(*columns), tuple_(*(run.after[1:] if run.empty else run.after))
        query = query.where(here < there if walk.descending else here > there)
    return query.order_by(*(one.desc() if walk.descending else one.asc() for one in columns))


async def queues(session: ReadSession, actor: Actor, number: int | None = None) -> Sequence[Queue]:
    """Queues in which the actor may see an interaction, by name; only this one where a number is given."""
    any_of_it = select(col(Interaction.id)).where(visible_to(actor), col(Interaction.queue_id) == col(Queue.id)).exists()
    query = select(Queue).where(col(Queue.account_id) == actor.account_id, any_of_it).order_by(col(Queue.name))
    if number is not None:
        query = query.where(col(Queue.id) == number)
    return (await session.execute(query)).scalars().all()


async def languages(session: ReadSession, actor: Actor) -> list[str]:
    """
    Languages of the interactions that the actor may see. Goes from one to the next along the index: as many steps as there are
    languages, not as many as there are interactions.
    """
    column = col(Interaction.language)
    first = select(func.min(column).label("language")).where(visible_to(actor))
    steps = first.cte("steps", recursive=True)
    further = select(func.min(column)).where(visible_to(actor), column > steps.c.language).scalar_subquery()
    steps = steps.union_all(select(further).where(steps.c.language.is_not(None)))
    return list(await session.scalars(select(steps.c.language).where(steps.c.language.is_not(None)).order_by(steps.c.language)))
