"""Object stores through obstore: a folder, S3 and what speaks its protocol."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

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
        """Stores list whole folders only, so what stands before the last slash is asked for and the rest is sifted here."""
        folder = prefix.rpartition("/")[0] or None
        found = [str(entry["path"]) async for batch in obstore.list(self._store, folder) for entry in batch]
        return sorted(key for key in found if key.startswith(prefix))


def open_store(url: str, folder: Path) -> Store:
    """
    The store of a URL (`s3://bucket/prefix`, `file:///path`), or `folder` where there is none. S3 is told by the usual variables
    (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_ENDPOINT, AWS_ALLOW_HTTP). Raises ConfigurationError.
    """
    parts = urlsplit(url)
    if not url or parts.scheme == "file":
        return Store(_local(Path(unquote(parts.path)) if url else folder))
    try:
        return Store(from_url(url))
    except Exception as error:
        raise ConfigurationError(f"OBJECT_STORE_URL cannot be used: {error}") from error


def _local(folder: Path) -> Any:
    """Nobody else on the machine gets into the folder, so what lies in it needs no modes of its own."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        return LocalStore(folder.resolve())
    except OSError as error:
        raise ConfigurationError(f"The folder of recordings {folder} cannot be used: {error.strerror}.") from error
