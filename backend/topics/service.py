"""Topics of an account: the seven that it begins with, and its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from backend.analysis.types import TopicDefinition
from backend.authz.actions import AccountAction
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.db.session import Session
from backend.errors import InvalidInput
from backend.topics import repository
from backend.topics.tables import Topic, TopicSentence

DEFAULTS = ("Pricing", "Legal", "Privacy", "Security", "User Requirements", "Hardware", "Licensing")
MOST = 10
"""Topics of its own an account."""
LEAST_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class TopicSet:
    """The account's own topics as the analysis takes them (the default ones ship with it), and every topic's row by name."""

    own: tuple[TopicDefinition, ...] = ()
    ids: dict[str, int] = field(default_factory=dict)


async def create_defaults(session: Session) -> None:
    """The seven topics of a new account."""
    for name in DEFAULTS:
        session.add(Topic(account_id=session.account_id, name=name, custom=False, created_at=utc_now()))
    await session.flush()


async def create(session: Session, actor: Actor, *, name: str, sentences: Sequence[str]) -> Topic:
    """A topic of the account's own, recognised by meaning from its guiding sentences."""
    actor.require_account(AccountAction.DEFINITIONS_EDIT)
    guiding = _checked(name, sentences)
    rows = await repository.topics(session, actor.account_id)
    if sum(row.custom for row in rows) >= MOST:
        raise InvalidInput(f"An account holds at most {MOST} topics of its own: delete one first.", pointer="/input")
    if name.strip().casefold() in {row.name.casefold() for row in rows}:
        raise InvalidInput("There is a topic of this name.", pointer="/input/name", value=name)
    topic = Topic(account_id=actor.account_id, name=name.strip(), created_at=utc_now())
    session.add(topic)
    await session.flush()
    session.add_all(TopicSentence(account_id=actor.account_id, topic_id=topic.id, text=text) for text in guiding)
    await session.flush()
    return topic


async def for_analysis(session: AsyncSession, account_id: int) -> TopicSet:
    guiding: dict[int, list[str]] = defaultdict(list)
    for sentence in await repository.sentences(session, account_id):
        guiding[sentence.topic_id].append(sentence.text)
    rows = await repository.topics(session, account_id)
    own = tuple(TopicDefinition(row.name, tuple(guiding[row.id])) for row in rows if row.custom)
    return TopicSet(own, {row.name: row.id for row in rows})


def _checked(name: str, sentences: Sequence[str]) -> list[str]:
    if not name.strip():
        raise InvalidInput("A topic needs a name.", pointer="/input/name", value=name)
    guiding = list(dict.fromkeys(text.strip() for text in sentences if text.strip()))
    if len(guiding) < LEAST_SENTENCES:
        raise InvalidInput(f"A topic needs at least {LEAST_SENTENCES} different guiding sentences.", pointer="/input/sentences")
    return guiding
