"""
Topics by meaning: for each one a logistic regression on sentence vectors, its guiding sentences against everything else.

"Everything else" is the background that is shipped (talk about no topic) and the other topics' guiding sentences. A sentence belongs to a
topic from a probability on that suits the topic: most of its own guiding sentences, each judged without itself, would reach it. Topics
that are hard to tell from their neighbours get a lower one, clear ones a higher. It must also lie near a guiding sentence: a regression
alone is too sure of itself far away from all it has seen. The default topics' regressions are shipped; those of an account's own topics
are trained at the first analysis that meets them and kept by content.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np

from backend.analysis.language.logistic import Line, fit, left_out, probabilities
from backend.analysis.language.sentences import Sentence
from backend.analysis.language.shipped import Shipped
from backend.analysis.types import Embed, TopicDefinition, TopicFound, Vectors

SAME = 0.98  # another topic's sentence so near to an own one is no counter-example
CONTAMINATED = 0.6  # background so near to a guiding sentence is no counter-example either
SHORTEST = 3  # words
KEPT = 64


@dataclass(frozen=True, slots=True)
class Bounds:
    """A sentence belongs from this probability on, and this near (cosine) to a guiding sentence."""

    probability: float
    cosine: float


@dataclass(frozen=True, slots=True)
class Topic:
    """`guides` are unit vectors, one a guiding sentence."""

    name: str
    line: Line
    guides: Vectors
    bounds: Bounds


class Trained:
    """The last topics trained in this process, by content and encoder."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[Topic, ...]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> tuple[Topic, ...] | None:
        with self._lock:
            return self._kept.get(key)

    def put(self, key: str, topics: tuple[Topic, ...]) -> None:
        with self._lock:
            self._kept[key] = topics
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)


_TRAINED = Trained()


def default_topics(heads: Shipped) -> tuple[Topic, ...]:
    """The seven that every account has."""
    bounds = Bounds(heads.thresholds["default_topic"], heads.thresholds["default_topic_cosine"])
    return tuple(Topic(name, line, heads.guides[name], bounds) for name, line in heads.topics.items())


def own_topics(definitions: Sequence[TopicDefinition], heads: Shipped, embed: Embed) -> tuple[Topic, ...]:
    """The account's topics, trained here unless this process has just done so."""
    usable = [each for each in definitions if any(sentence.strip() for sentence in each.sentences)]
    if not usable:
        return ()
    key = content_key(usable, heads, str(getattr(embed, "name", id(embed))))
    known = _TRAINED.get(key)
    if known is None:
        known = train(_vectors(usable, embed), heads)
        _TRAINED.put(key, known)
    return known


def content_key(definitions: Sequence[TopicDefinition], heads: Shipped, encoder: str) -> str:
    """Equal for equal topics, whatever account they are in."""
    parts = [encoder, heads.versions["topics"], *(repr((each.name, each.sentences)) for each in definitions)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def train(own: Mapping[str, Vectors], heads: Shipped) -> tuple[Topic, ...]:
    """One regression for each of `own`: against the background, the rest of `own`, and the default topics."""
    everyone = {**heads.guides, **own}
    return tuple(_trained(name, everyone, heads) for name in own)


def _trained(name: str, everyone: Mapping[str, Vectors], heads: Shipped) -> Topic:
    guides = everyone[name]
    against = _against(name, everyone, heads.background)
    line = fit(guides, against)
    bounds = heads.thresholds
    reached = float(np.quantile(left_out(line, guides, against), bounds["topic_share"]))
    probability = min(bounds["topic_most"], max(bounds["topic_least"], reached))
    return Topic(name, line, guides, Bounds(probability, bounds["topic_cosine"]))


def find_topics(sentences: Sequence[Sentence], vectors: Vectors, topics: Sequence[Topic]) -> tuple[TopicFound, ...]:
    """Each topic that a sentence belongs to, the strongest first; a passage scores as its best sentence."""
    long = [place for place, each in enumerate(sentences) if each.words >= SHORTEST]
    if not long:
        return ()
    found = []
    for topic in topics:
        scores = membership(topic, vectors[long])
        passages: dict[int, float] = {}
        for place, score in zip(long, np.round(scores, 4), strict=True):
            if score >= topic.bounds.probability:
                segment = sentences[place].segment
                passages[segment] = max(float(score), passages.get(segment, 0.0))
        if passages:
            found.append(TopicFound(topic.name, max(passages.values()), tuple(sorted(passages.items()))))
    return tuple(sorted(found, key=lambda each: (-each.score, each.name)))


def membership(topic: Topic, vectors: Vectors) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The probability of each row, 0 where no guiding sentence is near."""
    nearest = (vectors @ topic.guides.T).max(axis=1)
    return np.where(nearest >= topic.bounds.cosine, probabilities(topic.line, vectors), 0.0)


def _against(name: str, everyone: Mapping[str, Vectors], background: Vectors) -> Vectors:
    """The counter-examples of a topic, without those that might be examples."""
    guides = everyone[name]
    others = np.concatenate([vectors for other, vectors in everyone.items() if other != name])
    others = others[(others @ guides.T).max(axis=1) < SAME]
    clean = background[(background @ guides.T).max(axis=1) < CONTAMINATED]
    return np.concatenate([clean, others])


def _vectors(definitions: Sequence[TopicDefinition], embed: Embed) -> dict[str, Vectors]:
    texts = {each.name: [sentence for sentence in each.sentences if sentence.strip()] for each in definitions}
    joint = embed([sentence for sentences in texts.values() for sentence in sentences])
    bounds = np.cumsum([len(sentences) for sentences in texts.values()])[:-1]
    return dict(zip(texts, np.split(joint, bounds), strict=True))
