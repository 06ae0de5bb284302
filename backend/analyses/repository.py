"""SQL of transcripts, analyses and what is copied out of them."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from backend.analyses.tables import Activity, Analysis, MentionRow, Transcript, Translation
from backend.db.session import Session
from backend.interactions.tables import Interaction, InteractionTag


async def activity(session: AsyncSession, account_id: int, interaction_id: int) -> Activity | None:
    query = select(Activity).where(col(Activity.account_id) == account_id, col(Activity.interaction_id) == interaction_id)
    return (await session.execute(query)).scalar_one_or_none()


async def transcript(session: AsyncSession, account_id: int, transcript_id: int) -> Transcript | None:
    query = select(Transcript).where(col(Transcript.account_id) == account_id, col(Transcript.id) == transcript_id)
    return (await session.execute(query)).scalar_one_or_none()


async def transcripts(session: AsyncSession, account_id: int, interaction_id: int) -> list[Transcript]:
    """All versions, the newest first."""
    query = (
        select(Transcript)
        .where(col(Transcript.account_id) == account_id, col(Transcript.interaction_id) == interaction_id)
        .order_by(col(Transcript.id).desc())
    )
    return list((await session.execute(query)).scalars())


async def newest_translation(session: AsyncSession, account_id: int, interaction_id: int) -> Translation | None:
    query = (
        select(Translation)
        .where(col(Translation.account_id) == account_id, col(Translation.interaction_id) == interaction_id)
        .order_by(col(Translation.id).desc())
        .limit(1)
    )
    return (await session.execute(query)).scalar_one_or_none()


async def analysis(session: AsyncSession, account_id: int, analysis_id: int) -> Analysis | None:
    query = select(Analysis).where(col(Analysis.account_id) == account_id, col(Analysis.id) == analysis_id)
    return (await session.execute(query)).scalar_one_or_none()


async def current_analysis(session: AsyncSession, account_id: int, interaction_id: int) -> Analysis | None:
    query = (
        select(Analysis)
        .join(
            Interaction,
            (col(Interaction.account_id) == col(Analysis.account_id)) & (col(Interaction.current_analysis_id) == col(Analysis.id)),
        )
        .where(col(Interaction.account_id) == account_id, col(Interaction.id) == interaction_id)
    )
    return (await session.execute(query)).scalar_one_or_none()


async def forget_findings(session: Session, interaction_id: int) -> None:
    """Mentions and tags belong to the current analysis alone."""
    for table in (MentionRow, InteractionTag):
        await session.execute(delete(table).where(col(table.account_id) == session.account_id, col(table.interaction_id) == interaction_id))
