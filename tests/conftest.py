"""Fixtures that every part of the suite shares."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest
from hypothesis import settings
from sqlalchemy.ext.asyncio import AsyncEngine

from backend.db.embedded import EmbeddedPostgres, EmbeddedValkey
from backend.db.session import Database
from backend.infra.keys.fake import FakeKeys
from tests.database import Cluster, RolledBack, rolled_back, start_cluster, superuser_engine
from tests.factory import World, make_account

settings.register_profile("assay", deadline=None)  # a busy machine is no failure
settings.load_profile("assay")


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """An embedded PostgreSQL of this test process, migrated."""
    server = EmbeddedPostgres(tmp_path_factory.mktemp("cluster"), durable=False)
    try:
        yield start_cluster(server)
    finally:
        server.stop()


@pytest.fixture(scope="session")
def shared_database(cluster: Cluster) -> str:
    return cluster.clone()


@pytest.fixture(scope="session")
async def shared_engine(cluster: Cluster, shared_database: str) -> AsyncIterator[AsyncEngine]:
    engine = superuser_engine(cluster, shared_database)
    yield engine
    await engine.dispose()


@pytest.fixture
async def db(shared_engine: AsyncEngine) -> AsyncIterator[RolledBack]:
    """A Database whose every change is gone after the test. For one task at a time."""
    async with rolled_back(shared_engine) as database:
        yield database


@pytest.fixture
def fresh_urls(cluster: Cluster) -> Iterator[dict[str, str]]:
    """The addresses of a migrated database of the test's own, for other processes."""
    name = cluster.clone()
    yield cluster.urls(name)
    cluster.drop(name)


@pytest.fixture
async def fresh_db(fresh_urls: dict[str, str]) -> AsyncIterator[Database]:
    """A migrated database of the test's own, whose commits are real."""
    database = Database.open(fresh_urls["DATABASE_URL"], fresh_urls["DATABASE_SYSTEM_URL"])
    yield database
    await database.close()


@pytest.fixture(scope="session")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an embedded Valkey of this test process."""
    server = EmbeddedValkey(tmp_path_factory.mktemp("valkey"))
    server.start()
    yield server.url
    server.stop()


@pytest.fixture
def keys() -> FakeKeys:
    return FakeKeys()


@pytest.fixture
def new_account(keys: FakeKeys) -> Callable[..., Awaitable[World]]:
    """Makes an account with people in a given Database: `await new_account(db)`."""

    async def make(database: Database, *, analysis: bool = True) -> World:
        return await make_account(database, keys, analysis=analysis)

    return make


@pytest.fixture
async def world(db: RolledBack, keys: FakeKeys) -> World:
    """An account with one person for each default role."""
    return await make_account(db, keys)
