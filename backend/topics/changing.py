"""
Changes of an account's topics. Each takes account.definitions, is recorded in the audit log, and counts for what is analysed from then on.

Default topics can be switched off and on; their names and sentences are what the analysis was measured with, and stay.
"""

from __future__ import annotations

from collections.abc import Sequence

from backend.audit import service as audit
from backend.authz.actions import AccountAction
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.db.session import Session
from backend.errors import Conflict, NotFound
from backend.events import TopicWritten
from backend.topics import repository
from backend.topics.guiding import DEFAULTS, ENGLISH, PERSON, Guiding, checked_name, checked_sentences, require_room
from backend.topics.tables import Topic, TopicSentence

_STALE = "Somebody else has changed this topic meanwhile. Look at it as it is now, then change it again."


async def create(session: Session, actor: Actor, *, name: str, sentences: Sequence[Guiding]) -> Topic:
    """
    A topic of the account's own, recognised by meaning from its guiding sentences. Raises InvalidInput, and Conflict where the name is
    taken or there is no room.
    """
    actor.require_account(AccountAction.DEFINITIONS_EDIT)
    clean, guiding = checked_name(name), checked_sentences(sentences)
    await repository.lock(session)
    rows = await repository.topics(session, actor.account_id)
    require_room(sum(row.custom for row in rows))
    _require_free(clean, rows)
    topic = Topic(account_id=actor.account_id, name=clean, created_at=utc_now(), changed_by=actor.user_id)
    session.add(topic)
    await session.flush()
    _write(session, topic, guiding)
    _have_translated(session, topic, guiding)
    _record(session, actor, "create", topic, sentences=len(guiding))
    await session.flush()
    return topic


async def update(session: Session, actor: Actor, topic_id: int, *, version: int, name: str, sentences: Sequence[Guiding]) -> Topic:
    """
    `sentences` are all that there will be; those that stay keep their translations. What changes nothing leaves no trace. Raises NotFound,
    InvalidInput, and Conflict for a default topic, a name that is taken, or a version that is not the present one.
    """
    actor.require_account(AccountAction.DEFINITIONS_EDIT)
    clean, guiding = checked_name(name), checked_sentences(sentences)
    await repository.lock(session)
    topic = await _there(session, topic_id)
    _require_custom(topic, "edited")
    if topic.version != version:
        raise Conflict(_STALE)
    _require_free(clean, await repository.topics(session, actor.account_id), but=topic.id)
    added, removed = await _replace(session, topic, guiding)
    before = topic.name
    if clean == before and not added and not removed:
        return topic
    topic.name = clean
    _touch(topic, actor)
    renamed = {"before": before} if clean != before else {}
    _record(session, actor, "change", topic, added=added, removed=removed, **renamed)
    await session.flush()
    return topic


async def switch(session: Session, actor: Actor, topic_id: int, *, on: bool) -> Topic:
    """Analyses look for it from now on, or no longer. Raises NotFound."""
    actor.require_account(AccountAction.DEFINITIONS_EDIT)
    await repository.lock(session)
    topic = await _there(session, topic_id)
    if topic.active != on:
        topic.active = on
        _touch(topic, actor)
        _record(session, actor, "switch", topic, on=on)
        await session.flush()
    return topic


async def delete(session: Session, actor: Actor, topic_id: int) -> None:
    """Also takes it off the interactions that have it. Raises NotFound, and Conflict for a default topic."""
    actor.require_account(AccountAction.DEFINITIONS_EDIT)
    await repository.lock(session)
    topic = await _there(session, topic_id)
    _require_custom(topic, "deleted")
    await repository.forget_tags(session, topic.id)
    await session.delete(topic)
    _record(session, actor, "delete", topic)
    await session.flush()


async def _there(session: Session, topic_id: int) -> Topic:
    topic = await repository.topic(session, session.account_id, topic_id)
    if topic is None:
        raise NotFound("There is no such topic.")
    return topic


def _require_custom(topic: Topic, what: str) -> None:
    if not topic.custom:
        raise Conflict(f"{topic.name} is a default topic and cannot be {what}. It can be switched off.")


def _require_free(name: str, rows: Sequence[Topic], but: int | None = None) -> None:
    """Default topics keep their names, also in an account that never had them."""
    taken = {row.name.lower() for row in rows if row.id != but} | {each.lower() for each in DEFAULTS}
    if name.lower() in taken:
        raise Conflict(f"There is a topic named {name} already. Choose another name.")


def _write(session: Session, topic: Topic, guiding: Sequence[Guiding]) -> None:
    rows = [TopicSentence(account_id=session.account_id, topic_id=topic.id, text=each.text) for each in guiding]
    for row, each in zip(rows, guiding, strict=True):
        _fill(row, each)
    session.add_all(rows)


def _fill(row: TopicSentence, each: Guiding) -> None:
    row.text, row.language = each.text, each.language or ENGLISH
    row.english, row.translated_by = each.english, PERSON if each.english else None


def _have_translated(session: Session, topic: Topic, guiding: Sequence[Guiding]) -> None:
    if any(each.language != ENGLISH and not each.english for each in guiding):
        session.emit(TopicWritten(topic.id))


async def _replace(session: Session, topic: Topic, guiding: Sequence[Guiding]) -> tuple[int, int]:
    """How many were added and removed; a sentence with another language or another translation counts as both."""
    rows = await repository.sentences(session, session.account_id, topic.id)
    kept: set[int] = set()
    fresh = []
    for each in guiding:
        same = next((row for row in rows if row.id not in kept and _is(row, each)), None)
        if same is None:
            fresh.append(each)
        else:
            kept.add(same.id)
    gone = [row for row in rows if row.id not in kept]
    # What is rewritten keeps its place in the list.
    for row, each in zip(gone, fresh, strict=False):
        _fill(row, each)
    for row in gone[len(fresh) :]:
        await session.delete(row)
    _write(session, topic, fresh[len(gone) :])
    _have_translated(session, topic, fresh)
    return len(fresh), len(gone)


def _is(row: TopicSentence, each: Guiding) -> bool:
    return (row.text, row.language) == (each.text, each.language) and each.english in (None, row.english)


def _touch(topic: Topic, actor: Actor) -> None:
    topic.version, topic.changed_at, topic.changed_by = topic.version + 1, utc_now(), actor.user_id
    topic.in_force_at = topic.changed_at


def _record(session: Session, actor: Actor, doing: str, topic: Topic, **detail: object) -> None:
    audit.record(session, actor, f"topic.{doing}", "Topic", topic.id, detail={"topic": topic.name, **detail})
