"""Messages through Valkey, between all processes of the installation."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from redis.asyncio import Redis

from backend.infra.pubsub.base import Message

_PREFIX = "assay:"


class ValkeyPubSub:
    """Each subscription holds a connection of its own."""

    def __init__(self, url: str) -> None:
        self._redis: Any = Redis.from_url(url)

    async def publish(self, channel: str, message: Message) -> None:
        await self._redis.publish(_PREFIX + channel, json.dumps(message))

    @asynccontextmanager
    async def subscribe(self, channel: str) -> AsyncIterator[AsyncIterator[Message]]:
        listener: Any = self._redis.pubsub(ignore_subscribe_messages=False)
        try:
            await listener.subscribe(_PREFIX + channel)
            await _confirmed(listener)
            yield _messages(listener)
        finally:
            await listener.aclose()

    async def close(self) -> None:
        await self._redis.aclose()


async def _confirmed(listener: Any) -> None:
    """Waits for the server's answer: from then on nothing is missed."""
    while True:
        answer = await listener.get_message(timeout=None)
        if answer is not None and answer["type"] == "subscribe":
            return


async def _messages(listener: Any) -> AsyncIterator[Message]:
    while True:
        answer = await listener.get_message(timeout=None)
        if answer is not None and answer["type"] == "message":
            yield json.loads(answer["data"])
