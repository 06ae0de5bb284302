"""Whether the database's notices are heard: by PostgreSQL itself they are, through a pooler in transaction mode they are not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from backend.config import Config
from backend.db import notices
from backend.db.session import Database
from backend.errors import ConfigurationError
from workers.commands import doctor


@dataclass
class Pooler:
    """All its clients' statements run on one connection of the server. What the server says beside answers reaches none of them."""

    server: Any

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[Any]:
        async def raw() -> Any:
            return SimpleNamespace(driver_connection=self)

        async def invalidate() -> None:
            pass

        yield SimpleNamespace(get_raw_connection=raw, invalidate=invalidate)

    async def add_listener(self, channel: str, callback: Callable[..., None]) -> None:
        await self.server.execute(f"LISTEN {channel}")

    async def execute(self, statement: str) -> None:
        await self.server.execute(statement)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "PATIENCE_S", 0.2)


@pytest.fixture
def deaf(monkeypatch: pytest.MonkeyPatch, impatient: None) -> None:
    """Listening succeeds, and nothing is ever heard."""

    async def add_listener(self: Any, channel: str, callback: Callable[..., None]) -> None:
        await self.execute(f"LISTEN {channel}; UNLISTEN *")

    monkeypatch.setattr(asyncpg.Connection, "add_listener", add_listener)


async def test_what_one_connection_tells_another_hears(fresh_db: Database) -> None:
    assert await notices.hears(fresh_db.app)
    await notices.check_notices(fresh_db.app)
    assert await notices.hears(fresh_db.app), "and again: nothing is left behind"


async def test_through_a_pooler_in_transaction_mode_nothing_is_heard(fresh_db: Database, impatient: None) -> None:
    async with fresh_db.app.connect() as connection:
        pooler = cast(AsyncEngine, Pooler((await connection.get_raw_connection()).driver_connection))
        assert not await notices.hears(pooler)
        with pytest.raises(ConfigurationError, match="set DATABASE_URL to the direct address of PostgreSQL"):
            await notices.check_notices(pooler)


async def test_a_notice_of_another_trial_is_not_taken_for_ones_own(
    fresh_db: Database, monkeypatch: pytest.MonkeyPatch, impatient: None
) -> None:
    async def eager(self: Any, channel: str, callback: Callable[..., None]) -> None:
        callback(self, 1, channel, "another process's")

    monkeypatch.setattr(asyncpg.Connection, "add_listener", eager)
    assert not await notices.hears(fresh_db.app)


@pytest.mark.parametrize("hearing", [True, False])
def test_doctor_says_whether_notices_are_heard(
    fresh_urls: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest, hearing: bool
) -> None:
    if not hearing:
        request.getfixturevalue("deaf")
    code = doctor.run(Config(data=tmp_path, database_url=fresh_urls["DATABASE_URL"]), as_json=False)
    said = capsys.readouterr().out
    assert code == (0 if hearing else 1), said
    assert ("ok      notices: heard" in said) is hearing
    assert ("MISSING notices" in said) is not hearing
    assert ("set DATABASE_URL to the direct address" in said) is not hearing
