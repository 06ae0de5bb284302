"""The application really running: uvicorn on a port, a migrated PostgreSQL of its own, and a token that was made for SCIM."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
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

    async def add_user(self, name: str, **more: Any) -> str:
        """A user by userName; returns the id."""
        status, made = await self.call("POST", "/Users", {"schemas": [USER], "userName": name, **more})
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


@pytest.fixture
def scim_config(tmp_path: Path) -> Config:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return Config(data=tmp_path / "data", port=port)


@pytest.fixture
def limiter() -> FakeLimiter:
    return FakeLimiter()


async def _served(server: Server, database: Database) -> None:
    await server.serve()
    await database.close()


@pytest.fixture
def address(fresh_urls: dict[str, str], scim_config: Config, keys: FakeKeys, limiter: FakeLimiter, tmp_path: Path) -> Iterator[str]:
    """The address of the application, which runs while the test does."""
    (tmp_path / "dist").mkdir()
    database = Database.open(fresh_urls["DATABASE_URL"], fresh_urls["DATABASE_SYSTEM_URL"])
    app = create_app(scim_config, database, FakeQueue(), FakePubSub(), FakeStore(), keys, limiter=limiter, frontend=tmp_path / "dist")
    server = Server(uvicorn.Config(app, host="127.0.0.1", port=scim_config.port, log_level="warning"))
    thread = threading.Thread(target=asyncio.run, args=(_served(server, database),))
    thread.start()
    until = time.monotonic() + 30
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    assert server.started
    yield scim_config.address
    server.should_exit = True
    thread.join(20)


async def make_token(db: Database, keys: FakeKeys, world: World, *, kind: Kind = Kind.SCIM) -> str:
    async with db.reading(world.id) as session:
        admin = await identity.actor_of(session, world.id, world.users["admin"])
    assert isinstance(admin, Actor)
    async with db.writing(world.id) as session:
        scopes = [] if kind is Kind.SCIM else ["read"]
        _, secret = await tokens.create(session, admin, Sealers(keys), NewToken("directory", scopes, 30, kind))
    return secret


@pytest.fixture
async def directory(fresh_db: Database, keys: FakeKeys, address: str) -> AsyncIterator[Directory]:
    """A new account's directory, over HTTP."""
    world = await make_account(fresh_db, keys)
    async with httpx.AsyncClient(base_url=address, timeout=60) as http:
        yield Directory(http, world, await make_token(fresh_db, keys, world))
