"""Waits until interactions have ended: told by the listeners' channel, and by the table where a message was missed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from sqlalchemy import select
from sqlmodel import col

from backend.infra.pubsub.base import Message, account_channel
from backend.interactions.status import ENDED, status
from backend.interactions.tables import Interaction
from workers.deps import Deps

_POLL_S = 1.0
Shown = Callable[[dict[int, str], Message | None], None]
"""Called with every interaction's status, and the message that woke."""


async def wait_until_ended(deps: Deps, account_id: int, ids: Sequence[int], shown: Shown | None = None) -> dict[int, str]:
    """Every interaction's status once all have ended."""
    async with deps.pubsub.subscribe(account_channel(account_id)) as messages:
        told = aiter(messages)
        message: Message | None = None
        waiting: asyncio.Task[Message] | None = None
        try:
            while True:
                if message is None or message["kind"] != "progress":
                    states = await statuses(deps, account_id, ids)
                if shown is not None:
                    shown(states, message)
                if all(state in ENDED for state in states.values()):
                    return states
                waiting = waiting or asyncio.ensure_future(_next(told))
                done, _ = await asyncio.wait([waiting], timeout=_POLL_S)
                message, waiting = (waiting.result(), None) if done else (None, waiting)
        finally:
            if waiting is not None:
                waiting.cancel()
                await asyncio.gather(waiting, return_exceptions=True)


async def _next(told: object) -> Message:
    message: Message = await anext(told)  # type: ignore[call-overload]
    return message


async def statuses(deps: Deps, account_id: int, ids: Sequence[int]) -> dict[int, str]:
    async with deps.db.reading(account_id) as session:
        query = select(Interaction).where(col(Interaction.account_id) == account_id, col(Interaction.id).in_(list(ids)))
        return {row.id: status(row) for row in (await session.execute(query)).scalars()}
