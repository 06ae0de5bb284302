"""The port: small messages of ids and numbers to whoever listens at this moment."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

Message = dict[str, Any]

OUTBOX = "outbox"
"""The channel on which a process says that the outbox holds something."""


def account_channel(account_id: int) -> str:
    """Where an account's changes are told: `{"kind": created|updated|progress, "interaction_id", "percent"}`."""
    return f"account:{account_id}"


class PubSub(Protocol):
    async def publish(self, channel: str, message: Message) -> None: ...

    def subscribe(self, channel: str) -> AbstractAsyncContextManager[AsyncIterator[Message]]:
        """The messages of a channel from the moment the context is entered."""
        ...

    async def close(self) -> None: ...
