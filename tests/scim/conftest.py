"""The application really running: uvicorn on a port, a migrated PostgreSQL of its own, and a token that was made for SCIM."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import uvicorn

from backend.app import create_app
from backend.authz.actor import Actor
from backend.config import Config
from backend.db.sealed import Sealers
from backend.db.session import Database
from backend.identity import service as identity
from backend.identity.tokens import service as tokens
from backend.identity.tokens.rules import Kind
from backend.identity.tokens.service import NewToken
from backend.infra.keys.fake import FakeKeys
from backend.infra.limiter.fake import FakeLimiter
from backend.infra.object_store.fake import FakeStore
from backend.infra.pubsub.fake import FakePubSub
from backend.infra.queue.fake import FakeQueue
from tests.database import Cluster
from tests.factory import World, make_account

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
BULK = "urn:ietf:params:scim:api:messages:2.0:BulkRequest"


@dataclass
class Directory:
    """What an identity provider sees of one account: an address and a token. Every call answers (status, document)."""

    http: httpx.AsyncClient
    world: World
    token: str

    async def call(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        response = await self.send(method, path, body, **headers)
        return response.status_code, response.json() if response.content else None

    async def send(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        shown = {"authorization": f"Bearer {self.token}", **{name.replace("_", "-"): value for name, value in headers.items()}}
        return await self.http.request(method, f"/scim/v2{path}", json=body, headers=shown)

    async def add_user(self, user_name: str, **more: Any) -> str:
        """A user by userName; returns the id."""
        status, made = await self.call("POST", "/Users", {"schemas": [USER], "userName": user_name, **more})
        assert status == 201, made
        return made["id"]

    async def add_group(self, name: str, *members: str) -> str:
        body = {"schemas": [GROUP], "displayName": name, "members": [{"value": member} for member in members]}
        status, made = await self.call("POST", "/Groups", body)
        assert status == 201, made
        return made["id"]

    async def patch(self, path: str, *operations: dict[str, Any], **headers: str) -> tuple[int, Any]:
        return await self.call("PATCH", path, {"schemas": [PATCH], "Operations": list(operations)}, **headers)


class Server(uvicorn.Server):
    """In a thread of its own, so that clients may block."""

    def install_signal_handlers(self) -> None:
        pass


@dataclass(frozen=True)
class Running:
    """The application at its address, and its database."""

    address: str
    urls: dict[str, str]
    keys: FakeKeys
    limiter: FakeLimiter


async def _served(server: Server, database: Database) -> None:
    await server.serve()
    await database.close()


@pytest.fixture(scope="session")
def running(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Shared by the folder's tests: each works in an account of its own."""
    folder, urls = tmp_path_factory.mktemp("scim"), cluster.urls(cluster.clone())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        config = Config(data=folder / "data", port=free.getsockname()[1])
    made = Running(config.address, urls, FakeKeys(), FakeLimiter())
    database = Database.open(urls["DATABASE_URL"], urls["DATABASE_SYSTEM_URL"])
    app = create_app(config, database, FakeQueue(), FakePubSub(), FakeStore(), made.keys, limiter=made.limiter, frontend=folder)
    server = Server(uvicorn.Config(app, host="127.0.0.1", port=config.port, log_level="warning"))
    thread = threading.Thread(target=asyncio.run, args=(_served(server, database),))
    thread.start()
    until = time.monotonic() + 30
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    assert server.started
    yield made
    server.should_exit = True
    thread.join(20)


@pytest.fixture
async def stored(running: Running) -> AsyncIterator[Database]:
    """The running application's database, to look into."""
    database = Database.open(running.urls["DATABASE_URL"], running.urls["DATABASE_SYSTEM_URL"])
    yield database
    await database.close()


async def make_token(db: Database, keys: FakeKeys, world: World, *, kind: Kind = Kind.SCIM) -> str:
    async with db.reading(world.id) as session:
        admin = await identity.actor_of(session, world.id, world.users["admin"])
    assert isinstance(admin, Actor)
    async with db.writing(world.id) as session:
        scopes = [] if kind is Kind.SCIM else ["read", "account.identity"]
        _, secret = await tokens.create(session, admin, Sealers(keys), NewToken("directory", scopes, 30, kind))
    return secret


@pytest.fixture
async def connect(running: Running, stored: Database) -> AsyncIterator[Callable[[], Awaitable[Directory]]]:
    """`await connect()` is the directory of a new account, over HTTP."""
    async with httpx.AsyncClient(base_url=running.address, timeout=60) as http:

        async def make() -> Directory:
            world = await make_account(stored, running.keys)
            return Directory(http, world, await make_token(stored, running.keys, world))

        yield make


@pytest.fixture
async def directory(connect: Callable[[], Awaitable[Directory]]) -> Directory:
    return await connect()


@pytest.fixture
async def as_admin(running: Running, stored: Database, directory: Directory) -> str:
    """A token of the account's owner, for the API."""
    return await make_token(stored, running.keys, directory.world, kind=Kind.API)
