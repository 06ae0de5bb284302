"""Object stores through obstore: a folder, S3 and what speaks its protocol."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import obstore
from obstore.store import LocalStore, from_url

from backend.errors import ConfigurationError


class Store:
    def __init__(self, store: Any) -> None:
        self._store = store

    async def put(self, key: str, data: bytes | Iterable[bytes]) -> None:
        await obstore.put_async(self._store, key, data)

    async def get_range(self, key: str, start: int, end: int) -> bytes:
        if end <= start:
            return b""
        return bytes(await obstore.get_range_async(self._store, key, start=start, end=end))

    async def size(self, key: str) -> int:
        return int((await obstore.head_async(self._store, key))["size"])

    async def delete(self, key: str) -> None:
        try:
            await obstore.delete_async(self._store, key)
        except FileNotFoundError:
            return

    async def keys(self, prefix: str) -> list[str]:
        return sorted([str(entry["path"]) async for batch in obstore.list(self._store, prefix) for entry in batch])


def open_store(url: str, folder: Path) -> Store:
    """The store of a URL (`s3://bucket/prefix`, `file:///path`), or `folder` where there is none. Raises ConfigurationError."""
    if not url:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return Store(LocalStore(folder))
    try:
        return Store(from_url(url))
    except Exception as error:
        raise ConfigurationError(f"OBJECT_STORE_URL cannot be used: {error}") from error
