"""
A topic tried before it is saved: on the newest conversations, within a few seconds.

What does not fit into them is left to the next call, which finds what this one has encoded; so a page asks again until it is complete.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backend.analyses import repository as analyses
from backend.analyses import translations
from backend.analyses.service import open_transcript
from backend.analysis.language.sentences import normal, sentences
from backend.analysis.language.shipped import default_topics as default_sentences
from backend.analysis.language.shipped import shipped
from backend.analysis.language.topics import Topic, default_topics
from backend.analysis.language.translation import Translation
from backend.analysis.reading import read_transcript
from backend.analysis.types import Embed, TopicDefinition, Vectors
from backend.authz.actions import AccountAction
from backend.db.sealed import Sealer
from backend.errors import ConfigurationError, InvalidInput, NotFound
from backend.graphql.context import Context
from backend.interactions.tables import Interaction
from backend.topics import repository, sample, service, trial
from backend.topics.guiding import ENGLISH, LEAST_SENTENCES, Guiding, completed, fault_of
from backend.topics.sample import is_english
from backend.topics.tables import Topic as TopicRow
from backend.topics.tables import TopicSentence
from backend.topics.vectors import Heard, Kept, Remembering

READING_S, TRAINING_S = 2.0, 1.0
"""Of one call: for encoding what was said, and for training the other topics."""
_HEARD: Kept[Heard] = Kept(400)
_SENTENCES: Kept[Vectors] = Kept(4_000)
_TOPICS: Kept[Topic] = Kept(200)
_TURN = Lock()


@dataclass(frozen=True, slots=True)
class Draft:
    """`topic_id` names the saved topic that it would replace. `english`, by place: what of it can be compared."""

    topic_id: int | None
    sentences: Sequence[Guiding]
    english: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preview:
    """`texts` are the guiding sentences of the other topics that count, by name; `ids` their rows."""

    draft: Draft
    rows: Mapping[int, Interaction]
    tried: int
    of: int
    complete: bool
    other_languages: int
    found: trial.Trial
    alike: Sequence[tuple[int, int, float]] = ()
    near: Sequence[trial.Near] = ()
    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    ids: Mapping[str, int] = field(default_factory=dict)
    has_saved: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    """What the account has decided so far."""

    rows: Sequence[TopicRow]
    sentences: Sequence[TopicSentence]

    def others(self, topic_id: int | None) -> tuple[TopicDefinition, ...]:
        return service.definitions([row for row in self.rows if row.id != topic_id], self.sentences)

    def saved(self, topic_id: int | None) -> TopicDefinition | None:
        found = service.definitions([row for row in self.rows if row.id == topic_id], self.sentences)
        return found[0] if found else None

    @property
    def off(self) -> set[str]:
        return {row.name for row in self.rows if not row.active}


async def preview(context: Context, draft: Draft, most: int) -> Preview:
    """Needs account.definitions. Raises NotFound where the topic is none of the account's own."""
    viewer = context.viewer
    viewer.require_account(AccountAction.DEFINITIONS_EDIT)
    async with context.read() as session:
        known = _Known(await repository.topics(session, viewer.account_id), await repository.sentences(session, viewer.account_id))
        if draft.topic_id is not None and not any(row.id == draft.topic_id and row.custom for row in known.rows):
            raise NotFound("There is no such topic.")
        draft = readable(draft, known.sentences)
        chosen = await sample.newest(session, viewer, most)
        heard = await _listen(session, await context.services.sealers.of(session, viewer.account_id), chosen)
    return await asyncio.to_thread(_compared, draft, known, chosen, heard)


def readable(draft: Draft, saved: Sequence[TopicSentence]) -> Draft:
    """With languages, and with the English of what can be compared: its own, or what a translation of the same sentence gave."""
    given = completed(draft.sentences)
    translated = {(row.text, row.language): row.english for row in saved if row.topic_id == draft.topic_id}
    english = {}
    for place, each in enumerate(given):
        text = each.text if each.language == ENGLISH else each.english or translated.get((each.text, each.language or ""))
        if text and not fault_of(each):
            english[place] = text
    return Draft(draft.topic_id, given, english)


async def _listen(session: AsyncSession, sealer: Sealer, chosen: sample.Sample) -> dict[int, Heard]:
    """The conversations whose sentences are all encoded, by interaction. Goes on encoding for `READING_S`."""
    until = time.monotonic() + READING_S
    found: dict[int, Heard] = {}
    for row, transcript_id in chosen.rows:
        heard = _HEARD.get((row.account_id, transcript_id))
        if heard is None and time.monotonic() < until:
            kept = await analyses.transcript(session, row.account_id, transcript_id)
            assert kept is not None, "an analysis names its transcript"
            stored = None if is_english(row) else await translations.newest(session, sealer, row.id)
            heard = await asyncio.to_thread(_heard, open_transcript(sealer, kept), stored.translation if stored else None)
            _HEARD.put((row.account_id, transcript_id), heard)
        if heard is not None and not heard.complete and time.monotonic() < until:
            await asyncio.to_thread(_read_on, heard, until)
        if heard is not None and heard.complete:
            found[row.id] = heard
    return found


def _heard(document: dict[str, Any], translation: Translation | None) -> Heard:
    transcript = read_transcript(document)
    said = sentences(transcript)
    texts = [each.text for each in said]
    if translation is None:
        return Heard(said, texts)
    english = translation.lookup(transcript)(texts)
    return Heard([replace(each, clean=normal(text)) for each, text in zip(said, english, strict=True)], english, translated=True)


def _read_on(heard: Heard, until: float) -> None:
    with _TURN:
        heard.read_on(_engine(), until)


def _engine() -> Embed:
    # Imported late: the weights take a moment, and most requests need none.
    from backend.infra.embedder import load

    return load()


def _embed() -> Remembering:
    return Remembering(_engine(), _SENTENCES)


def _compared(draft: Draft, known: _Known, chosen: sample.Sample, heard: Mapping[int, Heard]) -> Preview:
    with _TURN:
        return _compare(draft, known, chosen, heard)


def _compare(draft: Draft, known: _Known, chosen: sample.Sample, heard: Mapping[int, Heard]) -> Preview:
    embed, others, saved = _embed(), known.others(draft.topic_id), known.saved(draft.topic_id)
    until = time.monotonic() + TRAINING_S
    found, rivals = trial.Trial(), _rivals(others, known.off, until)
    if len(draft.english) >= LEAST_SENTENCES:
        mine = _trained(TopicDefinition("", tuple(draft.english.values())), others)
        before = _trained(saved, others) if saved else None
        found = trial.tried(heard, mine, before, rivals)
    texts = {**default_sentences(), **{each.name: each.sentences for each in others}}
    texts = {name: some for name, some in texts.items() if name not in known.off}
    # The shipped guides begin with the sentences that are shown.
    shown = {name: guides[: len(texts[name])] for name, guides in shipped().guides.items() if name in texts}
    guides = {name: shown[name] if name in shown else embed(some) for name, some in texts.items()}
    vectors = embed(list(draft.english.values())) if draft.english else None
    return Preview(
        draft, {row.id: row for row, _ in chosen.rows}, len(heard), len(chosen.rows),
        complete=len(heard) == len(chosen.rows) and {each.name for each in others} <= {each.name for each in rivals},
        other_languages=chosen.other_languages, found=found,
        alike=() if vectors is None else trial.alike(vectors),
        near=() if vectors is None else trial.near_others(vectors, guides),
        texts=texts, ids={row.name: row.id for row in known.rows}, has_saved=saved is not None,
    )  # fmt: skip


def _rivals(others: Sequence[TopicDefinition], off: set[str], until: float) -> list[Topic]:
    """The topics that are on, as far as they are trained or can be before `until`."""
    found = [each for each in default_topics(shipped()) if each.name not in off]
    for place, each in enumerate(others):
        rest = (*others[:place], *others[place + 1 :])
        known = _TOPICS.get(_key(each, rest))
        if known is not None or time.monotonic() < until:
            found.append(known or _trained(each, rest))
    return found


def _trained(definition: TopicDefinition, others: Sequence[TopicDefinition]) -> Topic:
    key = _key(definition, others)
    known = _TOPICS.get(key)
    if known is None:
        known = trial.trained(definition, others, shipped(), _embed())
        _TOPICS.put(key, known)
    return known


def _key(definition: TopicDefinition, others: Sequence[TopicDefinition]) -> tuple[object, ...]:
    return definition, tuple(others), shipped().versions["topics"]


def require_varied(given: Sequence[Guiding]) -> None:
    """
    Raises InvalidInput where fewer than three are left once sentences that say the same in other words count as one. What is not English
    yet counts as different. Takes a moment: call it in a thread.
    """
    draft = readable(Draft(None, given), ())
    places = list(draft.english)
    try:
        with _TURN:
            pairs = trial.alike(_embed()(list(draft.english.values()))) if places else []
    except ConfigurationError:
        return  # Without the encoder nothing is recognised by meaning either, and the page says so.
    if pairs and len([each for each in given if each.text.strip()]) - len(pairs) < LEAST_SENTENCES:
        here, earlier = places[pairs[0][0]], places[pairs[0][1]]
        message = (
            f"This says the same as sentence {earlier + 1} in other words. A topic needs at least {LEAST_SENTENCES} guiding sentences that "
            "differ in what they say."
        )
        raise InvalidInput(message, pointer=f"/input/sentences/{here}", value=given[here].text)
