"""
One stage of one interaction, from taking it up to saving it.

A stage computes outside any transaction and hands back how to save; that runs in one transaction whose first statement moves the
interaction on. Whoever finds it moved already leaves nothing. While it works, the worker holds the interaction's advisory lock, which a
killed process loses at once; so a stage is done once, however often it is begun.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from backend.db.session import Session
from backend.errors import AssayError
from backend.infra.queue.base import StageTask
from backend.interactions import repository, service
from backend.interactions.rules import MOST_ATTEMPTS, next_stage
from backend.interactions.tables import Interaction
from workers.deps import Deps
from workers.progress import Progress

log = logging.getLogger(__name__)

Save = Callable[[Session], Awaitable[None]]
"""Writes what a stage found; called once, in the transaction that moves the interaction on."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a stage is given: the interaction as it was when the stage began."""

    deps: Deps
    row: Interaction
    progress: Progress

    @property
    def account_id(self) -> int:
        return self.row.account_id


Stage = Callable[[Work], Awaitable[Save]]


async def run_stage(deps: Deps, stages: dict[str, Stage], task: StageTask) -> bool:
    """Runs the task if it is due and free. True where this call finished the stage."""
    await deps.queue.started(task)
    async with deps.db.advisory(task.interaction_id) as held:
        if not held:
            return False
        async with deps.db.writing(task.account_id) as session:
            row = await service.begin(session, task.interaction_id, task.stage)
        return row is not None and await _run(deps, stages, task, row)


async def _run(deps: Deps, stages: dict[str, Stage], task: StageTask, row: Interaction) -> bool:
    try:
        async with Progress.of(deps.pubsub, task) as progress:
            save = await stages[task.stage](Work(deps, row, progress))
        async with deps.db.writing(task.account_id) as session:
            await service.advance(session, task.interaction_id, task.stage, next_stage(task.stage))
            await save(session)
            repository.note(session, task.interaction_id, "stage_done", stage=task.stage)
    except service.Superseded:
        return False
    except service.NotAnalysed as error:
        async with deps.db.writing(task.account_id) as session:
            await service.leave(session, task.interaction_id, task.stage, error.message)
        return False
    except AssayError as error:
        await _fail(deps, task, error.message)
        return False
    except Exception:
        await _stumble(deps, task, attempt=row.attempts + 1)
        return False
    return True


async def _stumble(deps: Deps, task: StageTask, *, attempt: int) -> None:
    """An error that nobody expected: the sweeper begins the stage again, until it has been tried often enough."""
    number = secrets.token_hex(4)
    log.exception("%s of interaction %d went wrong, attempt %d (%s)", task.stage, task.interaction_id, attempt, number)
    if attempt >= MOST_ATTEMPTS:
        await _fail(
            deps, task, f"The stage {task.stage} went wrong {attempt} times for a reason that only the worker's log knows ({number})."
        )


async def _fail(deps: Deps, task: StageTask, reason: str) -> None:
    async with deps.db.writing(task.account_id) as session:
        await service.fail(session, task.interaction_id, task.stage, reason)
