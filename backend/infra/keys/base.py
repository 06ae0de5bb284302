"""The key service: wraps the keys that seal everything else."""

from __future__ import annotations

from typing import Protocol


class KeyProvider(Protocol):
    """`name` says which service and key it is. A wrapped key opens only with the context that it was wrapped with."""

    name: str

    async def wrap(self, key: bytes, *, context: str) -> bytes: ...

    async def unwrap(self, wrapped: bytes, *, context: str) -> bytes: ...
