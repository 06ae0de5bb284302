"""Where sealed objects lie."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol


class ObjectStore(Protocol):
    """Keys are paths with slashes. An object is there whole or not at all."""

    async def put(self, key: str, data: bytes | Iterable[bytes]) -> None:
        """Writes an object, streaming an iterable."""

    async def get_range(self, key: str, start: int, end: int) -> bytes:
        """Bytes start … end − 1. Raises FileNotFoundError."""
        ...

    async def size(self, key: str) -> int:
        """Raises FileNotFoundError."""
        ...

    async def delete(self, key: str) -> None:
        """Removes an object; one that is not there is no error."""

    async def keys(self, prefix: str) -> list[str]:
        """The keys that begin with the prefix, sorted."""
        ...
