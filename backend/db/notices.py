"""
Whose access has just changed, on whichever process: the database tells it with the commit (`tell_access` in the migrations), so no code
that changes access has to remember to. It carries ids, and nobody relies on it for what they may see: that is read anew every time.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

from backend.db.session import Database

CHANNEL = "assay_access"
_AGAIN_S = 0.5
_PULSE_S = 10.0
_GATHER_S = 0.05
log = logging.getLogger(__name__)


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
            driver: Any = (await connection.get_raw_connection()).driver_connection
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
