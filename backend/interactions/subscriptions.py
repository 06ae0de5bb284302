"""
Live changes. A message carries ids and a share done; the subscriber reads the row and the viewer's permissions afresh for each, so
that nobody hears of what they may no longer see.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import strawberry
from graphql import GraphQLError

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


async def _now(context: Context, number: int) -> tables.Interaction | None:
    """The row as it is now, if the viewer may see it as their permissions are now."""
    await context.renew()
    viewer = context.viewer
    if viewer.user_id is not None:
        async with context.read() as session:
            fresh = await identity.actor_of(session, viewer.account_id, viewer.user_id)
        context.actor = fresh or Actor(viewer.account_id, viewer.user_id)
    return await context.load(loaders.interactions, number)


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
        async with context.services.pubsub.subscribe(account_channel(context.viewer.account_id)) as messages:
            row = await _now(context, number)
            if row is None:
                raise GraphQLError("There is no such interaction, or you may not see it.", extensions={"code": "not_found"})
            last = InteractionProgress.from_row(row)
            yield last
            async for message in messages if status(row) not in ENDED else _none():
                if message.get("interaction_id") != number:
                    continue
                row = await _now(context, number)
                if row is None:
                    return
                seen = InteractionProgress.from_row(row, _percent(message))
                if seen != last:
                    last = replace(seen)
                    yield seen
                await context.renew()
                if status(row) in ENDED:
                    return

    @strawberry.subscription(description="Every interaction that appears or changes, among those that the viewer may see.")
    async def interactions_changed(self, info: Info) -> AsyncGenerator[InteractionChange, None]:
        context = info.context
        async with context.services.pubsub.subscribe(account_channel(context.viewer.account_id)) as messages:
            async for message in messages:
                number = message.get("interaction_id")
                row = await _now(context, number) if isinstance(number, int) else None
                if row is not None:
                    kind = InteractionChangeKind.CREATED if message.get("kind") == "created" else InteractionChangeKind.UPDATED
                    interaction = noun(info, "Interaction").from_row(row, _percent(message))
                    yield InteractionChange(kind=kind, interaction=interaction)
                # The next message may be long in coming: no connection is held until then.
                await context.renew()


async def _none() -> AsyncGenerator[Message, None]:
    """No messages."""
    return
    yield  # makes it a generator
