"""
Topics on another sentence encoder than the one that ships.

Nothing that was found on one encoder's vectors holds for another's. So the default topics are trained anew from their guiding sentences,
with the same method as an account's own; each topic's bound comes from its guiding sentences, each judged without itself; and the least
nearness to a guiding sentence is set where it lets through as much talk about no topic as the shipped one does on its own encoder. The
mean of that talk is taken off all vectors first: many encoders put everything near everything.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock

import numpy as np

from backend.analysis.language import shipped as files
from backend.analysis.language.lexicon import background
from backend.analysis.language.ports import Encoder
from backend.analysis.language.shipped import Shipped
from backend.analysis.language.topics import Bounds, Guides, Topic, train
from backend.analysis.language.transformer import unit
from backend.analysis.types import Vectors

VERSION = "topics-anew-2"
LET_THROUGH = 0.15
"""Share of talk about no topic that lies near enough to a guiding sentence: 0.09 to 0.19 of the shipped topics on their encoder."""
LEAST = 0.5
"""Probability from which on a default topic may be noted: every account has them, wanted or not."""
KEPT = 4


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything that finding topics with an encoder needs. `heads` are the shipped ones with vectors and bounds of this encoder."""

    embed: Centred
    heads: Shipped
    defaults: tuple[Topic, ...]


class Centred:
    """Callable as `Embed`: an encoder's unit vectors without what all of them have in common."""

    def __init__(self, encoder: Encoder, centre: Vectors) -> None:
        self._encoder = encoder
        self._centre = centre
        self.name = encoder.name

    def __call__(self, texts: Sequence[str]) -> Vectors:
        return unit(self._encoder(texts) - self._centre)


_KNOWN: OrderedDict[str, Ground] = OrderedDict()
_LOCK = Lock()


def ground(encoder: Encoder, heads: Shipped) -> Ground:
    """The ground of an encoder. Made once a process and encoder: it reads some two thousand sentences."""
    key = f"{encoder.name} {heads.versions['topics']}"
    with _LOCK:
        known = _KNOWN.get(key)
    if known is None:
        known = _made(encoder, heads)
        with _LOCK:
            _KNOWN[key] = known
            while len(_KNOWN) > KEPT:
                _KNOWN.popitem(last=False)
    return known


def _made(encoder: Encoder, heads: Shipped) -> Ground:
    raw = encoder(background())
    embed = Centred(encoder, raw.mean(axis=0))
    rest = unit(raw - raw.mean(axis=0))
    guides = {name: embed(list(sentences)) for name, sentences in files.default_topics().items()}
    nearness = _nearness(guides, rest)
    thresholds = {**heads.thresholds, "topic_cosine": nearness, "default_topic_cosine": nearness}
    versions = {**heads.versions, "topics": VERSION}
    anew = replace(heads, topics={}, guides=guides, background=rest, thresholds=thresholds, versions=versions)
    defaults = train({name: Guides(files.default_topics()[name], own) for name, own in guides.items()}, replace(anew, guides={}))
    return Ground(embed, anew, tuple(replace(each, bounds=_at_least(each.bounds)) for each in defaults))


def _at_least(bounds: Bounds) -> Bounds:
    return replace(bounds, probability=max(LEAST, bounds.probability))


def _nearness(guides: Mapping[str, Vectors], rest: Vectors) -> float:
    """The cosine that as much of the background reaches as of the shipped encoder's: the middle of the topics'."""
    return float(np.median([np.quantile((rest @ own.T).max(axis=1), 1 - LET_THROUGH) for own in guides.values()]))
