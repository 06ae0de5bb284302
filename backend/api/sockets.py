"""Subscriptions: a socket lives as long as the session that opened it, and not a moment longer."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler
from strawberry.subscriptions.protocols.graphql_transport_ws.types import ConnectionInitMessage

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

    async def _watch(self) -> None:
        """Closes the socket when its session ends: at once where it is signed out, else when it expires."""
        caller, services = self.context.caller, self.context.services
        if caller.session_id is None or caller.token is None:
            return
        async with services.pubsub.subscribe(identity.session_channel(caller.session_id)) as messages:
            told = asyncio.ensure_future(anext(messages))
            try:
                while not told.done() and (until := await identity.open_until(services.database, caller.token)) is not None:
                    await asyncio.wait({told}, timeout=max(1.0, (until - utc_now()).total_seconds()))
            finally:
                told.cancel()
                with suppress(asyncio.CancelledError, StopAsyncIteration):
                    await told
        await self._close()

    async def _close(self) -> None:
        for operation in list(self.operations):
            await self.cleanup_operation(operation)
        await self.websocket.close(SIGNED_OUT, "The session has ended: sign in again.")
