"""The whole application over ASGI, on the rolled-back database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import update
from sqlmodel import col
from starlette.applications import Starlette

from backend.accounts.tables import User
from backend.app import create_app
from backend.clock import utc_now
from backend.config import Config
from backend.db.sealed import Sealers
from backend.db.session import Database
from backend.identity import passwords
from backend.identity.factor import service as factor
from backend.infra.keys.fake import FakeKeys
from backend.infra.limiter.fake import FakeLimiter
from backend.infra.object_store.fake import FakeStore
from backend.infra.pubsub.fake import FakePubSub
from backend.infra.queue.fake import FakeQueue
from backend.media.vault import Vault
from tests.api.codes import PASSWORD, Clock
from tests.api.live import Server, free_port, serving
from tests.api.seed import open_session
from tests.factory import World

ORIGIN = "http://assay.test"


class Client:
    """One browser: its cookies, the header and the origin that pages send."""

    def __init__(self, app: Starlette) -> None:
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN, headers={"x-assay": "1", "origin": ORIGIN})

    async def answer(self, query: str, **variables: Any) -> dict[str, Any]:
        """The whole answer to an operation."""
        response = await self.http.post("/graphql", json={"query": query, "variables": variables})
        return response.json()

    async def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """Its data; there must be no error."""
        answer = await self.answer(query, **variables)
        assert "errors" not in answer, answer
        return answer["data"]

    async def refused(self, query: str, **variables: Any) -> dict[str, Any]:
        """The first error, which must be there."""
        answer = await self.answer(query, **variables)
        assert answer.get("errors"), answer
        return answer["errors"][0]


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(data=tmp_path / "data", public_url=ORIGIN, max_upload_mb=1)


@pytest.fixture
def pubsub() -> FakePubSub:
    return FakePubSub()


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def limiter() -> FakeLimiter:
    return FakeLimiter()


@pytest.fixture
def sealers(keys: FakeKeys) -> Sealers:
    return Sealers(keys)


@pytest.fixture
def vault(store: FakeStore, keys: FakeKeys) -> Vault:
    return Vault(store, keys)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A built frontend, as small as can be."""
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text('<meta property="csp-nonce" nonce="__CSP_NONCE__"><div id="root"></div>')
    (folder / "theme.js").write_text("document;")
    (folder / "assets" / "index-abc.js").write_text("plain;")
    (folder / "assets" / "index-abc.js.br").write_bytes(b"packed")
    (tmp_path / "secret").write_text("not for anybody")
    return folder


@pytest.fixture
def application(
    config: Config, pubsub: FakePubSub, store: FakeStore, keys: FakeKeys, limiter: FakeLimiter, pages: Path
) -> Callable[..., Starlette]:
    """The application over a database of the caller's choice, and other settings where they are given."""
    return lambda db, other=config: create_app(other, db, FakeQueue(), pubsub, store, keys, limiter=limiter, frontend=pages)


@pytest.fixture
def app(application: Callable[..., Starlette], db: Database) -> Starlette:
    return application(db)


@pytest.fixture
async def nobody(app: Starlette) -> AsyncIterator[Client]:
    client = Client(app)
    yield client
    await client.http.aclose()


@pytest.fixture
async def as_person(app: Starlette, db: Database) -> AsyncIterator[Callable[..., Awaitable[Client]]]:
    """`await as_person(world, "admin")` is that person's browser."""
    opened: list[Client] = []

    async def make(world: World, person: str) -> Client:
        client = Client(app)
        opened.append(client)
        client.http.cookies.set("assay", await open_session(db, world, person, now=utc_now()), domain="assay.test")
        return client

    yield make
    for client in opened:
        await client.http.aclose()


@pytest.fixture
async def server(application: Callable[..., Starlette], fresh_db: Database, config: Config, pubsub: FakePubSub) -> AsyncIterator[Server]:
    """The application on a free port, over a database whose commits are real."""
    port = free_port()
    own = config.model_copy(update={"public_url": "", "port": port})
    async with serving(application(fresh_db, own), fresh_db, pubsub, port) as running:
        yield running


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time that codes are checked at."""
    made = Clock()
    monkeypatch.setattr(factor, "utc_now", lambda: made.now)
    return made


@pytest.fixture
async def password(db: Database, world: World) -> str:
    """The password that everybody of the world has."""
    async with db.writing(world.id) as session:
        hashed = passwords.hash_password(PASSWORD)
        await session.execute(update(User).where(col(User.account_id) == world.id).values(password_hash=hashed))
    return PASSWORD
