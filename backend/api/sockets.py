"""Subscriptions: a socket lives as long as the session or the token that opened it, and not a moment longer."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime

from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler
from strawberry.subscriptions.protocols.graphql_transport_ws.types import ConnectionInitMessage, SubscribeMessage

from backend.api.authenticate import bearer_context
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.errors import TooManyRefused
from backend.graphql.context import Context
from backend.identity import service as identity
from backend.identity.tokens import service as tokens
from backend.identity.tokens.rules import bearer_token

SIGNED_OUT = 4401
TOO_OFTEN = 4429
ENDING = 5.0  # seconds


class Handler(BaseGraphQLTransportWSHandler[Context, None]):
    watch: asyncio.Task[None] | None = None

    async def handle(self) -> None:
        try:
            await super().handle()
        finally:
            if self.watch is not None:
                self.watch.cancel()
                with suppress(asyncio.CancelledError):
                    await self.watch

    async def handle_connection_init(self, message: ConnectionInitMessage) -> None:
        """A token may come in the payload, since browsers cannot add headers to a socket; it then stands instead of the cookie."""
        if self.connection_init_received:
            await super().handle_connection_init(message)
            return
        try:
            await self._take_token(message.get("payload"))
        except TooManyRefused as error:
            await self.websocket.close(TOO_OFTEN, error.message)
            return
        if self.context.actor is None:
            await self._close()
            return
        self.watch = asyncio.create_task(self._watch(self.context.actor))
        await super().handle_connection_init(message)

    async def _take_token(self, payload: object) -> None:
        shown = payload.get("authorization") if isinstance(payload, dict) else None
        if shown is None:
            return
        token = bearer_token(shown) if isinstance(shown, str) else None
        caller = self.context.caller
        context = await bearer_context(self.context.services, token or "", address=caller.address, user_agent=caller.user_agent)
        self.context.actor, self.context.caller = context.actor, context.caller

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

    async def _watch(self, actor: Actor) -> None:
        """Closes the socket when what opened it ends: at once where it is signed out, revoked or taken away, else when it expires."""
        with self.context.services.access.subscribe(actor.account_id, actor.user_id) as changed:
            while (until := await self._open_until(actor)) is not None:
                with suppress(TimeoutError):
                    await asyncio.wait_for(changed.wait(), max(1.0, (until - utc_now()).total_seconds()))
                changed.clear()
        await self._close()

    async def _open_until(self, actor: Actor) -> datetime | None:
        database, caller = self.context.services.database, self.context.caller
        if actor.token_id is not None:
            return await tokens.open_until(database, actor.account_id, actor.token_id)
        return await identity.open_until(database, actor.account_id, caller.session_id) if caller.session_id is not None else None

    async def _close(self) -> None:
        tasks = [operation.task for operation in self.operations.values() if operation.task is not None]
        for operation in list(self.operations):
            await self.cleanup_operation(operation)
        if tasks:
            # Nobody is told that all has ended before it has; what does not end is not waited for.
            await asyncio.wait(tasks, timeout=ENDING)
        await self.websocket.close(SIGNED_OUT, "The session has ended: sign in again.")
