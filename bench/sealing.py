"""What encryption at rest costs the player: ranges of a sealed recording against the same ranges of a plain one."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from random import Random

from backend.infra.keys.fake import FakeKeys
from backend.infra.object_store.engine import Store, open_store
from backend.media.vault import Vault
from bench.measure import Figure, compare_async, rate, same

SIZE = 32 << 20
READS = ((64 << 10, 64, "ranged reads of 64 KiB"), (1 << 20, 32, "ranged reads of 1 MiB"), (SIZE, 1, "a whole recording of 32 MiB"))


def figures(folder: Path) -> list[Figure]:
    return asyncio.run(_figures(open_store("", folder / "objects")))


async def _figures(store: Store) -> list[Figure]:
    vault = Vault(store, FakeKeys())
    key, body = os.urandom(32), os.urandom(SIZE)
    sealed = (await vault.put(1, key, "call", body)).object_key
    await store.put("plain", body)

    async def opened(start: int, end: int) -> bytes:
        return b"".join([piece async for piece in vault.read(key, sealed, start, end)])

    async def plain(start: int, end: int) -> bytes:
        return await store.get_range("plain", start, end)

    same("bytes", await opened(70_000, 900_000), body[70_000:900_000])
    found = [await _write(vault, store, key, body)]
    for size, count, what in READS:
        dice = Random(size)
        starts = [dice.randrange(SIZE - size + 1) for _ in range(count)]
        seconds = await compare_async(_reads(opened, starts, size), _reads(plain, starts, size))
        found.append(rate(f"sealed: {what}", size * count / 1e6, "MB/s", "plain", seconds))
    return found


def _reads(read: Callable[[int, int], Awaitable[bytes]], starts: list[int], size: int) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        for start in starts:
            await read(start, start + size)

    return run


async def _write(vault: Vault, store: Store, key: bytes, body: bytes) -> Figure:
    seconds = await compare_async(lambda: vault.put(1, key, "again", body), lambda: store.put("again", body), repeat=3)
    return rate("sealed: storing 32 MiB, with SHA-256", SIZE / 1e6, "MB/s", "plain", seconds)
