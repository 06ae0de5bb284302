"""From a trial to what its asker may be shown of it."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from backend.analyses import repository as analyses
from backend.analyses.service import open_transcript
from backend.authz.actions import Action
from backend.graphql.context import Context
from backend.graphql.ids import global_id
from backend.graphql.scalars import Milliseconds
from backend.infra.models.local import for_language
from backend.interactions.tables import Interaction
from backend.interactions.visibility import permits
from backend.media.types import SpeakerRole
from backend.topics import sample
from backend.topics.guiding import ENGLISH, LEAST_SENTENCES, fault_of, repeats
from backend.topics.preview import Preview
from backend.topics.preview_types import (
    CompetingTopic,
    SentenceRemark,
    SentenceRemarkKind,
    TopicPassageChange,
    TopicPreview,
    TopicPreviewPassage,
)
from backend.topics.trial import Passage

MOST_CONVERSATIONS, MOST_PASSAGES = 20, 5
_COUNTS_ONLY = "You see no interactions: how many match is all that you are told. A seat with a role that may read them shows the passages."
_OTHER = "Analyses use the model {name} for topics; this is tried with the one that ships, so single passages may differ."
_NOTHING = "You see no interactions, and fewer than {least} were tried: how many match would tell of single conversations."


async def shown(context: Context, made: Preview) -> TopicPreview:
    """Without passages for whoever sees no interactions, and without words for whoever may not read them."""
    sees = sample.sees(context.viewer)
    tells = sees or made.tried >= sample.LEAST
    usable = len(made.draft.english) >= LEAST_SENTENCES
    trial = made.found
    after, before = trial.conversations(None, "added", "kept"), trial.conversations("removed", "kept")
    edits = tells and usable and made.has_saved
    return TopicPreview(
        conversations=made.tried, of=made.of, complete=made.complete, other_languages=made.other_languages if sees else 0,
        caution=await asyncio.to_thread(_caution, context), usable_sentences=len(made.draft.english),
        withheld=None if sees else _COUNTS_ONLY if tells else _NOTHING.format(least=sample.LEAST),
        matching=len(after) if tells and usable else None,
        matching_before=len(before) if edits else None,
        gained=len(after - before) if edits else None,
        lost=len(before - after) if edits else None,
        passages=sum(each.score is not None for each in trial.found) if tells else 0,
        found=await _passages(context, made, _clearest(trial.found)) if sees else [],
        missed=await _passages(context, made, trial.missed) if sees else [],
        competing=_competing(made, tells),
        remarks=sorted(_remarks(made), key=lambda each: each.sentence),
    )  # fmt: skip


def _caution(context: Context) -> str | None:
    other = for_language(context.services.config.models_folder, "topics", ENGLISH)
    return _OTHER.format(name=other.name) if other else None


def _clearest(found: Sequence[Passage]) -> list[Passage]:
    """The conversations with the clearest passages first; of each its clearest, in order of time. Where something changes comes before."""
    groups: dict[int, list[Passage]] = defaultdict(list)
    for each in found:
        groups[each.conversation].append(each)

    def clear(each: Passage) -> tuple[bool, float]:
        return each.change in ("added", "removed"), each.score or each.nearness

    ranked = sorted(groups.values(), key=lambda some: max(map(clear, some)), reverse=True)[:MOST_CONVERSATIONS]
    best = (sorted(some, key=clear, reverse=True)[:MOST_PASSAGES] for some in ranked)
    return [each for some in best for each in sorted(some, key=lambda each: each.segment)]


async def _passages(context: Context, made: Preview, passages: Sequence[Passage]) -> list[TopicPreviewPassage]:
    rows = [made.rows[number] for number in dict.fromkeys(each.conversation for each in passages)]
    documents = {row.id: await _transcript(context, row) for row in rows}
    readable = {row.id for row in rows if await permits(context, Action.TRANSCRIPT_READ, row)}
    if readable:
        context.note("topic.preview", "Topic", made.draft.topic_id, conversations=len(readable), interactions=sorted(readable))
    places = list(made.draft.english)
    return [_passage(each, made.rows[each.conversation], documents[each.conversation], readable, places) for each in passages]


async def _transcript(context: Context, row: Interaction) -> dict[str, Any]:
    async with context.read() as session:
        analysis = await analyses.current_analysis(session, row.account_id, row.id)
        kept = await analyses.transcript(session, row.account_id, analysis.transcript_id) if analysis else None
        assert kept is not None, "what is tried has an analysis, which names its transcript"
        return open_transcript(await context.services.sealers.of(session, row.account_id), kept)


def _passage(
    each: Passage, row: Interaction, document: dict[str, Any], readable: set[int], places: Sequence[int]
) -> TopicPreviewPassage:  # fmt: skip
    segment, may_read = document["segments"][each.segment], row.id in readable
    start = each.sentence.start if may_read else 0
    return TopicPreviewPassage(
        row=row, segment=each.segment, start_ms=Milliseconds(segment["start_ms"]), end_ms=Milliseconds(segment["end_ms"]),
        role=SpeakerRole(each.sentence.role), text=segment["text"] if may_read else None,
        english=each.english if may_read else None, highlight_start=start, highlight_end=start + len(each.sentence.text) if may_read else 0,
        score=each.score, sentence=places[each.guide], nearness=each.nearness,
        change=TopicPassageChange(each.change) if each.change else None, also=list(each.also),
    )  # fmt: skip


def _competing(made: Preview, tells: bool) -> list[CompetingTopic]:
    places = list(made.draft.english)
    shared = Counter(name for each in made.found.found if each.score is not None for name in each.also) if tells else Counter[str]()
    near: dict[str, list[int]] = defaultdict(list)
    for each in made.near:
        near[each.topic].append(places[each.guide])
    names = sorted({*shared, *near}, key=lambda name: (-shared[name], -len(near[name]), name))
    return [
        CompetingTopic(
            topic_id=global_id("Topic", made.ids[name]) if name in made.ids else None,
            name=name,
            passages=shared[name],
            sentences=near[name],
        )
        for name in names
    ]


def _remarks(made: Preview) -> Iterable[SentenceRemark]:
    given, places = made.draft.sentences, list(made.draft.english)
    for place, each in enumerate(given):
        if each.text and (fault := fault_of(each)):
            yield SentenceRemark(sentence=place, kind=SentenceRemarkKind.UNUSABLE, message=fault)
        elif each.text and place not in made.draft.english:
            waits = "It is tried once it is translated, or once its English is written beside it."
            yield SentenceRemark(sentence=place, kind=SentenceRemarkKind.UNTRANSLATED, message=waits)
    repeated = dict(repeats(given))
    for place, earlier in repeated.items():
        message = f"This says the same as sentence {earlier + 1}: vary it, or leave it out."
        yield SentenceRemark(sentence=place, kind=SentenceRemarkKind.REPEATED, message=message)
    for later, earlier, _ in made.alike:
        if places[later] not in repeated:
            message = f"This says nearly the same as sentence {places[earlier] + 1}: another way to say it teaches more."
            yield SentenceRemark(sentence=places[later], kind=SentenceRemarkKind.ALIKE, message=message)
    for near in made.near:
        message = f"This lies close to “{made.texts[near.topic][near.sentence]}” of the topic {near.topic}."
        yield SentenceRemark(sentence=places[near.guide], kind=SentenceRemarkKind.NEAR_OTHER_TOPIC, message=message)
