"""
Runs of re-analysis: begun, paused, resumed, given up, made current.

Whoever decides for the account (account.settings) may have many interactions analysed again, and whoever may run an interaction's stages
again may do so for that one. Every change of a run takes its row first, so that they come one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from backend.audit import service as audit
from backend.authz.actions import AccountAction, Action
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.db.session import ReadSession, Session
from backend.errors import Conflict, InvalidInput, NotFound
from backend.events import InteractionChanged, StageReady
from backend.interactions.filters import ListFilter, own_conditions, shared_conditions, tagged
from backend.interactions.rules import DONE
from backend.interactions.tables import Interaction
from backend.interactions.visibility import visible_to
from backend.reanalysis import repository
from backend.reanalysis.flip import flip
from backend.reanalysis.rules import APPLIED, AT_A_TIME, CANCELLED, MOST_CHOSEN, PAUSED, READY, RUNNING, STAGE, Wanted, require_state
from backend.reanalysis.tables import Reanalysis
from backend.settings.rules import language_refusal
from backend.settings.service import require_analysis

_MANY = AccountAction.SETTINGS_EDIT
_TOLD_ONE_BY_ONE = 200
"""Changed interactions of which lists that are open hear at once; after more they are read afresh."""


async def start(session: Session, actor: Actor, wanted: Wanted) -> Reanalysis:
    """
    Begins a run. Raises AnalysisOff, NotPermitted, NotFound, Conflict where one is open already, and InvalidInput where there is nothing
    to analyse again.
    """
    conditions = await _one(session, actor, wanted) if wanted.interaction_id is not None else _many(actor, wanted)
    await require_analysis(session, actor.account_id)
    if await repository.is_open(session, actor.account_id, wanted.interaction_id):
        raise Conflict("There is a run that is neither current nor discarded: finish or discard it first.")
    row = Reanalysis(
        account_id=actor.account_id, state=RUNNING, interaction_id=wanted.interaction_id, first_day=wanted.filter.first_day,
        last_day=wanted.filter.last_day, filtered=wanted.filtered, started_by=actor.user_id, started_at=utc_now(),
    )  # fmt: skip
    session.add(row)
    await session.flush()
    row.total = await repository.gather(session, row.id, conditions)
    if row.total == 0:
        raise InvalidInput("No interaction that is analysed fits this.", pointer="/input")
    await top_up(session, row.id)
    _record(session, actor, "start", row, interactions=row.total)
    return row


async def _one(session: Session, actor: Actor, wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    actor.require(Action.INTERACTION_RETRY)
    mine = (visible_to(actor, Action.INTERACTION_RETRY), col(Interaction.id) == wanted.interaction_id)
    row = (await session.execute(select(Interaction).where(*mine))).scalar_one_or_none()
    if row is None:
        raise NotFound("There is no such interaction.")
    settings = await require_analysis(session, actor.account_id)
    refusal = language_refusal(row.language, settings.languages_off)
    if refusal is not None:
        raise InvalidInput(refusal, pointer="/input/interactionId", value=row.language)
    if row.current_analysis_id is None or row.stage != DONE:
        message = "This interaction has no finished analysis that a new one could be compared with."
        raise InvalidInput(message, pointer="/input/interactionId")
    return mine


def _many(actor: Actor, wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    """Days ask nothing about what was said; everything else is asked of the interactions that the actor sees."""
    actor.require_account(_MANY)
    chosen = wanted.filter
    if wanted.chosen is not None:
        actor.require(Action.INTERACTION_READ)
        if len(wanted.chosen) > MOST_CHOSEN:
            raise InvalidInput(f"At most {MOST_CHOSEN:,} interactions can be named; use a filter.", pointer="/input/interactionIds")
        return [visible_to(actor), col(Interaction.id).in_(wanted.chosen)]
    if wanted.filtered:
        actor.require(Action.INTERACTION_READ)
        tags = [tagged(actor, kind, ids) for kind, ids in chosen.tags()]
        return [*shared_conditions(actor, chosen, Interaction), *own_conditions(chosen), *tags]
    return days(chosen)


def days(chosen: ListFilter) -> list[ColumnElement[bool]]:
    day, first, last = col(Interaction.day), chosen.first_day, chosen.last_day
    return [*([day >= first] if first else []), *([day <= last] if last else [])]


async def pause(session: Session, actor: Actor, reanalysis_id: int) -> Reanalysis:
    """What is being worked on is finished; nothing further is begun."""
    row = await _take(session, actor, reanalysis_id, "pause")
    row.state = PAUSED
    return row


async def resume(session: Session, actor: Actor, reanalysis_id: int) -> Reanalysis:
    await require_analysis(session, actor.account_id)
    row = await _take(session, actor, reanalysis_id, "resume")
    row.state, row.reason = RUNNING, None
    await session.flush()
    for number in await repository.working(session, row.id):
        session.emit(StageReady(number, STAGE))
    await go_on(session, row)
    return row


async def cancel(session: Session, actor: Actor, reanalysis_id: int) -> Reanalysis:
    """Discards everything that the run has kept aside; what is current stays."""
    row = await _take(session, actor, reanalysis_id, "cancel")
    row.state, row.ended_at = CANCELLED, utc_now()
    await repository.discard(session, row.id)
    await repository.forget(session, row.id)
    return row


async def apply(session: Session, actor: Actor, reanalysis_id: int) -> Reanalysis:
    """Makes the new analyses current, all at once; where another became current meanwhile, that one stays."""
    row = await _take(session, actor, reanalysis_id, "apply", record=False)
    row.state, row.ended_at = APPLIED, utc_now()
    await session.flush()
    followed = await flip(session, row.id)
    _record(session, actor, "apply", row, interactions=followed)
    for number in await repository.ids_in(session, row.id, "current", limit=_TOLD_ONE_BY_ONE):
        session.emit(InteractionChanged(number))
    return row


async def go_on(session: Session, row: Reanalysis) -> None:
    """Takes the next interactions up; a run with nothing left is ready. The caller holds its row."""
    if row.state == RUNNING:
        await top_up(session, row.id)
    if row.state in (RUNNING, PAUSED) and not await repository.left(session, session.account_id, row.id):
        row.state, row.finished_at = READY, utc_now()


async def top_up(session: Session, reanalysis_id: int) -> None:
    free = AT_A_TIME - len(await repository.working(session, reanalysis_id))
    for number in await repository.claim(session, reanalysis_id, most=free, now=utc_now()) if free > 0 else []:
        session.emit(StageReady(number, STAGE))


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """The runs that an actor may see: all for those who decide for the account, else those of one interaction that they may run again."""
    account = col(Reanalysis.account_id) == actor.account_id
    mine = select(col(Interaction.id)).where(visible_to(actor, Action.INTERACTION_RETRY))
    one = col(Reanalysis.interaction_id).in_(mine)
    return and_(account, or_(col(Reanalysis.interaction_id).is_(None), one) if actor.may(_MANY) else one)


async def visible(session: ReadSession, actor: Actor, reanalysis_id: int) -> Reanalysis | None:
    this = and_(seen_by(actor), col(Reanalysis.id) == reanalysis_id)
    found = await repository.newest(session, actor.account_id, this, below=None, limit=1)
    return found[0] if found else None


async def _take(session: Session, actor: Actor, reanalysis_id: int, doing: str, *, record: bool = True) -> Reanalysis:
    """The run, held, if the actor may do this to it and its state allows it."""
    if not actor.may(_MANY):
        actor.require(Action.INTERACTION_RETRY)
    row = await _held(session, actor, reanalysis_id)
    require_state(row.state, doing)
    if record:
        _record(session, actor, doing, row)
    session.add(row)
    return row


async def _held(session: AsyncSession, actor: Actor, reanalysis_id: int) -> Reanalysis:
    known = await visible(session, actor, reanalysis_id)
    row = await repository.run(session, actor.account_id, reanalysis_id, lock=True) if known else None
    if row is None:
        raise NotFound("There is no such run.")
    return row


def _record(session: Session, actor: Actor, doing: str, row: Reanalysis, **detail: Any) -> None:
    audit.record(session, actor, f"reanalysis.{doing}", "Reanalysis", row.id, detail=detail)
