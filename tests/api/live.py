"""A real server on a free port, and sockets to it that speak graphql-transport-ws."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import uvicorn
from sqlalchemy import text
from starlette.applications import Starlette
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from backend.db.session import Database
from backend.infra.pubsub.base import account_channel


@dataclass
class Server:
    db: Database
    port: int
    pubsub: Any

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @asynccontextmanager
    async def socket(
        self, token: str | None, *, origin: str | None = "own", headers: dict[str, str] | None = None
    ) -> AsyncIterator[ClientConnection]:
        """With a cookie, where `token` is given. `origin` None: a program that is no browser."""
        sent = {**({"cookie": f"assay={token}"} if token else {}), **(headers or {})}
        own: Any = self.origin if origin == "own" else origin
        address = f"ws://127.0.0.1:{self.port}/graphql"
        async with connect(address, origin=own, subprotocols=["graphql-transport-ws"], additional_headers=sent) as ws:
            yield ws

    async def tell(self, row: Any, kind: str = "updated", percent: int | None = None) -> None:
        await self.pubsub.publish(account_channel(row.account_id), {"kind": kind, "interaction_id": row.id, "percent": percent})

    async def change(self, row: Any, **values: Any) -> None:
        async with self.db.writing(row.account_id) as session:
            for name, value in values.items():
                await session.execute(
                    text(f"UPDATE interaction SET {name} = :value WHERE account_id = :account AND id = :id"),
                    {"value": value, "account": row.account_id, "id": row.id},
                )


@asynccontextmanager
async def serving(app: Starlette, db: Database, pubsub: Any, port: int) -> AsyncIterator[Server]:
    running = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning", lifespan="on", ws="websockets-sansio"))
    task = asyncio.create_task(running.serve())
    while not running.started:
        await asyncio.sleep(0.01)
    yield Server(db, port, pubsub)
    running.should_exit = True
    await task


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def greet(ws: ClientConnection, payload: dict[str, Any] | None = None) -> None:
    await ws.send(json.dumps({"type": "connection_init", **({"payload": payload} if payload is not None else {})}))


async def begin(ws: ClientConnection, query: str, **variables: Any) -> None:
    await greet(ws)
    assert await hear(ws) == {"type": "connection_ack"}
    await ws.send(json.dumps({"id": "1", "type": "subscribe", "payload": {"query": query, "variables": variables}}))


async def hear(ws: ClientConnection) -> Any:
    return json.loads(await asyncio.wait_for(ws.recv(), 10))


async def news(ws: ClientConnection) -> Any:
    message = await hear(ws)
    assert message["type"] == "next", message
    return next(iter(message["payload"]["data"].values()))


async def listening(server: Server, world) -> None:
    """Until the server has subscribed to the account's channel."""
    for _ in range(500):
        if server.pubsub._listeners[account_channel(world.id)]:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("nobody listens")


async def closed_with(ws: ClientConnection) -> int:
    with pytest.raises(ConnectionClosed):
        while True:
            await asyncio.wait_for(ws.recv(), 10)
    assert ws.close_code is not None
    return ws.close_code
