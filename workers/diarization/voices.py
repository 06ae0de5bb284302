"""Which voice of one stretch of a long recording is which of another, by what a diariser says of them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

Voice = NDArray[np.float64]
"""A speaker's mean embedding, of any length; all zero where nothing is known of it."""


class Voices:
    """The voices of the stretches so far. Exactly `count` of them, the first heard first."""

    def __init__(self, count: int) -> None:
        self._sums: list[Voice | None] = [None] * count

    def known(self, heard: Mapping[str, tuple[Voice, int]]) -> dict[str, int]:
        """
        The number of the voice that each label of a stretch belongs to: those that are nearest together. `heard` gives embedding and
        length of speech by label, at most `count` of them; they are remembered.
        """
        labels = list(heard)
        best = max(permutations(range(len(self._sums)), len(labels)), key=lambda numbers: self._near(heard, labels, numbers))
        found = dict(zip(labels, best, strict=True))
        for label, number in found.items():
            voice, length = heard[label]
            before = self._sums[number]
            self._sums[number] = length * _unit(voice) + (0 if before is None else before)
        return found

    def _near(self, heard: Mapping[str, tuple[Voice, int]], labels: Sequence[str], numbers: Sequence[int]) -> float:
        """A voice that was not heard yet is as near as any: not at all."""
        pairs = ((heard[label][0], self._sums[number]) for label, number in zip(labels, numbers, strict=True))
        return sum(float(_unit(voice) @ _unit(other)) for voice, other in pairs if other is not None)


def _unit(voice: Voice) -> Voice:
    clean: Voice = np.nan_to_num(np.asarray(voice, np.float64))
    length = float(np.linalg.norm(clean))
    return clean / length if length else clean
