"""SQL of topics."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from backend.topics.tables import Topic, TopicSentence


async def topics(session: AsyncSession, account_id: int) -> list[Topic]:
    return list((await session.execute(select(Topic).where(col(Topic.account_id) == account_id).order_by(col(Topic.id)))).scalars())


async def sentences(session: AsyncSession, account_id: int) -> list[TopicSentence]:
    query = select(TopicSentence).where(col(TopicSentence.account_id) == account_id).order_by(col(TopicSentence.id))
    return list((await session.execute(query)).scalars())
