"""
One read session an operation, behind a lock: GraphQL resolves sibling fields at once, and a session serves one at a time.

Every statement of an operation sees the same snapshot. `renew` lets go of it, so that what follows a commit is read afresh.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from backend.db.session import Database, ReadSession


class Reading:
    """Opens its session with the first use, and holds a connection only from then to `renew`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = asyncio.Lock()
        self._stack: AsyncExitStack | None = None
        self._session: ReadSession | None = None

    @asynccontextmanager
    async def of(self, account_id: int) -> AsyncIterator[ReadSession]:
        async with self._lock:
            if self._session is None:
                self._stack = AsyncExitStack()
                self._session = await self._stack.enter_async_context(self._database.reading(account_id))
            yield self._session

    async def renew(self) -> None:
        async with self._lock:
            stack, self._stack, self._session = self._stack, None, None
            if stack is not None:
                await stack.aclose()
