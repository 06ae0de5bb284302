"""The port: sound of one speaker in, timed words out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from backend.analysis.types import Engine, Word
from backend.media.decoding import Samples

Wave = NDArray[np.float32]
"""Mono, 16 kHz, −1…1."""
RATE = 16_000
Interval = tuple[int, int]
"""Start and end in milliseconds."""
Share = Callable[[float], None]
"""Told how much is done, 0…1."""


class OnDisk:
    """The same of a decoded channel: a slice is read when it is asked for, so hours of sound are never in memory at once."""

    __slots__ = ("_samples",)

    def __init__(self, samples: Samples) -> None:
        self._samples = samples

    def __len__(self) -> int:
        return len(self._samples)

    def __getitem__(self, part: slice) -> Wave:
        return self._samples[part].astype(np.float32) / np.float32(32_768)


Sound = Wave | OnDisk


class Recognizer(Protocol):
    def installed(self) -> bool:
        """Whether the engine is there, with or without models."""
        ...

    def languages(self) -> frozenset[str]:
        """The languages for which a model is installed, as primary subtags."""
        ...

    def engine(self, language: str) -> Engine:
        """Engine and model by name and version, for the transcript."""
        ...

    def recognize(self, sound: Sound, language: str, speech: Sequence[Interval], share: Share) -> list[Word]:
        """The words in the stretches of speech, in order, their times counted from the start of `sound`."""
        ...
