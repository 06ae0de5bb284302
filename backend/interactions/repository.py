"""SQL of engagements, interactions and what belongs to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from backend.clock import utc_now
from backend.db.session import Session
from backend.interactions.tables import (
    DeliveredTranscript,
    Engagement,
    HoldInterval,
    Interaction,
    InteractionEvent,
    Queue,
    SpeakerRole,
)


async def interaction(session: AsyncSession, account_id: int, interaction_id: int, *, lock: bool = False) -> Interaction | None:
    query = select(Interaction).where(col(Interaction.account_id) == account_id, col(Interaction.id) == interaction_id)
    return (await session.execute(query.with_for_update() if lock else query)).scalar_one_or_none()


async def by_external_id(session: AsyncSession, account_id: int, external_id: str) -> int | None:
    query = select(col(Interaction.id)).where(col(Interaction.account_id) == account_id, col(Interaction.external_id) == external_id)
    return (await session.execute(query)).scalar_one_or_none()


async def engagement_by_external_id(session: AsyncSession, account_id: int, external_id: str) -> Engagement | None:
    """Locked: interactions of one engagement take their positions one after the other."""
    query = select(Engagement).where(col(Engagement.account_id) == account_id, col(Engagement.external_id) == external_id)
    return (await session.execute(query.with_for_update())).scalar_one_or_none()


async def last_position(session: AsyncSession, account_id: int, engagement_id: int) -> int:
    query = select(func.max(col(Interaction.position))).where(
        col(Interaction.account_id) == account_id, col(Interaction.engagement_id) == engagement_id
    )
    return int(await session.scalar(query) or 0)


async def queue_by_name(session: AsyncSession, account_id: int, name: str) -> Queue | None:
    query = select(Queue).where(col(Queue.account_id) == account_id, col(Queue.name) == name)
    return (await session.execute(query)).scalar_one_or_none()


async def holds(session: AsyncSession, account_id: int, interaction_id: int) -> list[HoldInterval]:
    query = (
        select(HoldInterval)
        .where(col(HoldInterval.account_id) == account_id, col(HoldInterval.interaction_id) == interaction_id)
        .order_by(col(HoldInterval.start_ms))
    )
    return list((await session.execute(query)).scalars())


async def speaker_roles(session: AsyncSession, account_id: int, interaction_id: int) -> list[SpeakerRole]:
    query = (
        select(SpeakerRole)
        .where(col(SpeakerRole.account_id) == account_id, col(SpeakerRole.interaction_id) == interaction_id)
        .order_by(col(SpeakerRole.speaker))
    )
    return list((await session.execute(query)).scalars())


async def delivered(session: AsyncSession, account_id: int, interaction_id: int) -> DeliveredTranscript | None:
    query = select(DeliveredTranscript).where(
        col(DeliveredTranscript.account_id) == account_id, col(DeliveredTranscript.interaction_id) == interaction_id
    )
    return (await session.execute(query)).scalar_one_or_none()


async def begin(session: Session, interaction_id: int, stage: str, now: datetime) -> bool:
    """Counts an attempt. False where the stage is no longer the one that is due."""
    return await _guarded(
        session, interaction_id, stage, attempts=col(Interaction.attempts) + 1, stage_started_at=now, changed_at=now
    )  # fmt: skip


async def advance(session: Session, interaction_id: int, stage: str, following: str, now: datetime) -> bool:
    """Goes from `stage` to `following`. False where somebody else did: then nothing of this transaction may stay."""
    return await _guarded(
        session, interaction_id, stage, stage=following, attempts=0, stage_started_at=None, failure=None, changed_at=now
    )  # fmt: skip


async def fail(session: Session, interaction_id: int, stage: str, reason: str, now: datetime) -> bool:
    return await _guarded(session, interaction_id, stage, failure=reason, changed_at=now)


async def leave(session: Session, interaction_id: int, stage: str, ending: str, reason: str | None, now: datetime) -> bool:
    """Ends the work on it before it is finished."""
    return await _guarded(
        session, interaction_id, stage, stage=ending, attempts=0, stage_started_at=None, failure=reason, changed_at=now
    )  # fmt: skip


async def _guarded(session: Session, interaction_id: int, due: str, **values: Any) -> bool:
    statement = (
        update(Interaction)
        .where(
            col(Interaction.account_id) == session.account_id,
            col(Interaction.id) == interaction_id,
            col(Interaction.stage) == due,
            col(Interaction.failure).is_(None),
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return cast(CursorResult[Any], await session.execute(statement)).rowcount == 1


async def set_values(session: Session, interaction_id: int, **values: Any) -> None:
    """Writes columns of one interaction; none is nothing to do."""
    if not values:
        return
    await session.execute(
        update(Interaction)
        .where(col(Interaction.account_id) == session.account_id, col(Interaction.id) == interaction_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


async def without_words(session: AsyncSession, account_id: int, languages: Sequence[str]) -> list[Interaction]:
    """
    Done interactions that were analysed from speech activity, in one of these languages or an unknown one, and have a recording; not those
    whose language was looked for and stayed uncertain.
    """
    query = select(Interaction).where(
        col(Interaction.account_id) == account_id,
        col(Interaction.stage) == "done",
        col(Interaction.without_words).is_(True),
        col(Interaction.recording_id).is_not(None),
        func.coalesce(col(Interaction.language), "en").in_(list(languages)),
        col(Interaction.language_source).is_distinct_from("uncertain"),
    )
    return list((await session.execute(query.order_by(col(Interaction.id)).with_for_update(skip_locked=True))).scalars())


async def expired(
    session: AsyncSession, account_id: int, before: datetime, *, after: tuple[datetime, int] | None, limit: int
) -> list[tuple[datetime, int]]:  # fmt: skip
    """Start and number of interactions that began before this, the oldest first, from the place on."""
    started, number = col(Interaction.started_at), col(Interaction.id)
    query = select(started, number).where(col(Interaction.account_id) == account_id, started < before)
    if after is not None:
        query = query.where(tuple_(started, number) > tuple_(*after))
    rows = await session.execute(query.order_by(started, number).limit(limit))
    return [(row[0], row[1]) for row in rows]


async def remove(session: Session, row: Interaction) -> bool:
    """
    Removes an interaction with every row that came from it, and its engagement with the last of them. True where nothing else is cut
    from its recording. Interactions of one engagement are removed one after the other.
    """
    own = col(Engagement.account_id) == session.account_id, col(Engagement.id) == row.engagement_id
    await session.execute(select(col(Engagement.id)).where(*own).with_for_update())
    account = col(Interaction.account_id) == session.account_id
    await session.execute(delete(Interaction).where(account, col(Interaction.id) == row.id))
    alone = row.recording_id is not None and not await session.scalar(
        select(func.count()).select_from(Interaction).where(account, col(Interaction.recording_id) == row.recording_id)
    )
    if not await session.scalar(
        select(func.count()).select_from(Interaction).where(account, col(Interaction.engagement_id) == row.engagement_id)
    ):
        await session.execute(delete(Engagement).where(*own))
    return alone


def note(session: Session, interaction_id: int, what: str, **detail: Any) -> None:
    """Adds to the interaction's history. `detail` must hold no words of the conversation."""
    session.add(
        InteractionEvent(account_id=session.account_id, interaction_id=interaction_id, at=utc_now(), what=what, detail=detail)
    )  # fmt: skip
