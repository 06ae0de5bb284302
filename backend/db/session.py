"""
Sessions: one mutation or job is one transaction, and every transaction names its account.

`app.account` is set for the transaction alone; row-level security compares every row with it, under the repositories' own scoping.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

from backend.clock import utc_now
from backend.db.tables import OutboxRow
from backend.events import Event

ReadSession = AsyncSession
Committed = Callable[[int, tuple[Event, ...]], Awaitable[None]]
"""Called after a commit with the account and the events that it wrote."""


class Session(AsyncSession):
    """A transaction that may write. `account_id` is the account that it may touch, `address` where it was asked for, for the audit log."""

    account_id: int
    address: str | None
    events: list[Event]

    def emit(self, event: Event) -> None:
        """Adds the event to the outbox: it is handed on if and only if this transaction commits."""
        self.events.append(event)
        self.add(OutboxRow(account_id=self.account_id, event=event.name, payload=event.payload(), created_at=utc_now()))


def engine_of(url: str, *, pool: int = 10) -> AsyncEngine:
    """An engine whose statements are planned with their values: generic plans cost 3 to 10 times as much on filtered lists."""
    return create_async_engine(
        url,
        pool_size=pool,
        max_overflow=pool,
        pool_pre_ping=True,
        connect_args={"server_settings": {"plan_cache_mode": "force_custom_plan", "application_name": "assay", "jit": "off"}},
    )


async def _set_account(session: AsyncSession, account_id: int) -> None:
    await session.execute(text("SELECT set_config('app.account', :account, true)"), {"account": str(account_id)})


class Database:
    """The application's and the system's way in. Open one a process."""

    def __init__(self, app: AsyncEngine, system: AsyncEngine) -> None:
        self.app = app
        self.system = system
        self._committed: list[Committed] = []

    @classmethod
    def open(cls, app_url: str, system_url: str) -> Database:
        return cls(engine_of(app_url), engine_of(system_url, pool=3))

    async def close(self) -> None:
        await self.app.dispose()
        await self.system.dispose()

    def on_commit(self, hook: Committed) -> None:
        """Runs `hook` after every commit that wrote events: a hint to look at the outbox, never the only way to it."""
        self._committed.append(hook)

    @asynccontextmanager
    async def reading(self, account_id: int) -> AsyncIterator[ReadSession]:
        """A snapshot of one account: every statement sees the same state."""
        async with AsyncSession(self.app, expire_on_commit=False, autoflush=False) as session, session.begin():
            await session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
            await _set_account(session, account_id)
            yield session

    @asynccontextmanager
    async def writing(self, account_id: int, *, address: str | None = None) -> AsyncIterator[Session]:
        """One transaction on one account: commits at the end, leaves nothing behind on an exception. `address` goes to the audit log."""
        async with Session(self.app, expire_on_commit=False) as session:
            session.account_id, session.address, session.events = account_id, address, []
            async with session.begin():
                await _set_account(session, account_id)
                yield session
        await self._after_commit(account_id, tuple(session.events))

    @asynccontextmanager
    async def anonymous(self) -> AsyncIterator[AsyncConnection]:
        """The application's role before an account is known: it sees no row, and may call the doors."""
        async with self.app.connect() as connection:
            yield connection

    @asynccontextmanager
    async def as_system(self) -> AsyncIterator[AsyncConnection]:
        """A transaction of the system role, for `doors` alone."""
        async with self.system.begin() as connection:
            yield connection

    @asynccontextmanager
    async def advisory(self, interaction_id: int) -> AsyncIterator[bool]:
        """
        Holds the interaction on a connection of its own while the block runs; False where another process holds it.

        The server drops the lock with the connection, so a killed worker lets go at once.
        """
        async with self.app.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            held = bool(await connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": interaction_id}))
            try:
                yield held
            finally:
                if held:
                    await connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": interaction_id})

    async def _after_commit(self, account_id: int, events: tuple[Event, ...]) -> None:
        if events:
            for hook in self._committed:
                await hook(account_id, events)


async def next_id(session: AsyncSession, table: str) -> int:
    """The number that the table's next row will bear, for rows that must know it before they are written (their seal names it)."""
    value: Any = await session.scalar(text("SELECT nextval(pg_get_serial_sequence(:table, 'id'))"), {"table": table})
    return int(value)


__all__ = ["Database", "ReadSession", "Session", "engine_of", "next_id"]
