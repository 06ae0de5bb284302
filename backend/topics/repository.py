"""SQL of topics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, delete, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from backend.analyses.tables import Analysis
from backend.db.session import Session
from backend.interactions.enums import TagKind
from backend.interactions.tables import Interaction, InteractionTag
from backend.topics.tables import Topic, TopicSentence

_LOCK = 1_953_462_377


@dataclass(frozen=True, slots=True)
class Applied:
    """
    How many conversations' current analyses looked for a topic as it is now, of how many, and the days of the first and last of them.
    """

    conversations: int
    of: int
    first_day: date | None = None
    last_day: date | None = None


async def lock(session: Session) -> None:
    """One change of an account's topics at a time, until the transaction ends."""
    await session.execute(
        text("SELECT pg_advisory_xact_lock(:space, :account)"), {"space": _LOCK, "account": session.account_id % 2**31}
    )  # fmt: skip


async def topics(session: AsyncSession, account_id: int) -> list[Topic]:
    return list((await session.execute(select(Topic).where(col(Topic.account_id) == account_id).order_by(col(Topic.id)))).scalars())


async def topic(session: AsyncSession, account_id: int, topic_id: int) -> Topic | None:
    query = select(Topic).where(col(Topic.account_id) == account_id, col(Topic.id) == topic_id)
    return (await session.execute(query)).scalar_one_or_none()


async def sentences(session: AsyncSession, account_id: int, topic_id: int | None = None) -> list[TopicSentence]:
    """Of one topic, or of all, in the order in which they were written."""
    query = select(TopicSentence).where(col(TopicSentence.account_id) == account_id).order_by(col(TopicSentence.id))
    if topic_id is not None:
        query = query.where(col(TopicSentence.topic_id) == topic_id)
    return list((await session.execute(query)).scalars())


async def untranslated(session: AsyncSession, account_id: int) -> list[TopicSentence]:
    waiting = col(TopicSentence.language) != "en", col(TopicSentence.english).is_(None)
    query = select(TopicSentence).where(col(TopicSentence.account_id) == account_id, *waiting).order_by(col(TopicSentence.id))
    return list((await session.execute(query)).scalars())


async def translate(session: Session, sentence_id: int, source: str, english: str, translated_by: str) -> int | None:
    """Its topic; None where the sentence is gone, says something else, or has been translated meanwhile."""
    same = col(TopicSentence.account_id) == session.account_id, col(TopicSentence.id) == sentence_id, col(TopicSentence.text) == source
    statement = update(TopicSentence).where(*same, col(TopicSentence.english).is_(None))
    written = statement.values(english=english, translated_by=translated_by).returning(col(TopicSentence.topic_id))
    return (await session.execute(written.execution_options(synchronize_session=False))).scalar_one_or_none()


async def forget_tags(session: Session, topic_id: int) -> None:
    """Takes the topic off the interactions that have it."""
    tag = InteractionTag
    mine = col(tag.account_id) == session.account_id, col(tag.kind) == TagKind.TOPIC.value, col(tag.tag_id) == topic_id
    await session.execute(delete(tag).where(*mine))


async def found_in(session: AsyncSession, account_id: int) -> dict[int, int]:
    """Topic → interactions whose current analysis has it."""
    tag = InteractionTag
    query = select(col(tag.tag_id), func.count()).where(col(tag.account_id) == account_id, col(tag.kind) == TagKind.TOPIC.value)
    rows = (await session.execute(query.group_by(col(tag.tag_id)))).all()
    return {row[0]: row[1] for row in rows}


async def applied(session: AsyncSession, account_id: int, since: Sequence[datetime]) -> list[Applied]:
    """For each of these instants: the conversations whose current analysis was made since."""
    made, day = col(Analysis.created_at), col(Interaction.day)
    same = and_(col(Interaction.account_id) == col(Analysis.account_id), col(Interaction.current_analysis_id) == col(Analysis.id))
    figures = [
        figure
        for instant in since
        for figure in (
            func.count().filter(made >= instant), func.min(day).filter(made >= instant), func.max(day).filter(made >= instant),
        )
    ]  # fmt: skip
    query = select(func.count(), *figures).select_from(Analysis).join(Interaction, same).where(col(Interaction.account_id) == account_id)
    total, *rest = (await session.execute(query)).one()
    return [Applied(rest[place], total, rest[place + 1], rest[place + 2]) for place in range(0, len(rest), 3)]
