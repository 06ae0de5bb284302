"""Messages inside this process, for tests."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from backend.infra.pubsub.base import Message


class FakePubSub:
    """`sent` keeps every message with its channel."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, Message]] = []
        self._listeners: dict[str, list[asyncio.Queue[Message]]] = defaultdict(list)

    async def publish(self, channel: str, message: Message) -> None:
        self.sent.append((channel, message))
        for listener in self._listeners[channel]:
            listener.put_nowait(message)

    @asynccontextmanager
    async def subscribe(self, channel: str) -> AsyncIterator[AsyncIterator[Message]]:
        inbox: asyncio.Queue[Message] = asyncio.Queue()
        self._listeners[channel].append(inbox)
        try:
            yield _messages(inbox)
        finally:
            self._listeners[channel].remove(inbox)

    async def close(self) -> None:
        pass


async def _messages(inbox: asyncio.Queue[Message]) -> AsyncIterator[Message]:
    while True:
        yield await inbox.get()
