"""
Guiding sentences of other languages, in English: what analyses compare with.

The models are a worker's; this side knows which are installed, and keeps what comes back beside what was written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from backend.audit import service as audit
from backend.authz.actor import system
from backend.clock import utc_now
from backend.db.session import Session
from backend.infra.models.local import translated
from backend.settings.rules import LANGUAGES
from backend.topics import repository
from backend.topics.guiding import ENGLISH, PERSON
from backend.topics.tables import TopicSentence

STAGE = "translate_topic"
"""The name of the work in the queue, beside the stages of an interaction; its number is the topic's."""


class TranslationState(StrEnum):
    NOT_NEEDED = "not_needed"
    WAITING = "waiting"
    NO_MODEL = "no_model"
    BY_MODEL = "by_model"
    BY_PERSON = "by_person"


@dataclass(frozen=True, slots=True)
class Translation:
    """English of a sentence, and the model that gave it."""

    sentence: TopicSentence
    english: str
    translated_by: str


def installed(folder: Path) -> frozenset[str]:
    """The languages that a worker can translate into English: those with a model in `folder`, where the engine is installed."""
    if find_spec("transformers") is None:
        return frozenset()
    return translated(folder)


def state_of(row: TopicSentence, languages: frozenset[str]) -> TranslationState:
    if row.language == ENGLISH:
        return TranslationState.NOT_NEEDED
    if row.english is not None:
        return TranslationState.BY_PERSON if row.translated_by == PERSON else TranslationState.BY_MODEL
    return TranslationState.WAITING if row.language in languages else TranslationState.NO_MODEL


def remedy(language: str) -> str:
    """How to end that there is no model, in words."""
    name = LANGUAGES.get(language, language)
    engine = "" if find_spec("transformers") is not None else "make setup SPEECH=1, then "
    return (
        f"No model that translates {name} is installed, so this sentence does not count yet. Write its English beside it, or have one "
        f"installed: {engine}assay models list shows what there is."
    )


async def keep(session: Session, found: Mapping[int, Translation]) -> int:
    """
    Writes the translations, by sentence; returns how many were still wanted. What analyses look for changes with them, and the log says so.
    """
    counts: dict[int, int] = {}
    for number, each in found.items():
        topic_id = await repository.translate(session, number, each.sentence.text, each.english, each.translated_by)
        if topic_id is not None:
            counts[topic_id] = counts.get(topic_id, 0) + 1
    for topic_id, count in counts.items():
        topic = await repository.topic(session, session.account_id, topic_id)
        assert topic is not None, "a sentence names its topic"
        topic.in_force_at = utc_now()
        detail = {"topic": topic.name, "sentences": count}
        audit.record(session, system(session.account_id), "topic.translate", "Topic", topic_id, detail=detail)
    return sum(counts.values())
