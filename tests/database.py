"""A migrated PostgreSQL for tests: one cluster a test process, one transaction a test, or a database of one's own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

from backend.db.embedded import EmbeddedPostgres
from backend.db.migrate import migrate
from backend.db.session import Database, Session

_numbers = count(1)
_BECOME = text("SELECT set_config('role', :role, true), set_config('app.account', :account, true)")


@dataclass(frozen=True)
class Cluster:
    """`template` is migrated and never connected to; everything else is a copy of it."""

    server: EmbeddedPostgres

    def clone(self) -> str:
        name = f"assay_{next(_numbers)}"
        self.server.run_sql(f"CREATE DATABASE {name} TEMPLATE assay OWNER assay_owner")
        return name

    def drop(self, name: str) -> None:
        self.server.run_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def urls(self, name: str) -> dict[str, str]:
        """The three addresses of a database, under the names of their settings."""
        return {
            "DATABASE_URL": self.server.url("assay_app", name),
            "DATABASE_OWNER_URL": self.server.url("assay_owner", name),
            "DATABASE_SYSTEM_URL": self.server.url("assay_system", name),
        }


def start_cluster(server: EmbeddedPostgres) -> Cluster:
    server.start()
    asyncio.run(migrate(server.url("assay_owner")))
    return Cluster(server)


class RolledBack(Database):
    """
    A Database whose sessions are savepoints of one transaction that never commits. It logs in as superuser and takes each role for each
    session, so row-level security holds as in production. For one task at a time; tests of several processes or tasks clone a database.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection
        self.app = self.system = connection.engine
        self._committed = []

    async def close(self) -> None:
        pass

    async def _become(self, session: AsyncSession | AsyncConnection, role: str, account_id: int | None) -> None:
        await session.execute(_BECOME, {"role": role, "account": "" if account_id is None else str(account_id)})

    @asynccontextmanager
    async def reading(self, account_id: int) -> AsyncIterator[AsyncSession]:
        async with AsyncSession(
            self.connection, join_transaction_mode="create_savepoint", expire_on_commit=False, autoflush=False
        ) as session:
            await self._become(session, "assay_app", account_id)
            yield session
            await session.commit()

    @asynccontextmanager
    async def writing(self, account_id: int, *, address: str | None = None) -> AsyncIterator[Session]:
        async with Session(self.connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            session.account_id, session.address, session.events = account_id, address, []
            async with session.begin():
                await self._become(session, "assay_app", account_id)
                yield session
        await self._after_commit(account_id, tuple(session.events))

    @asynccontextmanager
    async def anonymous(self) -> AsyncIterator[AsyncConnection]:
        async with self.connection.begin_nested():
            await self._become(self.connection, "assay_app", None)
            yield self.connection

    @asynccontextmanager
    async def as_system(self) -> AsyncIterator[AsyncConnection]:
        async with self.connection.begin_nested():
            await self._become(self.connection, "assay_system", None)
            yield self.connection


@asynccontextmanager
async def rolled_back(engine: AsyncEngine) -> AsyncIterator[RolledBack]:
    async with engine.connect() as connection:
        await connection.begin()
        yield RolledBack(connection)
        await connection.rollback()


def superuser_engine(cluster: Cluster, name: str) -> AsyncEngine:
    """For `rolled_back`. Worth keeping: it remembers the compiled statements, its connections the prepared ones."""
    return create_async_engine(
        cluster.server.url("postgres", name), query_cache_size=2000, connect_args={"prepared_statement_cache_size": 1000}
    )
