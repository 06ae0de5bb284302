"""
Words beside meaning: which stems a sentence holds, and how much each tells.

A sentence vector blurs what single words say ("how much", "cancel", "mortgage"). The weight of a stem is its rarity in the background, talk
about no topic: 1 for one that never occurs there, near 0 for one that is in every other line (inverse document frequency, Spärck Jones,
Journal of Documentation 28, 1972). English only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

import numpy as np
from numpy.typing import NDArray

from backend.analysis.language import shipped as files
from backend.analysis.language.sentences import normal
from backend.analysis.stemming import stem

SHARE = 0.5
"""Length of a word that tells all, beside a sentence vector of length 1."""
Stems = frozenset[str]


def stems(clean: str) -> Stems:
    """Of a text in lower case without punctuation."""
    return frozenset(stem("en", clean.split()))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`weights`: of the stems that the background holds; any other one weighs 1. `lines` are the stems of the background's lines."""

    weights: Mapping[str, float]
    lines: tuple[Stems, ...]

    def of(self, stem: str) -> float:
        return self.weights.get(stem, 1.0)

    def rows(self, texts: Sequence[Stems], columns: Sequence[str]) -> NDArray[np.float32]:
        """(len(texts), len(columns)): the weight of each stem that a text holds, times `SHARE`."""
        place = {each: index for index, each in enumerate(columns)}
        found = np.zeros((len(texts), len(columns)), np.float32)
        for row, text in enumerate(texts):
            for each in text & place.keys():
                found[row, place[each]] = SHARE * self.of(each)
        return found


@lru_cache
def lexicon() -> Lexicon:
    """Of the background that is shipped."""
    lines = tuple(stems(normal(line)) for line in background())
    counts = Counter(each for line in lines for each in line)
    whole = log(len(lines) + 1)
    return Lexicon({each: log((len(lines) + 1) / (count + 1)) / whole for each, count in counts.items()}, lines)


@lru_cache
def background() -> tuple[str, ...]:
    """Talk about no topic: the sentences whose vectors ship, in their order."""
    return tuple((files.FOLDER / "background.txt").read_text("utf-8").splitlines())
