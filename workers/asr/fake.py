"""For tests: every stretch of speech says the same words, evenly spread, and is in the language that was set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backend.analysis.types import Engine, Word
from workers.asr.base import Interval, Share, Sound


class FakeRecognizer:
    def __init__(self, *languages: str, says: str = "thank you for calling") -> None:
        self._languages = frozenset(languages)
        self._words = says.split()

    def installed(self) -> bool:
        return bool(self._languages)

    def languages(self) -> frozenset[str]:
        return self._languages

    def engine(self, language: str) -> Engine:
        return Engine("fake", "1", keeps_fillers=True)

    def recognize(self, sound: Sound, language: str, speech: Sequence[Interval], share: Share) -> list[Word]:
        found = []
        for start, end in speech:
            step = (end - start) // len(self._words)
            found += [Word(text, start + index * step, start + (index + 1) * step, 0.9) for index, text in enumerate(self._words)]
        share(1.0)
        return found


class FakeLanguageDetector:
    name = "fake detector"

    def __init__(self, **likely: float) -> None:
        self._likely = likely

    def available(self) -> bool:
        return bool(self._likely)

    def detect(self, sound: Sound) -> Mapping[str, float]:
        return self._likely
