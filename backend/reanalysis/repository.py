"""SQL of runs and of their interactions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import BigInteger, ColumnElement, CursorResult, Row, and_, delete, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from backend.analyses.tables import Analysis
from backend.db.session import Session
from backend.interactions.rules import DONE
from backend.interactions.tables import Interaction
from backend.reanalysis.rules import OPEN, RUNNING
from backend.reanalysis.tables import Reanalysis, ReanalysisChange, ReanalysisItem

_SAME = (("account_id", "account_id"), ("reanalysis_id", "id"))


@dataclass(frozen=True, slots=True)
class VersionCount:
    """How many current analyses a version made, by the day of the conversation, in order."""

    analyzer_version: str
    models: dict[str, Any]
    settings: dict[str, Any]
    days: dict[date, int]

    @property
    def interactions(self) -> int:
        return sum(self.days.values())


@dataclass(frozen=True, slots=True)
class Chosen:
    """Interactions of a run: those in these states, and where a change is named, with that change."""

    states: Sequence[str]
    feature: str | None = None
    name: str | None = None


def of(account_id: int, reanalysis_id: int) -> ColumnElement[bool]:
    """The interactions of a run."""
    return and_(col(ReanalysisItem.account_id) == account_id, col(ReanalysisItem.reanalysis_id) == reanalysis_id)


async def run(session: AsyncSession, account_id: int, reanalysis_id: int, *, lock: bool = False) -> Reanalysis | None:
    query = select(Reanalysis).where(col(Reanalysis.account_id) == account_id, col(Reanalysis.id) == reanalysis_id)
    # Only what locks must see what others have just committed, whatever this session read before.
    query = query.with_for_update().execution_options(populate_existing=True) if lock else query
    return (await session.execute(query)).scalar_one_or_none()


async def newest(
    session: AsyncSession, account_id: int, seen: ColumnElement[bool], *, below: int | None, limit: int
) -> Sequence[Reanalysis]:
    query = select(Reanalysis).where(col(Reanalysis.account_id) == account_id, seen)
    if below is not None:
        query = query.where(col(Reanalysis.id) < below)
    return (await session.execute(query.order_by(col(Reanalysis.id).desc()).limit(limit))).scalars().all()


async def is_open(session: AsyncSession, account_id: int, interaction_id: int | None) -> bool:
    """Whether there is an open run of this interaction, or of many where none is given."""
    one = col(Reanalysis.interaction_id)
    same = one.is_(None) if interaction_id is None else one == interaction_id
    query = select(func.count()).where(col(Reanalysis.account_id) == account_id, same, col(Reanalysis.state).in_(OPEN))
    return bool(await session.scalar(query))


async def gather(session: Session, reanalysis_id: int, wanted: Sequence[ColumnElement[bool]]) -> int:
    """Puts the interactions that are wanted and analysed into the run; returns how many."""
    found = select(
        col(Interaction.account_id), literal(reanalysis_id, BigInteger), col(Interaction.id), literal("waiting"), literal(0)
    ).where(
        col(Interaction.account_id) == session.account_id,
        col(Interaction.current_analysis_id).is_not(None),
        col(Interaction.stage) == DONE,
        *wanted,
    )
    names = ["account_id", "reanalysis_id", "interaction_id", "state", "attempts"]
    return _count(await session.execute(insert(ReanalysisItem).from_select(names, found)))


async def claim(session: Session, reanalysis_id: int, *, most: int, now: datetime) -> list[int]:
    """Takes up waiting interactions of the run, the newest first; their ids."""
    here = of(session.account_id, reanalysis_id)
    number = col(ReanalysisItem.interaction_id)
    due = select(number).where(here, col(ReanalysisItem.state) == "waiting").order_by(number.desc()).limit(most).with_for_update()
    statement = update(ReanalysisItem).where(here, number.in_(due)).values(state="working", claimed_at=now).returning(number)
    return list((await session.execute(statement.execution_options(synchronize_session=False))).scalars())


async def working(session: Session, reanalysis_id: int) -> list[int]:
    query = select(col(ReanalysisItem.interaction_id)).where(of(session.account_id, reanalysis_id), col(ReanalysisItem.state) == "working")
    return list((await session.execute(query)).scalars())


async def ids_in(session: Session, reanalysis_id: int, state: str, *, limit: int) -> list[int]:
    """Interactions of a run in this state; none where there are more than `limit`."""
    number, here = col(ReanalysisItem.interaction_id), of(session.account_id, reanalysis_id)
    found = list((await session.execute(select(number).where(here, col(ReanalysisItem.state) == state).limit(limit + 1))).scalars())
    return found if len(found) <= limit else []


async def begin(session: Session, reanalysis_id: int, interaction_id: int, *, now: datetime) -> int:
    """Counts an attempt; returns how many there were with this one, 0 where it is not to be worked on."""
    statement = (
        update(ReanalysisItem)
        .where(of(session.account_id, reanalysis_id), col(ReanalysisItem.interaction_id) == interaction_id)
        .where(col(ReanalysisItem.state) == "working")
        .values(attempts=col(ReanalysisItem.attempts) + 1, claimed_at=now)
        .returning(col(ReanalysisItem.attempts))
    )
    return int(await session.scalar(statement.execution_options(synchronize_session=False)) or 0)


async def end(session: Session, reanalysis_id: int, interaction_id: int, **values: Any) -> bool:
    """Writes what came of one that is being worked on. False where it no longer is."""
    statement = (
        update(ReanalysisItem)
        .where(of(session.account_id, reanalysis_id), col(ReanalysisItem.interaction_id) == interaction_id)
        .where(col(ReanalysisItem.state) == "working")
        .values(**values)
    )
    return bool(_count(await session.execute(statement.execution_options(synchronize_session=False))))


async def running_with(session: AsyncSession, account_id: int, interaction_id: int) -> list[int]:
    """The running runs in which this interaction is being worked on."""
    query = (
        select(col(Reanalysis.id))
        .select_from(Reanalysis)
        .join(ReanalysisItem, and_(*(col(getattr(ReanalysisItem, a)) == col(getattr(Reanalysis, b)) for a, b in _SAME)))
        .where(col(ReanalysisItem.interaction_id) == interaction_id)
        .where(col(Reanalysis.account_id) == account_id, col(Reanalysis.state) == RUNNING, col(ReanalysisItem.state) == "working")
    )
    return list((await session.execute(query.order_by(col(Reanalysis.id)))).scalars())


async def counts(session: AsyncSession, account_id: int, ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """Of each run: how many interactions are in each state."""
    number, state = col(ReanalysisItem.reanalysis_id), col(ReanalysisItem.state)
    query = select(number, state, func.count()).where(col(ReanalysisItem.account_id) == account_id, number.in_(ids))
    found: dict[int, dict[str, int]] = {each: {} for each in ids}
    for run_id, name, count in await session.execute(query.group_by(number, state)):
        found[run_id][name] = count
    return found


async def left(session: AsyncSession, account_id: int, reanalysis_id: int) -> bool:
    """Whether any interaction waits or is worked on."""
    todo = col(ReanalysisItem.state).in_(("waiting", "working"))
    return bool(
        await session.scalar(select(select(col(ReanalysisItem.interaction_id)).where(of(account_id, reanalysis_id), todo).exists()))
    )


async def difference(session: AsyncSession, account_id: int, reanalysis_id: int) -> Sequence[Row[Any]]:
    """By feature and name: interactions, added, removed, changed, and the means before and after where both have a value."""
    each = ReanalysisChange
    both = and_(col(each.before).is_not(None), col(each.after).is_not(None))
    query = select(
        col(each.feature), col(each.name), func.count().label("interactions"), func.sum(col(each.added)).label("added"),
        func.sum(col(each.removed)).label("removed"), func.sum(col(each.changed)).label("changed"),
        func.avg(col(each.before)).filter(both).label("before"), func.avg(col(each.after)).filter(both).label("after"),
    ).where(col(each.account_id) == account_id, col(each.reanalysis_id) == reanalysis_id)  # fmt: skip
    return (await session.execute(query.group_by(col(each.feature), col(each.name)).order_by(func.count().desc(), col(each.name)))).all()


async def changes(session: AsyncSession, account_id: int, reanalysis_id: int, ids: Sequence[int]) -> Sequence[ReanalysisChange]:
    each = ReanalysisChange
    query = select(each).where(col(each.account_id) == account_id, col(each.reanalysis_id) == reanalysis_id)
    query = query.where(col(each.interaction_id).in_(ids)).order_by(col(each.feature), col(each.name))
    return (await session.execute(query)).scalars().all()


async def items(
    session: AsyncSession, account_id: int, reanalysis_id: int, seen: ColumnElement[bool], chosen: Chosen, *, below: int | None, limit: int
) -> Sequence[tuple[ReanalysisItem, Interaction]]:  # fmt: skip
    """Those whose interaction is seen, the newest first."""
    same = and_(col(Interaction.account_id) == col(ReanalysisItem.account_id), col(Interaction.id) == col(ReanalysisItem.interaction_id))
    query = select(ReanalysisItem, Interaction).join(Interaction, same).where(of(account_id, reanalysis_id), seen)
    query = query.where(col(ReanalysisItem.state).in_(chosen.states))
    if chosen.feature is not None or chosen.name is not None:
        query = query.where(_changed(account_id, reanalysis_id, chosen))
    if below is not None:
        query = query.where(col(ReanalysisItem.interaction_id) < below)
    rows = await session.execute(query.order_by(col(ReanalysisItem.interaction_id).desc()).limit(limit))
    return [(item, row) for item, row in rows]


def _changed(account_id: int, reanalysis_id: int, chosen: Chosen) -> ColumnElement[bool]:
    each = ReanalysisChange
    query = select(col(each.interaction_id)).where(col(each.account_id) == account_id, col(each.reanalysis_id) == reanalysis_id)
    for column, value in ((each.feature, chosen.feature), (each.name, chosen.name)):
        query = query.where(col(column) == value) if value is not None else query
    return col(ReanalysisItem.interaction_id).in_(query)


async def open_of(session: AsyncSession, account_id: int, ids: Sequence[int], seen: ColumnElement[bool]) -> list[Reanalysis | None]:
    """For each interaction the open run of it alone."""
    query = select(Reanalysis).where(col(Reanalysis.account_id) == account_id, seen, col(Reanalysis.interaction_id).in_(ids))
    rows = (await session.execute(query.where(col(Reanalysis.state).in_(OPEN)))).scalars()
    found = {row.interaction_id: row for row in rows}
    return [found.get(number) for number in ids]


async def discard(session: Session, reanalysis_id: int, *states: str) -> None:
    """Removes the analyses that a run kept aside for its interactions in these states (all where none is named)."""
    query = select(col(ReanalysisItem.analysis_id)).where(
        of(session.account_id, reanalysis_id), col(ReanalysisItem.analysis_id).is_not(None)
    )
    if states:
        query = query.where(col(ReanalysisItem.state).in_(states))
    await session.execute(delete(Analysis).where(col(Analysis.account_id) == session.account_id, col(Analysis.id).in_(query)))


async def forget(session: Session, reanalysis_id: int) -> None:
    """Removes a run's interactions and what differed; the run itself stays."""
    change = col(ReanalysisChange.account_id) == session.account_id, col(ReanalysisChange.reanalysis_id) == reanalysis_id
    await session.execute(delete(ReanalysisChange).where(*change))
    await session.execute(delete(ReanalysisItem).where(of(session.account_id, reanalysis_id)))


async def versions(session: AsyncSession, seen: ColumnElement[bool], days: Sequence[ColumnElement[bool]]) -> list[VersionCount]:
    """Of the current analyses of these interactions, the newest conversation first."""
    same = and_(col(Interaction.account_id) == col(Analysis.account_id), col(Interaction.current_analysis_id) == col(Analysis.id))
    kinds = (col(Analysis.analyzer_version), col(Analysis.models), col(Analysis.settings))
    day = col(Interaction.day)
    query = select(*kinds, day, func.count()).select_from(Analysis).join(Interaction, same).where(seen, *days)
    found: dict[str, VersionCount] = {}
    for version, models, settings, on, count in await session.execute(query.group_by(*kinds, day).order_by(day)):
        key = json.dumps([version, models, settings], sort_keys=True)
        found.setdefault(key, VersionCount(version, models, settings, {})).days[on] = count
    return sorted(found.values(), key=lambda each: (max(each.days), min(each.days)), reverse=True)


def _count(result: Any) -> int:
    return cast("CursorResult[Any]", result).rowcount
