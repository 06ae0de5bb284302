"""Subscriptions: a socket lives as long as the session that opened it, and not a moment longer."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler
from strawberry.subscriptions.protocols.graphql_transport_ws.types import ConnectionInitMessage, SubscribeMessage

from backend.clock import utc_now
from backend.graphql.context import Context
from backend.identity import service as identity

SIGNED_OUT = 4401


class Handler(BaseGraphQLTransportWSHandler[Context, None]):
    async def handle(self) -> None:
        watch = asyncio.create_task(self._watch())
        try:
            await super().handle()
        finally:
            watch.cancel()
            with suppress(asyncio.CancelledError):
                await watch

    async def handle_connection_init(self, message: ConnectionInitMessage) -> None:
        if self.context.actor is None:
            await self._close()
            return
        await super().handle_connection_init(message)

    async def handle_subscribe(self, message: SubscribeMessage) -> None:
        """Every operation begins with what the person may do now, not with what they might when the socket was opened."""
        if self.context.actor is not None:
            database = self.context.services.database
            async with database.reading(self.context.actor.account_id) as session:
                self.context.actor = await identity.renewed(session, self.context.actor)
            if self.context.actor is None:
                await self._close()
                return
        await super().handle_subscribe(message)

    async def _watch(self) -> None:
        """Closes the socket when its session ends: at once where it is signed out or taken away, else when it expires."""
        caller, actor, services = self.context.caller, self.context.actor, self.context.services
        if caller.session_id is None or caller.token is None or actor is None:
            return
        channel = identity.session_channel(caller.session_id)
        with services.access.subscribe(actor.account_id, actor.user_id) as changed:
            async with services.pubsub.subscribe(channel) as messages:
                told = asyncio.ensure_future(anext(messages))
                try:
                    while not told.done() and (until := await identity.open_until(services.database, caller.token)) is not None:
                        await _first(told, changed, within_s=max(1.0, (until - utc_now()).total_seconds()))
                finally:
                    told.cancel()
                    with suppress(asyncio.CancelledError, StopAsyncIteration):
                        await told
        await self._close()

    async def _close(self) -> None:
        for operation in list(self.operations):
            await self.cleanup_operation(operation)
        await self.websocket.close(SIGNED_OUT, "The session has ended: sign in again.")


async def _first(told: asyncio.Future[Any], changed: asyncio.Event, *, within_s: float) -> None:
    """Until somebody tells, or the person's access changes, or the time is over."""
    access = asyncio.ensure_future(changed.wait())
    try:
        await asyncio.wait({told, access}, timeout=within_s, return_when=asyncio.FIRST_COMPLETED)
        changed.clear()
    finally:
        access.cancel()
