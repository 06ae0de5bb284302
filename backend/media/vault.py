"""Recordings in the object store, sealed under a key of their own that the key service wraps."""

from __future__ import annotations

import asyncio
import hashlib
import os
import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

from backend.infra.keys.base import KeyProvider
from backend.infra.object_store.base import ObjectStore
from backend.media.sealing import SEGMENT, open_range, plain_size, seal


@dataclass(frozen=True, slots=True)
class DataKey:
    """A recording's key, open and wrapped, and the service that wrapped it."""

    key: bytes
    wrapped: bytes
    provider: str


@dataclass(frozen=True, slots=True)
class Stored:
    """`size` and `sha256` are those of the plain bytes."""

    object_key: str
    size: int
    sha256: str


class Vault:
    def __init__(self, store: ObjectStore, keys: KeyProvider) -> None:
        self._store = store
        self._keys = keys

    async def new_key(self, account_id: int) -> DataKey:
        key = os.urandom(32)
        return DataKey(key, await self._keys.wrap(key, context=_context(account_id)), self._keys.name)

    async def open_key(self, account_id: int, wrapped: bytes) -> bytes:
        return await self._keys.unwrap(wrapped, context=_context(account_id))

    async def put(self, account_id: int, key: bytes, name: str, source: Path | bytes) -> Stored:
        """Seals a file into the store under a key that nobody can guess; `name` is only for people who look."""
        object_key = f"account/{account_id}/{uuid.uuid4().hex}/{name}"
        plain = _Plain(source)
        await self._store.put(object_key, seal(key, object_key, plain))
        return Stored(object_key, plain.size, plain.digest.hexdigest())

    async def size(self, object_key: str) -> int:
        """Plain bytes of an object. Raises FileNotFoundError, SealedFileBroken."""
        return plain_size(await self._store.size(object_key))

    async def read(self, key: bytes, object_key: str, start: int, end: int) -> AsyncIterator[bytes]:
        """Plain bytes start … end − 1. Raises FileNotFoundError, SealedFileBroken."""

        async def get(first: int, last: int) -> bytes:
            return await self._store.get_range(object_key, first, last)

        async for piece in open_range(get, await self._store.size(object_key), key, object_key, start, end):
            yield piece

    async def fetch(self, key: bytes, object_key: str, to: Path) -> None:
        """Writes the plain bytes of an object into a file."""
        with to.open("wb") as file:
            async for piece in self.read(key, object_key, 0, await self.size(object_key)):
                await asyncio.to_thread(file.write, piece)

    async def delete(self, object_key: str) -> None:
        await self._store.delete(object_key)


class _Plain:
    """Hands out a source in pieces and measures it on the way."""

    def __init__(self, source: Path | bytes) -> None:
        self._source = source
        self.size = 0
        self.digest = hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces():
            self.size += len(piece)
            self.digest.update(piece)
            yield piece

    def _pieces(self) -> Iterator[bytes]:
        if isinstance(self._source, bytes):
            yield self._source
            return
        with self._source.open("rb") as file:
            while piece := file.read(SEGMENT):
                yield piece


def _context(account_id: int) -> str:
    return f"account/{account_id}/recording"
