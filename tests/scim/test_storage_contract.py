"""Our storage against the library's contract: among it every filter and order, compared with the library's own evaluation in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from scim2_server.testing import AsyncScimStorageContract, BlockingStorage

from backend.authz.actor import Actor
from backend.db.session import Database
from backend.identity.scim.provider import PROVIDER
from backend.identity.scim.storage import PostgresStorage
from backend.infra.keys.fake import FakeKeys
from tests.database import Cluster
from tests.factory import make_account


@pytest.fixture(scope="module")
def opened(cluster: Cluster) -> Iterator[tuple[asyncio.Runner, Database]]:
    """A database and the one event loop in which it is used."""
    name = cluster.clone()
    urls = cluster.urls(name)
    with asyncio.Runner() as runner:
        database = Database.open(urls["DATABASE_URL"], urls["DATABASE_SYSTEM_URL"])
        yield runner, database
        runner.run(database.close())
    cluster.drop(name)


class TestPostgresStorage(AsyncScimStorageContract):
    @pytest.fixture
    def provider(self):
        return PROVIDER

    @pytest.fixture
    def storage(self, opened: tuple[asyncio.Runner, Database]) -> BlockingStorage:
        """An account of its own for each test."""
        runner, database = opened
        world = runner.run(make_account(database, FakeKeys()))
        return BlockingStorage(PostgresStorage(database, Actor(world.id, None, account_role="admin")), runner)
