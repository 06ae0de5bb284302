"""
The worker process: runs stages, hands the outbox on, sweeps.

It may be killed at any moment. What it held is taken up again by the sweeper of the next one.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import Callable
from typing import Any

from arq.worker import Worker, func

from backend.config import Config
from backend.db import doors
from backend.identity.scim.deciding import STAGE as DECIDE
from backend.infra.queue.arq import ALIVE_S, SPEECH, SPEECH_ALIVE, STAGES, WORKER_ALIVE, ArqQueue, redis_settings
from backend.infra.queue.base import StageTask
from backend.interactions import service
from backend.interactions.rules import STAGES as STAGE_NAMES
from backend.reanalysis.rules import STAGE as REANALYSE
from backend.topics.translation import STAGE as TRANSLATE
from workers.deps import Deps, opened
from workers.jobs import STAGES as JOBS
from workers.jobs.decide_again import decide_again
from workers.jobs.reanalyse import reanalyse
from workers.jobs.translate_topics import keep_translating, translate_topics
from workers.outbox import dispatch, sweep
from workers.parts import Addresses
from workers.retention import retain
from workers.runner import run_stage
from workers.sound import clear_scratch

LONGEST_S = 6 * 3_600
_BESIDE_STAGES = {REANALYSE: reanalyse, TRANSLATE: translate_topics, DECIDE: decide_again}
log = logging.getLogger(__name__)


async def work(config: Config, addresses: Addresses, *, speech: bool = False, parent: int | None = None) -> None:
    """Works until SIGTERM or SIGINT, or until the process `parent` is gone."""
    clear_scratch(config)
    async with opened(config, addresses) as deps:
        stop = stopping(parent)
        await transcribe_again(deps)
        loops = [asyncio.create_task(loop) for loop in _loops(deps, speech)]
        worker = _arq(deps, SPEECH if speech else STAGES)
        running = asyncio.create_task(worker.main())
        loops.append(asyncio.create_task(_alive(deps, SPEECH_ALIVE if speech else WORKER_ALIVE)))
        log.info("working on %s", ", ".join(STAGE_NAMES))
        try:
            await asyncio.wait([running, asyncio.create_task(stop.wait())], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for loop in loops:
                loop.cancel()
            running.cancel()
            await asyncio.gather(*loops, running, return_exceptions=True)
            await worker.close()


def _loops(deps: Deps, speech: bool) -> list[Any]:
    if speech:
        return []
    return [
        dispatch(deps.db, deps.queue, deps.pubsub), sweep(deps.db, deps.queue, every_s=deps.config.sweep_s), retain(deps),
        keep_translating(deps),
    ]  # fmt: skip


def _arq(deps: Deps, queue_name: str) -> Worker:
    async def stage(context: dict[str, Any], account_id: int, interaction_id: int, name: str) -> bool:
        task = StageTask(account_id, interaction_id, name)
        other = _BESIDE_STAGES.get(name)
        return await (other(deps, task) if other else run_stage(deps, JOBS, task))

    coroutine: Any = stage
    return Worker(
        functions=[func(coroutine, name="run_stage", keep_result=0, timeout=LONGEST_S, max_tries=5)],
        queue_name=queue_name,
        redis_settings=redis_settings(deps.queue.url if isinstance(deps.queue, ArqQueue) else ""),
        max_jobs=deps.config.worker_jobs,
        # Tasks of killed workers stay in the queue until their time-out; they must not hide the others.
        queue_read_limit=2_000,
        poll_delay=0.2,
        health_check_interval=3_600,
        handle_signals=False,
    )


async def _alive(deps: Deps, key: str) -> None:
    queue = deps.queue
    assert isinstance(queue, ArqQueue)
    try:
        while True:
            with contextlib.suppress(OSError):
                await queue.alive(key)
            await asyncio.sleep(ALIVE_S / 3)
    finally:
        await queue.gone(key)


def stopping(parent: int | None) -> asyncio.Event:
    """Set by SIGTERM or SIGINT, or when the parent is gone: a worker must not outlive the servers that it works with."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if parent is not None:
        _watch(loop, stop.set, parent)
    return stop


def _watch(loop: asyncio.AbstractEventLoop, gone: Callable[[], None], parent: int) -> None:
    if os.getppid() == parent:
        loop.call_later(0.5, _watch, loop, gone, parent)
    else:
        gone()


async def transcribe_again(deps: Deps) -> int:
    """Takes up conversations that were analysed without words and whose language has a model now; returns how many."""
    languages = sorted(deps.engines.recognizer.languages())
    if not languages:
        return 0
    found = 0
    for account_id in await doors.accounts(deps.db):
        async with deps.db.writing(account_id) as session:
            found += len(await service.transcribe_again(session, languages))
    return found
