"""
Whose access has just changed, on whichever process: the database tells it with the commit (`tell_access` in the migrations), so no code
that changes access has to remember to. It carries ids, and nobody relies on it for what they may see: that is read anew every time.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from backend.db.session import Database
from backend.errors import ConfigurationError

CHANNEL = "assay_access"
TRIAL = "assay_trial"
"""Of its own, since processes that run meanwhile take what they hear on the other for ids."""
PATIENCE_S = 5.0
UNHEARD = f"a notice was not heard within {PATIENCE_S:g} s: changes of access would not reach those who are connected"
REMEDY = "set DATABASE_URL to the direct address of PostgreSQL, or to a pooler that pools by session, not by transaction"
_AGAIN_S = 0.5
_PULSE_S = 10.0
_GATHER_S = 0.05
log = logging.getLogger(__name__)


async def check_notices(engine: AsyncEngine) -> None:
    """
    Raises ConfigurationError where one connection does not hear what another tells. A pooler in transaction mode, such as PgBouncer's,
    takes LISTEN and hands the connection that listens to somebody else: nothing fails, and whoever lost their access stays connected until
    their session ends.
    """
    if not await hears(engine):
        raise ConfigurationError(f"PostgreSQL: {UNHEARD}. To mend it, {REMEDY}.")


async def hears(engine: AsyncEngine) -> bool:
    """Whether a connection that listens and rests, as the one of `AccessNotices` does, is told what another says."""
    nonce, heard = secrets.token_hex(8), asyncio.Event()

    def hear(connection: Any, process: int, channel: str, payload: str) -> None:
        if payload == nonce:
            heard.set()

    async with engine.connect() as ear, engine.connect() as mouth:
        try:
            await (await _driver(ear)).add_listener(TRIAL, hear)
            await (await _driver(mouth)).execute(f"NOTIFY {TRIAL}, '{nonce}'")
            with suppress(TimeoutError):
                await asyncio.wait_for(heard.wait(), PATIENCE_S)
        finally:
            await ear.invalidate()
    return heard.is_set()


async def _driver(connection: AsyncConnection) -> Any:
    """asyncpg's own connection."""
    return (await connection.get_raw_connection()).driver_connection


class AccessNotices:
    """Open one a process. Hears the database while `listening` is entered, and wakes those who subscribed to the account."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ears: dict[int, set[tuple[int | None, asyncio.Event]]] = defaultdict(set)
        self._gathered: set[tuple[int, int | None]] = set()

    @contextmanager
    def subscribe(self, account_id: int, user_id: int | None) -> Iterator[asyncio.Event]:
        """An event that is set when this person's access may have changed; many changes at once set it once. Clear it, then look."""
        ear = (user_id, asyncio.Event())
        self._ears[account_id].add(ear)
        try:
            yield ear[1]
        finally:
            self._ears[account_id].discard(ear)
            if not self._ears[account_id]:
                del self._ears[account_id]

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self._listen())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def tell(self, account_id: int, user_id: int | None = None) -> None:
        """Wakes whom a change concerns: one person, or everybody of the account."""
        for listener, changed in self._ears.get(account_id, ()):
            if user_id is None or listener is None or listener == user_id:
                changed.set()

    async def _listen(self) -> None:
        while True:
            try:
                await self._listen_once()
            except Exception:
                log.warning("changes of access are not heard for a moment: the database is away", exc_info=True)
            await asyncio.sleep(_AGAIN_S)

    async def _listen_once(self) -> None:
        """Until the connection is lost."""
        async with self._database.app.connect() as connection:
            driver = await _driver(connection)
            lost = asyncio.Event()
            driver.add_termination_listener(lambda _: lost.set())
            await driver.add_listener(CHANNEL, self._heard)
            try:
                # What changed before this moment was heard by nobody.
                for account_id in list(self._ears):
                    self.tell(account_id)
                while not lost.is_set():
                    with suppress(TimeoutError):
                        await asyncio.wait_for(lost.wait(), _PULSE_S)
                    await driver.execute("SELECT 1", timeout=_PULSE_S)
            finally:
                await connection.invalidate()

    def _heard(self, connection: Any, process: int, channel: str, payload: str) -> None:
        """Many changes in one moment, such as thousands of people provisioned, wake a listener once."""
        account_id, _, user_id = payload.partition(":")
        if not self._gathered:
            asyncio.get_running_loop().call_later(_GATHER_S, self._pass_on)
        self._gathered.add((int(account_id), int(user_id) or None))

    def _pass_on(self) -> None:
        gathered, self._gathered = self._gathered, set()
        for account_id, user_id in gathered:
            self.tell(account_id, user_id)
