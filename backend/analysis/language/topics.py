"""
Topics by meaning: for each one a logistic regression on sentence vectors and on the words of its guiding sentences, these sentences against
everything else.

"Everything else" is the background that is shipped (talk about no topic) and the other topics' guiding sentences. A sentence belongs to a
topic from a probability on that suits the topic: most of its own guiding sentences, each judged without itself, would reach it. Topics
that are hard to tell from their neighbours get a lower one, clear ones a higher. It must also lie near a guiding sentence: a regression
alone is too sure of itself far away from all it has seen. The default topics' regressions are shipped; those of an account's own topics
are trained at the first analysis that meets them and kept by content.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from backend.analysis.language.lexicon import SHARE, Lexicon, Stems, lexicon, stems
from backend.analysis.language.logistic import STRENGTH, Line, fit, left_out, probabilities
from backend.analysis.language.sentences import Sentence, normal
from backend.analysis.language.shipped import Shipped
from backend.analysis.language.shipped import default_topics as default_sentences
from backend.analysis.types import Embed, TopicDefinition, TopicFound, Vectors

SAME = 0.98  # another topic's sentence so near to an own one is no counter-example
CONTAMINATED = 0.6  # background so near to a guiding sentence is no counter-example either
SHORTEST = 3  # words
WORDED = 4.0  # strength of a regression that sees words: they tempt it to learn them by heart
KEPT = 64


@dataclass(frozen=True, slots=True)
class Bounds:
    """A sentence belongs from this probability on, and this near (cosine) to a guiding sentence."""

    probability: float
    cosine: float


@dataclass(frozen=True, slots=True)
class Topic:
    """`guides` are unit vectors, one a guiding sentence. `words` are stems with what each adds before the sigmoid."""

    name: str
    line: Line
    guides: Vectors
    bounds: Bounds
    words: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Guides:
    """Guiding sentences and their unit vectors, shape (len(texts), dimensions)."""

    texts: Sequence[str]
    vectors: Vectors

    @property
    def stems(self) -> list[Stems]:
        return [stems(normal(text)) for text in self.texts]


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


def own_topics(definitions: Sequence[TopicDefinition], heads: Shipped, embed: Embed, *, words: bool = True) -> tuple[Topic, ...]:
    """The account's topics, trained here unless this process has just done so. `words`: stems count too, of English alone."""
    usable = [each for each in definitions if any(sentence.strip() for sentence in each.sentences)]
    if not usable:
        return ()
    key = content_key(usable, heads, f"{getattr(embed, 'name', id(embed))} {words}")
    known = _TRAINED.get(key)
    if known is None:
        known = train(_guides(usable, embed), heads, lexicon() if words else None)
        _TRAINED.put(key, known)
    return known


def content_key(definitions: Sequence[TopicDefinition], heads: Shipped, encoder: str) -> str:
    """Equal for equal topics, whatever account they are in."""
    parts = [encoder, heads.versions["topics"], *(repr((each.name, each.sentences)) for each in definitions)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def train(
    everyone: Mapping[str, Guides], heads: Shipped, words: Lexicon | None = None, only: Collection[str] | None = None
) -> tuple[Topic, ...]:  # fmt: skip
    """
    One regression for each of `everyone`, or for those in `only`: against the background, the others, and the default topics.

    With `words`, the stems of a topic's guiding sentences count beside their vectors.
    """
    shown = {name: _shown(name, heads) for name in heads.guides if name not in everyone}
    return tuple(_trained(name, {**shown, **everyone}, heads, words) for name in everyone if only is None or name in only)


def _shown(name: str, heads: Shipped) -> Guides:
    """The sentences of a default topic that are shown, whose vectors come first among the shipped ones."""
    texts = default_sentences()[name]
    return Guides(texts, heads.guides[name][: len(texts)])


def _trained(name: str, everyone: Mapping[str, Guides], heads: Shipped, words: Lexicon | None) -> Topic:
    own = everyone[name]
    columns = sorted(set().union(*own.stems)) if words else []
    positives, against = _rows(own, words, columns), _against(name, everyone, heads.background, words, columns)
    strength = WORDED if words else STRENGTH
    line = fit(positives, against, strength)
    bounds = heads.thresholds
    reached = float(np.quantile(left_out(line, positives, against, strength), bounds["topic_share"]))
    probability = min(bounds["topic_most"], max(bounds["topic_least"], reached))
    size = own.vectors.shape[1]
    weighed = (
        {} if words is None else {each: SHARE * words.of(each) * float(line.weights[size + place]) for place, each in enumerate(columns)}
    )
    return Topic(name, Line(line.weights[:size], line.bias), own.vectors, Bounds(probability, bounds["topic_cosine"]), weighed)


def find_topics(sentences: Sequence[Sentence], vectors: Vectors, topics: Sequence[Topic]) -> tuple[TopicFound, ...]:
    """Each topic that a sentence belongs to, the strongest first; a passage scores as its best sentence."""
    long = [place for place, each in enumerate(sentences) if each.words >= SHORTEST]
    if not long:
        return ()
    held = [stems(sentences[place].clean) for place in long] if any(topic.words for topic in topics) else []
    found = []
    for topic in topics:
        scores = membership(topic, vectors[long], held)
        passages: dict[int, float] = {}
        for place, score in zip(long, np.round(scores, 4), strict=True):
            if score >= topic.bounds.probability:
                segment = sentences[place].segment
                passages[segment] = max(float(score), passages.get(segment, 0.0))
        if passages:
            found.append(TopicFound(topic.name, max(passages.values()), tuple(sorted(passages.items()))))
    return tuple(sorted(found, key=lambda each: (-each.score, each.name)))


def membership(topic: Topic, vectors: Vectors, held: Sequence[Stems]) -> NDArray[np.float64]:
    """The probability of each sentence, given its vector and its stems; 0 where no guiding sentence is near."""
    nearest = (vectors @ topic.guides.T).max(axis=1)
    more = np.array([sum(topic.words[each] for each in text & topic.words.keys()) for text in held]) if topic.words else 0.0
    return np.where(nearest >= topic.bounds.cosine, probabilities(topic.line, vectors, more), 0.0)


def _rows(guides: Guides, words: Lexicon | None, columns: Sequence[str]) -> Vectors:
    return guides.vectors if words is None else np.concatenate([guides.vectors, words.rows(guides.stems, columns)], axis=1)


def _against(name: str, everyone: Mapping[str, Guides], background: Vectors, words: Lexicon | None, columns: Sequence[str]) -> Vectors:
    """The counter-examples of a topic, without those that might be examples."""
    own = everyone[name]
    clean = (background @ own.vectors.T).max(axis=1) < CONTAMINATED
    found = [background[clean]]
    if words is not None:
        lines = [line for line, good in zip(words.lines, clean, strict=True) if good]
        found = [np.concatenate([background[clean], words.rows(lines, columns)], axis=1)]
    for other, guides in everyone.items():
        if other != name:
            found.append(_rows(guides, words, columns)[(guides.vectors @ own.vectors.T).max(axis=1) < SAME])
    return np.concatenate(found)


def _guides(definitions: Sequence[TopicDefinition], embed: Embed) -> dict[str, Guides]:
    texts = {each.name: tuple(sentence for sentence in each.sentences if sentence.strip()) for each in definitions}
    joint = embed([sentence for sentences in texts.values() for sentence in sentences])
    bounds = np.cumsum([len(sentences) for sentences in texts.values()])[:-1]
    return {name: Guides(texts[name], vectors) for name, vectors in zip(texts, np.split(joint, bounds), strict=True)}
