"""An object store in memory, for tests."""

from __future__ import annotations

from collections.abc import Iterable


class FakeStore:
    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}

    async def put(self, key: str, data: bytes | Iterable[bytes]) -> None:
        self.objects[key] = data if isinstance(data, bytes) else b"".join(data)

    async def get_range(self, key: str, start: int, end: int) -> bytes:
        if key not in self.objects:
            raise FileNotFoundError(key)
        return self.objects[key][start:end]

    async def size(self, key: str) -> int:
        if key not in self.objects:
            raise FileNotFoundError(key)
        return len(self.objects[key])

    async def delete(self, key: str) -> None:
        self.objects.pop(key, None)

    async def keys(self, prefix: str) -> list[str]:
        return sorted(key for key in self.objects if key.startswith(prefix))
