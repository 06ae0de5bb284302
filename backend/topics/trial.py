"""
Guiding sentences tried on conversations: which passages they find, which they nearly find, and which other topics find the same. Pure.

The recogniser is the one of the analysis; nearness is the cosine to the nearest guiding sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from backend.analysis.language.lexicon import lexicon
from backend.analysis.language.sentences import Sentence
from backend.analysis.language.shipped import Shipped
from backend.analysis.language.topics import Guides, Topic, find_topics, train
from backend.analysis.types import Embed, TopicDefinition, Vectors
from backend.topics.vectors import Heard

NEARLY = 0.3
"""Cosine below which a passage is not worth a look."""
MOST_MISSED = 8
ALIKE = 0.92
"""Cosine from which two sentences say the same in other words."""
CLOSE = 0.8
"""Cosine from which a sentence might as well guide the other topic."""
_DRAFT = "\0draft"


@dataclass(frozen=True, slots=True)
class Passage:
    """
    `score` is the recogniser's, None where it does not find the passage; `guide` is the place of the guiding sentence that is nearest, with
    its cosine. `change`, against the saved topic: added, removed, kept. `also` are the topics that find it too.
    `english` is what the sentence says where that is a translation.
    """

    conversation: int
    sentence: Sentence
    score: float | None
    guide: int
    nearness: float
    change: str | None = None
    also: tuple[str, ...] = ()
    english: str | None = None

    @property
    def segment(self) -> int:
        return self.sentence.segment


@dataclass(frozen=True, slots=True)
class Near:
    """A guiding sentence that lies near one of another topic."""

    guide: int
    topic: str
    sentence: int
    nearness: float


@dataclass(frozen=True, slots=True)
class Trial:
    """`found` holds removed passages as well; both in order of conversation and time. `missed`: the nearest first."""

    found: tuple[Passage, ...] = ()
    missed: tuple[Passage, ...] = ()

    def conversations(self, *changes: str | None) -> set[int]:
        """Those with passages of these kinds."""
        return {each.conversation for each in self.found if each.change in changes}


def trained(definition: TopicDefinition, others: Sequence[TopicDefinition], heads: Shipped, embed: Embed) -> Topic:
    """One topic as the analysis would train it beside these others, without training them."""
    guides = {each.name: Guides(each.sentences, embed(each.sentences)) for each in others}
    own = Guides(definition.sentences, embed(definition.sentences))
    (topic,) = train({_DRAFT: own, **guides}, heads, lexicon(), only=(_DRAFT,))
    return replace(topic, name=definition.name)


def tried(conversations: Mapping[int, Heard], draft: Topic, saved: Topic | None, others: Sequence[Topic]) -> Trial:
    """`saved` is the topic before the change; the conversations are complete."""
    found, missed = [], []
    for number, heard in conversations.items():
        some, nearly = _in_one(number, heard, draft, saved, others)
        found += some
        missed += nearly
    missed.sort(key=lambda each: -each.nearness)
    return Trial(tuple(found), tuple(_different(missed)[:MOST_MISSED]))


def _in_one(
    number: int, heard: Heard, draft: Topic, saved: Topic | None, others: Sequence[Topic]
) -> tuple[list[Passage], list[Passage]]:  # fmt: skip
    said, vectors = heard.sentences, heard.vectors
    scores, before = _passages(heard, draft), _passages(heard, saved) if saved else {}
    also: dict[int, list[str]] = defaultdict(list)
    for other in find_topics(said, vectors, others) if scores else ():
        for segment, _ in other.passages:
            also[segment].append(other.name)
    found, missed = [], []
    for segment, place, guide, nearness in _nearest(said, vectors, draft.guides):
        english = heard.english[place] if heard.translated else None
        passage = Passage(number, said[place], scores.get(segment), guide, nearness, None, tuple(also[segment]), english)
        if segment in scores or segment in before:
            found.append(replace(passage, change=_change(segment, scores, before) if saved else None))
        elif nearness >= NEARLY:
            missed.append(passage)
    return found, missed


def _passages(heard: Heard, topic: Topic) -> dict[int, float]:
    return {segment: score for each in find_topics(heard.sentences, heard.vectors, [topic]) for segment, score in each.passages}


def _change(segment: int, scores: Mapping[int, float], before: Mapping[int, float]) -> str:
    if segment not in before:
        return "added"
    return "kept" if segment in scores else "removed"


def _nearest(said: Sequence[Sentence], vectors: Vectors, guides: Vectors) -> list[tuple[int, int, int, float]]:
    """Of each segment: (segment, place of its sentence that is nearest, guiding sentence, cosine)."""
    if not len(said):
        return []
    cosines = vectors @ guides.T
    best: dict[int, tuple[int, int, int, float]] = {}
    for place, (each, guide) in enumerate(zip(said, np.argmax(cosines, axis=1), strict=True)):
        nearness = float(cosines[place, guide])
        if each.segment not in best or nearness > best[each.segment][3]:
            best[each.segment] = (each.segment, place, int(guide), nearness)
    return [best[segment] for segment in sorted(best)]


def _different(passages: Sequence[Passage]) -> list[Passage]:
    """The first of those that say the same."""
    seen: dict[str, Passage] = {}
    for each in passages:
        seen.setdefault(each.sentence.clean, each)
    return list(seen.values())


def alike(vectors: Vectors) -> list[tuple[int, int, float]]:
    """(sentence, earlier sentence, cosine) of those that say what an earlier one says."""
    cosines = vectors @ vectors.T
    found = []
    for place in range(1, len(vectors)):
        earlier = int(np.argmax(cosines[place, :place]))
        if cosines[place, earlier] >= ALIKE:
            found.append((place, earlier, float(cosines[place, earlier])))
    return found


def near_others(vectors: Vectors, others: Mapping[str, Vectors]) -> list[Near]:
    """Of each sentence, the nearest one of another topic, where that is close."""
    found = []
    for place, vector in enumerate(vectors):
        nearest = [Near(place, name, int(np.argmax(guides @ vector)), float(np.max(guides @ vector))) for name, guides in others.items()]
        best = max(nearest, key=lambda each: each.nearness, default=None)
        if best is not None and best.nearness >= CLOSE:
            found.append(best)
    return found
