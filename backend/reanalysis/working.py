"""
What a worker does to one interaction of a run: takes it up, keeps what came of it, goes on to the next.

A run's row is held while this is written, so that a pause or the end of the run is never missed: what a run that has ended meanwhile would
have got is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.analyses.service import Kept
from backend.clock import utc_now
from backend.db.session import Session
from backend.interactions import repository as interactions
from backend.interactions.rules import DONE, MOST_ATTEMPTS
from backend.interactions.tables import Interaction
from backend.reanalysis import repository
from backend.reanalysis.difference import Change
from backend.reanalysis.rules import PAUSED, RUNNING
from backend.reanalysis.service import go_on
from backend.reanalysis.tables import Reanalysis, ReanalysisChange

REPEATED = "It was interrupted {times} times, so it is not begun again. Look at the worker's log."
MOVED = "It is being analysed anyway, with what is decided now."


@dataclass(frozen=True, slots=True)
class Outcome:
    """`kept` None: the new analysis is the same in everything, version and settings included."""

    base_analysis_id: int
    kept: Kept | None
    changes: list[Change]


async def begin(session: Session, reanalysis_id: int, interaction_id: int) -> Interaction | None:
    """Takes it up. None where there is nothing to do: the run does not go on, or the interaction was begun too often or has moved on."""
    run = await repository.run(session, session.account_id, reanalysis_id, lock=True)
    if run is None or run.state != RUNNING:
        return None
    attempts = await repository.begin(session, reanalysis_id, interaction_id, now=utc_now())
    row = await interactions.interaction(session, session.account_id, interaction_id)
    if attempts == 0 or row is None:
        return None
    if attempts > MOST_ATTEMPTS:
        await _end(session, run, interaction_id, "failed", REPEATED.format(times=attempts - 1))
    elif row.stage != DONE or row.current_analysis_id is None:
        await _end(session, run, interaction_id, "skipped", MOVED)
    else:
        return row
    return None


async def going(session: Session, reanalysis_id: int) -> Reanalysis | None:
    """The run, held, if what is worked on still counts. First statement of keeping anything."""
    run = await repository.run(session, session.account_id, reanalysis_id, lock=True)
    return run if run is not None and run.state in (RUNNING, PAUSED) else None


async def keep(session: Session, run: Reanalysis, interaction_id: int, outcome: Outcome) -> None:
    kept = outcome.kept
    values = {"base_analysis_id": outcome.base_analysis_id, "analysis_id": kept and kept.analysis_id}
    findings = kept.findings.document() if kept else None
    state = "analysed" if kept else "same"
    if not await repository.end(session, run.id, interaction_id, state=state, findings=findings, reason=None, **values):
        raise LookupError(f"interaction {interaction_id} of run {run.id} is no longer worked on")
    place = {"account_id": session.account_id, "reanalysis_id": run.id, "interaction_id": interaction_id}
    session.add_all(
        ReanalysisChange(
            feature=each.feature, name=each.name, added=each.added, removed=each.removed, changed=each.changed,
            before=each.before, after=each.after, **place,
        )
        for each in outcome.changes
    )  # fmt: skip
    await session.flush()
    await go_on(session, run)


async def give_up(session: Session, reanalysis_id: int, interaction_id: int, state: str, reason: str) -> None:
    """`state`: skipped or failed."""
    run = await going(session, reanalysis_id)
    if run is not None:
        await _end(session, run, interaction_id, state, reason)


async def stop(session: Session, reanalysis_id: int, reason: str) -> None:
    """The account wants no analyses any more: the run pauses until somebody resumes it, and says why."""
    run = await going(session, reanalysis_id)
    if run is not None:
        run.state, run.reason = PAUSED, reason


async def _end(session: Session, run: Reanalysis, interaction_id: int, state: str, reason: str) -> None:
    if await repository.end(session, run.id, interaction_id, state=state, reason=reason):
        await go_on(session, run)
