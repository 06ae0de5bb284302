"""Topics of an account: the seven that it begins with, and its own, as analyses take them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from backend.analysis.types import TopicDefinition
from backend.clock import utc_now
from backend.db.session import Session
from backend.topics import repository
from backend.topics.guiding import DEFAULTS
from backend.topics.tables import Topic, TopicSentence


@dataclass(frozen=True, slots=True)
class TopicSet:
    """
    The account's own topics as the analysis takes them (the default ones ship with it), in English; every topic's row by name; and the
    names of those that are switched off.
    """

    own: tuple[TopicDefinition, ...] = ()
    ids: dict[str, int] = field(default_factory=dict)
    off: tuple[str, ...] = ()


async def create_defaults(session: Session) -> None:
    """The seven topics of a new account."""
    for name in DEFAULTS:
        session.add(Topic(account_id=session.account_id, name=name, custom=False, created_at=utc_now()))
    await session.flush()


async def for_analysis(session: AsyncSession, account_id: int) -> TopicSet:
    rows = await repository.topics(session, account_id)
    own = definitions(rows, await repository.sentences(session, account_id))
    off = tuple(row.name for row in rows if not row.active)
    return TopicSet(own, {row.name: row.id for row in rows}, off)


def definitions(rows: Sequence[Topic], sentences: Sequence[TopicSentence]) -> tuple[TopicDefinition, ...]:
    """The account's own topics that are on and have English sentences, in their order."""
    guiding: dict[int, list[str]] = defaultdict(list)
    for sentence in sentences:
        if sentence.read_as:
            guiding[sentence.topic_id].append(sentence.read_as)
    return tuple(TopicDefinition(row.name, tuple(guiding[row.id])) for row in rows if row.custom and row.active and guiding[row.id])
