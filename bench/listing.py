"""Pages of the interactions list through row-level security, against the queries that one would write first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from backend.db.page import encode_cursor
from backend.graphql.connection import Window
from backend.interactions import listing
from backend.interactions.filters import ListFilter
from backend.interactions.listing import Sort, SortField
from backend.interactions.tables import Interaction, InteractionTag
from bench.database import INTERACTIONS, Ground
from bench.measure import Figure, compare_async, cost, same

PAGE, DEEP = 50, INTERACTIONS * 4 // 5
BY_DATE, BY_SENTIMENT = Sort(), Sort(SortField.SENTIMENT_SCORE)


@dataclass(frozen=True, slots=True)
class Case:
    """A page and its naive query: conditions, OFFSET, and no row-level security."""

    what: str
    baseline: str
    wanted: ListFilter
    sort: Sort = BY_DATE
    offset: int = 0
    conditions: tuple[Any, ...] = ()


async def figures(ground: Ground) -> list[Figure]:
    return [await _figure(ground, case) for case in await _cases(ground)]


async def _cases(ground: Ground) -> list[Case]:
    tag, number = InteractionTag, func.count()
    query = select(col(tag.tag_id), number).where(col(tag.account_id) == ground.world.id).group_by(col(tag.tag_id)).order_by(number.desc())
    async with ground.database.reading(ground.world.id) as session:
        tags = [(row.tag_id, row.count) for row in await session.execute(query)]
        agent = await session.scalar(select(col(Interaction.agent_id)).where(col(Interaction.account_id) == ground.world.id).limit(1))
    (common, many), (rare, few) = tags[1], tags[-1]
    of_agent = ListFilter(agents=(agent,))
    by_agent = (col(Interaction.agent_id) == agent,)
    exists_, offset = "EXISTS on the tags, no RLS", f"OFFSET {DEEP}, no RLS"
    return [
        Case("first page by date", "OFFSET 0, no RLS", ListFilter()),
        Case(f"page after row {DEEP}", offset, ListFilter(), offset=DEEP),
        Case("first page of an agent", "OFFSET 0, no RLS", of_agent, conditions=by_agent),
        Case(f"first page of an indicator of {many}", exists_, ListFilter(indicators=(common,)), conditions=_tagged(common)),
        Case(f"first page of an indicator of {few}", exists_, ListFilter(indicators=(rare,)), conditions=_tagged(rare)),
        Case("first page by sentiment", "OFFSET 0, no RLS", ListFilter(), BY_SENTIMENT),
        Case(f"by sentiment after row {DEEP}", offset, ListFilter(), BY_SENTIMENT, offset=DEEP),
        Case(f"indicator of {few} by sentiment", exists_, ListFilter(indicators=(rare,)), BY_SENTIMENT, conditions=_tagged(rare)),
    ]


def _tagged(indicator: int) -> tuple[Any, ...]:
    tag = InteractionTag
    same_row = (col(tag.account_id) == col(Interaction.account_id), col(tag.interaction_id) == col(Interaction.id))
    return (exists().where(*same_row, col(tag.kind) == "indicator", col(tag.tag_id) == indicator),)


async def _figure(ground: Ground, case: Case) -> Figure:
    window = Window(PAGE, await _cursor(ground, case), backward=False)

    async def page() -> list[int]:
        async with ground.database.reading(ground.world.id) as session:
            return [row.id for row in (await listing.page(session, ground.actor, case.wanted, case.sort, window)).rows]

    async def naive() -> list[int]:
        return [row.id for row in await _naive(ground, case, case.offset, PAGE)]

    same(case.what, await page(), await naive())
    return cost(case.what, case.baseline, await compare_async(page, naive, meter=ground.meter, repeat=12))


async def _naive(ground: Ground, case: Case, offset: int, limit: int) -> list[Interaction]:
    column: Any = getattr(Interaction, case.sort.field.value)
    query = select(Interaction).where(col(Interaction.account_id) == ground.world.id, *case.conditions)
    # A date is never missing; to say where missing ones go would keep the index out of it.
    first = column.desc() if case.sort is BY_DATE else column.desc().nulls_last()
    query = query.order_by(first, col(Interaction.id).desc()).offset(offset).limit(limit)
    async with AsyncSession(ground.superuser) as session:
        return list(await session.scalars(query))


async def _cursor(ground: Ground, case: Case) -> str | None:
    """The cursor of the row before the page."""
    if not case.offset:
        return None
    (row,) = await _naive(ground, case, case.offset - 1, 1)
    value = getattr(row, case.sort.field.value)
    return encode_cursor([case.sort.field.value, value.isoformat() if case.sort.field is SortField.STARTED_AT else value, row.id])
