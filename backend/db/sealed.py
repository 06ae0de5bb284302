"""
Sealed columns: AES-256-GCM under a key of the account, bound to their place.

Layout: version 1 (one byte), key id (8 bytes, big endian), nonce (12 bytes), ciphertext with tag. The associated data names account,
table, column and row, so that a value moved elsewhere does not open.
"""

from __future__ import annotations

import hmac
import json
import os
import zlib
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from backend.clock import utc_now
from backend.db.tables import AccountKey

_VERSION = b"\x01"
_HEAD = 1 + 8 + 12


class SealBroken(Exception):
    """A sealed value does not open: it was altered, moved, or its key is missing."""


@dataclass(frozen=True, slots=True)
class Sealer:
    """Seals with the newest key (`current`), opens with all. Keys are 32 bytes each."""

    account_id: int
    keys: dict[int, bytes]
    current: int
    search_key: bytes = field(repr=False)

    def seal(self, data: bytes, *, table: str, column: str, row: int) -> bytes:
        nonce = os.urandom(12)
        head = _VERSION + self.current.to_bytes(8, "big") + nonce
        return head + AESGCM(self.keys[self.current]).encrypt(nonce, data, self._place(table, column, row))

    def open(self, sealed: bytes, *, table: str, column: str, row: int) -> bytes:
        """Raises SealBroken where the value was altered or belongs elsewhere."""
        key = self.keys.get(int.from_bytes(sealed[1:9], "big"))
        if sealed[:1] != _VERSION or len(sealed) < _HEAD or key is None:
            raise SealBroken(f"{table}.{column} of row {row}: unknown version or key")
        try:
            return AESGCM(key).decrypt(sealed[9:_HEAD], sealed[_HEAD:], self._place(table, column, row))
        except InvalidTag as error:
            raise SealBroken(f"{table}.{column} of row {row}: altered or moved") from error

    def seal_json(self, value: Any, *, table: str, column: str, row: int) -> bytes:
        packed = zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 6)
        return self.seal(packed, table=table, column=column, row=row)

    def open_json(self, sealed: bytes, *, table: str, column: str, row: int) -> Any:
        return json.loads(zlib.decompress(self.open(sealed, table=table, column=column, row=row)))

    def digest(self, term: str) -> bytes:
        """What a sealed term is found by: HMAC-SHA256 under the account's search key, 16 bytes."""
        return hmac.new(self.search_key, term.encode(), sha256).digest()[:16]

    def _place(self, table: str, column: str, row: int) -> bytes:
        return f"{self.account_id}/{table}/{column}/{row}".encode()


class Wrapping(Protocol):
    """What sealing needs of the key service."""

    async def wrap(self, key: bytes, *, context: str) -> bytes: ...

    async def unwrap(self, wrapped: bytes, *, context: str) -> bytes: ...


async def open_sealer(session: AsyncSession, account_id: int, keys: Wrapping) -> Sealer:
    """The account's sealer. Its keys are made with the account (`create_keys`); raises SealBroken where there are none."""
    rows = (
        (await session.execute(select(AccountKey).where(col(AccountKey.account_id) == account_id).order_by(col(AccountKey.id))))
        .scalars()
        .all()
    )
    opened = {row.id: await keys.unwrap(row.wrapped, context=_context(account_id, row.purpose)) for row in rows}
    sealing = {row.id: opened[row.id] for row in rows if row.purpose == "seal"}
    search = [opened[row.id] for row in rows if row.purpose == "search"]
    if not sealing or not search:
        raise SealBroken(f"account {account_id} has no data keys")
    return Sealer(account_id, sealing, max(sealing), search[-1])


async def create_keys(session: AsyncSession, account_id: int, keys: Wrapping) -> None:
    """Makes a new account's data keys, in the transaction that makes the account."""
    for purpose in ("seal", "search"):
        wrapped = await keys.wrap(os.urandom(32), context=_context(account_id, purpose))
        session.add(AccountKey(account_id=account_id, purpose=purpose, wrapped=wrapped, created_at=utc_now()))
    await session.flush()


class Sealers:
    """Opens an account's sealer once a process."""

    def __init__(self, keys: Wrapping) -> None:
        self._keys = keys
        self._open: dict[int, Sealer] = {}

    async def of(self, session: AsyncSession, account_id: int) -> Sealer:
        if account_id not in self._open:
            self._open[account_id] = await open_sealer(session, account_id, self._keys)
        return self._open[account_id]


def _context(account_id: int, purpose: str) -> str:
    return f"account/{account_id}/{purpose}"
