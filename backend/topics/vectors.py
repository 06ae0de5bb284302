"""
What this process remembers between two trials of guiding sentences: the vectors of conversations and of guiding sentences, and topics that
were trained. Never on disk, and forgotten soon: what a conversation said is sealed where it is kept.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

import numpy as np

from backend.analysis.language.sentences import Sentence, without_noise
from backend.analysis.types import Embed, Vectors

V = TypeVar("V")
CHUNK = 24
"""Sentences that are encoded between two looks at the clock."""
FORGOTTEN_S = 900.0


class Kept(Generic[V]):
    """The last `most` values by key, each for a quarter of an hour after it was asked for. Threads may share it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[float, V]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> V | None:
        with self._lock:
            self._drop_old()
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept[key] = (time.monotonic(), found[1])
            self._kept.move_to_end(key)
            return found[1]

    def put(self, key: Hashable, value: V) -> None:
        with self._lock:
            self._kept[key] = (time.monotonic(), value)
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def _drop_old(self) -> None:
        oldest = time.monotonic() - FORGOTTEN_S
        while self._kept and next(iter(self._kept.values()))[0] < oldest:
            self._kept.popitem(last=False)


@dataclass
class Heard:
    """
    A transcript's sentences, what they say in English, and the vectors of those that have been encoded so far. `translated`: the English is
    a translation.
    """

    sentences: Sequence[Sentence]
    english: Sequence[str]
    translated: bool = False
    parts: list[Vectors] = field(default_factory=list)
    done: int = 0

    @property
    def complete(self) -> bool:
        return self.done >= len(self.sentences)

    @property
    def vectors(self) -> Vectors:
        """Shape (len(sentences), 384), once complete."""
        if len(self.parts) != 1:
            self.parts = [np.concatenate(self.parts)] if self.parts else [np.zeros((0, 384), np.float32)]
        return self.parts[0]

    def read_on(self, embed: Embed, until: float) -> None:
        """Encodes further sentences until the monotonic clock says `until`; at least one chunk."""
        while not self.complete:
            some = self.english[self.done : self.done + CHUNK]
            self.parts.append(embed([without_noise(each) for each in some]))
            self.done += len(some)
            if time.monotonic() >= until:
                return


class Remembering:
    """An `Embed` that encodes no text twice: guiding sentences are tried again and again with one of them changed."""

    def __init__(self, embed: Embed, kept: Kept[Vectors]) -> None:
        self._embed, self._kept = embed, kept
        self.name = str(getattr(embed, "name", id(embed)))

    def __call__(self, texts: Sequence[str]) -> Vectors:
        found = {text: self._kept.get((self.name, text)) for text in texts}
        missing = [text for text, vector in found.items() if vector is None]
        if missing:
            for text, vector in zip(missing, self._embed(missing), strict=True):
                found[text] = vector
                self._kept.put((self.name, text), vector)
        return np.array([found[text] for text in texts], dtype=np.float32).reshape(len(texts), -1)
