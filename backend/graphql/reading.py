"""
One read session an operation, behind a lock: GraphQL resolves sibling fields at once, and a session serves one at a time.

Every statement of an operation sees the same snapshot. `renew` lets go of it, so that what follows a commit is read afresh.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from sqlalchemy.exc import SQLAlchemyError

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
            try:
                yield self._session
            except (asyncio.CancelledError, SQLAlchemyError) as error:
                # Broken off within a statement: nothing can be read in that transaction any more, nor can it be ended as if all were well.
                await self._let_go(error)
                raise

    async def renew(self) -> None:
        async with self._lock:
            await self._let_go()

    async def _let_go(self, error: BaseException | None = None) -> None:
        stack, self._stack, self._session = self._stack, None, None
        if stack is not None:
            await stack.__aexit__(type(error) if error else None, error, error.__traceback__ if error else None)
