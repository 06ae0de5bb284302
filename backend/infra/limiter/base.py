"""The port: counters that forget themselves."""

from __future__ import annotations

from typing import Protocol


class Limiter(Protocol):
    async def take(self, key: str, *, limit: int, window_s: int) -> int | None:
        """Counts one attempt. None where it is within `limit` a window, else the seconds until the next is accepted."""
        ...

    async def forget(self, key: str) -> None:
        """Starts the count again."""
        ...
