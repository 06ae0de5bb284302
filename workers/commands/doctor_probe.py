"""Whether a server of the settings answers, and whether the database's notices are heard."""

from __future__ import annotations

import asyncio

from backend.db import notices
from backend.db.session import engine_of

_PATIENCE_S = 5


def reach(name: str, url: str) -> str | None:
    """None where it answers, else why not, without the password that the address may hold."""
    try:
        asyncio.run(asyncio.wait_for(_postgres(url) if name == "PostgreSQL" else _valkey(url), _PATIENCE_S))
    except Exception as error:
        return f"not reachable: {type(error).__name__}"
    return None


def hears(url: str) -> str | None:
    """None where a notice of the database at this address is heard, else why not."""
    try:
        return None if asyncio.run(_hears(url)) else notices.UNHEARD
    except Exception as error:
        return f"could not be tried: {type(error).__name__}"


async def _hears(url: str) -> bool:
    engine = engine_of(url)
    try:
        return await notices.hears(engine)
    finally:
        await engine.dispose()


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
