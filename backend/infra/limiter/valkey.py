"""Counters in Valkey, which every process of the installation shares."""

from __future__ import annotations

from typing import Any

from redis.asyncio import Redis

# One round trip, and no window without an end where the process dies between counting and setting it.
_COUNT = """
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return {count, redis.call('TTL', KEYS[1])}
"""


class ValkeyLimiter:
    def __init__(self, url: str) -> None:
        self._redis: Any = Redis.from_url(url)

    async def take(self, key: str, *, limit: int, window_s: int) -> int | None:
        count, left = await self._redis.eval(_COUNT, 1, f"assay:limit:{key}", window_s)
        return max(1, int(left)) if int(count) > limit else None

    async def forget(self, key: str) -> None:
        await self._redis.delete(f"assay:limit:{key}")

    async def close(self) -> None:
        await self._redis.aclose()
