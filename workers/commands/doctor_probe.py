"""Whether a server of the settings answers."""

from __future__ import annotations

import asyncio

_PATIENCE_S = 5


def reach(name: str, url: str) -> str | None:
    """None where it answers, else why not, without the password that the address may hold."""
    try:
        asyncio.run(asyncio.wait_for(_postgres(url) if name == "PostgreSQL" else _valkey(url), _PATIENCE_S))
    except Exception as error:
        return f"not reachable: {type(error).__name__}"
    return None


async def _postgres(url: str) -> None:
    from sqlalchemy.ext.asyncio import create_async_engine
    from sqlalchemy.pool import NullPool

    engine = create_async_engine(url, poolclass=NullPool)
    try:
        async with engine.connect():
            pass
    finally:
        await engine.dispose()


async def _valkey(url: str) -> None:
    from redis.asyncio import Redis

    client = Redis.from_url(url)
    try:
        await client.ping()
    finally:
        await client.aclose()
