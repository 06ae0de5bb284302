"""
Live changes. A message carries ids and a share done; the subscriber reads the row and the viewer's permissions afresh for each, so
that nobody hears of what they may no longer see. A change of access is heard too, and ends what there is nothing left of to hear.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import strawberry
from graphql import GraphQLError

from backend.authz.actions import Action
from backend.authz.actor import Actor
from backend.graphql.context import Context, Info
from backend.graphql.ids import local_id
from backend.graphql.nouns import noun
from backend.identity import service as identity
from backend.infra.pubsub.base import Message, account_channel
from backend.interactions import loaders, tables
from backend.interactions.enums import InteractionChangeKind
from backend.interactions.status import ENDED, status
from backend.interactions.types import InteractionProgress

if TYPE_CHECKING:
    from backend.api.types import Interaction


@strawberry.type
class InteractionChange:
    kind: InteractionChangeKind
    interaction: Annotated[Interaction, strawberry.lazy("backend.api.types")]


async def _renewed(context: Context) -> Actor:
    """The viewer, with what they may do now. Whoever is gone may do nothing."""
    await context.renew()
    viewer = context.viewer
    async with context.read() as session:
        context.actor = await identity.renewed(session, viewer) or Actor(viewer.account_id, viewer.user_id)
    return context.actor


async def _now(context: Context, number: int) -> tables.Interaction | None:
    """The row as it is now, if the viewer may see it as their permissions are now."""
    await _renewed(context)
    return await context.load(loaders.interactions, number)


async def _heard(context: Context, messages: AsyncIterator[Message]) -> AsyncGenerator[Message | None]:
    """The account's messages, and None whenever the viewer's access may have changed; many changes at once are one."""
    viewer = context.viewer
    with context.services.access.subscribe(viewer.account_id, viewer.user_id) as changed:
        message, access = asyncio.ensure_future(anext(messages)), asyncio.ensure_future(changed.wait())
        try:
            while True:
                await asyncio.wait({message, access}, return_when=asyncio.FIRST_COMPLETED)
                if access.done():
                    changed.clear()
                    access = asyncio.ensure_future(changed.wait())
                    yield None
                if message.done():
                    found, message = message.result(), asyncio.ensure_future(anext(messages))
                    yield found
        finally:
            for waiting in (message, access):
                waiting.cancel()
            await asyncio.gather(message, access, return_exceptions=True)


def _percent(message: Message) -> int | None:
    value = message.get("percent")
    return max(0, min(100, round(value))) if isinstance(value, int | float) else None


@strawberry.type
class InteractionSubscription:
    @strawberry.subscription(
        description=("Every change of one interaction's progress, the present one first; ends when it is done, failed or not analysed.")
    )
    async def interaction_progress(self, info: Info, id: strawberry.ID) -> AsyncGenerator[InteractionProgress, None]:
        context, number = info.context, local_id("Interaction", id) or 0
        channel = account_channel(context.viewer.account_id)
        async with context.services.pubsub.subscribe(channel) as messages, aclosing(_heard(context, messages)) as heard:
            row = await _now(context, number)
            if row is None:
                raise GraphQLError("There is no such interaction, or you may not see it.", extensions={"code": "not_found"})
            last = InteractionProgress.from_row(row)
            yield last
            async for message in heard if status(row) not in ENDED else _none():
                if message is not None and message.get("interaction_id") != number:
                    continue
                row = await _now(context, number)
                await context.renew()
                if row is None:
                    return
                # A change of access says nothing of the stage, yet the row may have ended meanwhile: that is told before all ends.
                same = message is None and status(row) not in ENDED
                seen = last if same else InteractionProgress.from_row(row, _percent(message or {}))
                if seen != last:
                    last = replace(seen)
                    yield seen
                if status(row) in ENDED:
                    return

    @strawberry.subscription(
        description=(
            "Every interaction that appears or changes, among those that the viewer may see. It ends when the viewer may see none any more."
        )
    )
    async def interactions_changed(self, info: Info) -> AsyncGenerator[InteractionChange, None]:
        context = info.context
        channel = account_channel(context.viewer.account_id)
        async with context.services.pubsub.subscribe(channel) as messages, aclosing(_heard(context, messages)) as heard:
            (await _renewed(context)).require(Action.INTERACTION_READ)
            await context.renew()
            async for message in heard:
                number = None if message is None else message.get("interaction_id")
                row = await _now(context, number) if isinstance(number, int) else None
                if message is not None and row is not None:
                    kind = InteractionChangeKind.CREATED if message.get("kind") == "created" else InteractionChangeKind.UPDATED
                    interaction = noun(info, "Interaction").from_row(row, _percent(message))
                    yield InteractionChange(kind=kind, interaction=interaction)
                viewer = await _renewed(context) if message is None else context.viewer
                # The next message may be long in coming: no connection is held until then.
                await context.renew()
                if viewer.scope(Action.INTERACTION_READ) is None:
                    return


async def _none() -> AsyncGenerator[Message | None]:
    """No messages."""
    return
    yield  # makes it a generator
