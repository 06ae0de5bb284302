"""
From the outbox to queue and listeners, and the sweeper that finds what a crash left behind.

Both may run in every worker: an outbox row is handed on by one of them, and a task that is enqueued twice runs once.
"""

from __future__ import annotations

import asyncio
import logging

from backend.db import doors
from backend.db.session import Database
from backend.events import Event, InteractionChanged, InteractionCreated, RulesSaved, StageReady, TopicWritten, read_event
from backend.identity.scim.deciding import STAGE as DECIDE
from backend.infra.pubsub.base import OUTBOX, PubSub, account_channel
from backend.infra.queue.base import StageQueue, StageTask
from backend.reanalysis.rules import STAGE as REANALYSE
from backend.topics.translation import STAGE as TRANSLATE

_BATCH = 200
_POLL_S = 1.0
log = logging.getLogger(__name__)


async def hand_on(db: Database, queue: StageQueue, pubsub: PubSub) -> int:
    """Hands one batch of events on; returns how many. What fails stays in the outbox."""
    async with doors.taking_outbox(db, _BATCH) as items:
        for item in items:
            try:
                event = read_event(item.event, item.payload)
            except KeyError:
                log.warning("the outbox holds an event %s that this version does not know", item.event)
                continue
            await _handle(queue, pubsub, item.account_id, event)
        return len(items)


async def _handle(queue: StageQueue, pubsub: PubSub, account_id: int, event: Event) -> None:
    if isinstance(event, StageReady):
        await queue.enqueue(StageTask(account_id, event.interaction_id, event.stage))
    elif isinstance(event, TopicWritten):
        await queue.enqueue(StageTask(account_id, event.topic_id, TRANSLATE))
    elif isinstance(event, RulesSaved):
        await queue.enqueue(StageTask(account_id, 0, DECIDE))
    elif isinstance(event, InteractionCreated | InteractionChanged):
        kind = "created" if isinstance(event, InteractionCreated) else "updated"
        await pubsub.publish(account_channel(account_id), {"kind": kind, "interaction_id": event.interaction_id})


async def dispatch(db: Database, queue: StageQueue, pubsub: PubSub) -> None:
    """Hands events on until cancelled: at once when a process says that it wrote some, else every second."""
    woken = asyncio.Event()
    listening = asyncio.create_task(_listen(pubsub, woken))
    try:
        while True:
            woken.clear()
            try:
                while await hand_on(db, queue, pubsub) == _BATCH:
                    pass
            except Exception:
                log.exception("the outbox could not be handed on; trying again")
                await asyncio.sleep(_POLL_S)
            try:
                await asyncio.wait_for(woken.wait(), _POLL_S)
            except TimeoutError:
                continue
    finally:
        listening.cancel()


async def _listen(pubsub: PubSub, woken: asyncio.Event) -> None:
    while True:
        try:
            async with pubsub.subscribe(OUTBOX) as messages:
                async for _ in messages:
                    woken.set()
        except Exception:
            log.warning("the message server is away; the outbox is read every second meanwhile")
            await asyncio.sleep(_POLL_S)


async def sweep_once(db: Database, queue: StageQueue, *, idle_s: float) -> int:
    """Enqueues stages, re-analyses and decisions that are due and that nobody works on; returns how many were new to the queue."""
    found = await doors.unfinished(db, idle_s=idle_s, limit=_BATCH)
    tasks = [StageTask(each.account_id, each.interaction_id, each.stage) for each in found]
    tasks += [StageTask(*each, REANALYSE) for each in await doors.reanalysing(db, idle_s=idle_s, limit=_BATCH)]
    tasks += [StageTask(account_id, 0, DECIDE) for account_id in await doors.deciding(db, idle_s=idle_s, limit=_BATCH)]
    return sum([await queue.enqueue(task) for task in tasks])


async def sweep(db: Database, queue: StageQueue, *, every_s: float) -> None:
    while True:
        await asyncio.sleep(every_s)
        try:
            await sweep_once(db, queue, idle_s=every_s)
        except Exception:
            log.exception("the sweep failed; trying again in %g s", every_s)
