"""How far a running stage is, told to whoever looks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from backend.infra.pubsub.base import PubSub, account_channel
from backend.infra.queue.base import StageTask

_EVERY_S = 0.25


class Progress:
    """Callable from any thread. Whole percents only, at most four a second: a page needs no more."""

    def __init__(self, pubsub: PubSub, task: StageTask) -> None:
        self._pubsub = pubsub
        self._task = task
        self._loop = asyncio.get_running_loop()
        self._sent: set[asyncio.Task[None]] = set()
        self._last = (-1, 0.0)

    @classmethod
    @asynccontextmanager
    async def of(cls, pubsub: PubSub, task: StageTask) -> AsyncIterator[Progress]:
        progress = cls(pubsub, task)
        try:
            yield progress
        finally:
            await asyncio.gather(*progress._sent, return_exceptions=True)

    def __call__(self, share: float) -> None:
        percent, now = round(100 * min(1.0, max(0.0, share))), time.monotonic()
        before, then = self._last
        if percent > before and (now - then >= _EVERY_S or percent == 100):
            self._last = (percent, now)
            self._loop.call_soon_threadsafe(self._send, percent)

    def part(self, start: float, end: float) -> Progress | _Part:
        """A piece of the whole, whose own 0…1 is `start`…`end`."""
        return _Part(self, start, end)

    def _send(self, percent: int) -> None:
        message = {"kind": "progress", "interaction_id": self._task.interaction_id, "percent": percent}
        sending = asyncio.ensure_future(self._pubsub.publish(account_channel(self._task.account_id), message))
        self._sent.add(sending)
        sending.add_done_callback(self._sent.discard)


class _Part:
    def __init__(self, whole: Progress, start: float, end: float) -> None:
        self._whole, self._start, self._end = whole, start, end

    def __call__(self, share: float) -> None:
        self._whole(self._start + (self._end - self._start) * min(1.0, max(0.0, share)))
