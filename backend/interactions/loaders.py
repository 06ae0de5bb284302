"""What interactions refer to, many at once. Only interactions that the viewer may see are ever loaded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlmodel import col

from backend.graphql.context import Context
from backend.interactions.tables import Engagement, Interaction, InteractionEvent, InteractionTag, Queue, SpeakerRole
from backend.interactions.visibility import visible_to

Row = TypeVar("Row")


async def _rows(context: Context, query: Select[Any]) -> Sequence[Any]:
    async with context.read() as session:
        return list((await session.execute(query)).scalars())


def _grouped(rows: Sequence[Row], key: str, ids: list[int]) -> list[list[Row]]:
    groups: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, key)].append(row)
    return [groups[number] for number in ids]


async def interactions(context: Context, ids: list[int]) -> list[Interaction | None]:
    rows = await _rows(context, select(Interaction).where(visible_to(context.viewer), col(Interaction.id).in_(ids)))
    found = {row.id: row for row in rows}
    return [found.get(number) for number in ids]


async def queues(context: Context, ids: list[int]) -> list[Queue | None]:
    rows = await _rows(context, select(Queue).where(col(Queue.account_id) == context.viewer.account_id, col(Queue.id).in_(ids)))
    found = {row.id: row for row in rows}
    return [found.get(number) for number in ids]


async def engagements(context: Context, ids: list[int]) -> list[Engagement | None]:
    account = col(Engagement.account_id) == context.viewer.account_id
    rows = await _rows(context, select(Engagement).where(account, col(Engagement.id).in_(ids)))
    found = {row.id: row for row in rows}
    return [found.get(number) for number in ids]


async def siblings(context: Context, engagement_ids: list[int]) -> list[list[Interaction]]:
    """The visible interactions of each engagement, in order."""
    query = select(Interaction).where(visible_to(context.viewer), col(Interaction.engagement_id).in_(engagement_ids))
    rows = await _rows(context, query.order_by(col(Interaction.position), col(Interaction.started_at), col(Interaction.id)))
    return _grouped(rows, "engagement_id", engagement_ids)


async def tags(context: Context, ids: list[int]) -> list[list[InteractionTag]]:
    """Of both kinds, those with most mentions first."""
    tag = InteractionTag
    query = select(tag).where(col(tag.account_id) == context.viewer.account_id, col(tag.interaction_id).in_(ids))
    return _grouped(await _rows(context, query.order_by(col(tag.total).desc(), col(tag.tag_id))), "interaction_id", ids)


async def speakers(context: Context, ids: list[int]) -> list[list[SpeakerRole]]:
    query = select(SpeakerRole).where(col(SpeakerRole.account_id) == context.viewer.account_id, col(SpeakerRole.interaction_id).in_(ids))
    return _grouped(await _rows(context, query.order_by(col(SpeakerRole.role), col(SpeakerRole.speaker))), "interaction_id", ids)


async def history(context: Context, ids: list[int]) -> list[list[InteractionEvent]]:
    """Oldest first."""
    event = InteractionEvent
    query = select(event).where(col(event.account_id) == context.viewer.account_id, col(event.interaction_id).in_(ids))
    return _grouped(await _rows(context, query.order_by(col(event.id))), "interaction_id", ids)
