"""From recognised words to segments with speakers."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from backend.analyses.service import Intervals
from backend.analysis.types import Word
from backend.interactions.tables import Interaction
from backend.media.decoding import Decoded
from workers.asr.base import Interval
from workers.deps import Engines
from workers.sound import as_sound
from workers.speakers import names, pairs

PAUSE_MS = 1_000
_SENTENCE_ENDS = (".", "?", "!", "。", "？", "！")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A segment: words of one speaker without a long pause, at most a sentence."""

    speaker: str
    words: tuple[Word, ...]

    def document(self) -> dict[str, Any]:
        words = [{"text": w.text, "start_ms": w.start_ms, "end_ms": w.end_ms, "confidence": w.confidence} for w in self.words]
        return {
            "speaker": self.speaker,
            "start_ms": self.words[0].start_ms,
            "end_ms": max(word.end_ms for word in self.words),
            "text": " ".join(word.text for word in self.words),
            "words": [{key: value for key, value in word.items() if value is not None} for word in words],
        }


def recognize(
    engines: Engines, decoded: Decoded, row: Interaction, speakers: Intervals, language: str, share: Callable[[float], None]
) -> list[Spoken]:  # fmt: skip
    """Every speaker's segments. Takes long: call it in a thread."""
    found: list[Spoken] = []
    channels = names(decoded.roles)
    for index, (channel, path) in enumerate(zip(channels, decoded.channels, strict=True)):
        sound = as_sound(path, row.from_ms, row.to_ms)
        mine = {channel: speakers.get(channel, [])} if len(channels) > 1 else speakers
        speech = sorted(span for edges in mine.values() for span in pairs(edges))
        with engines.turn:
            words = engines.recognizer.recognize(sound, language, speech, _piece(share, index, len(channels)))
        for speaker, own in by_speaker(words, {name: pairs(edges) for name, edges in mine.items()}).items():
            found += segments(speaker, own)
    return found


def _piece(share: Callable[[float], None], index: int, count: int) -> Callable[[float], None]:
    return lambda done: share((index + done) / count)


def by_speaker(words: Iterable[Word], speakers: dict[str, list[Interval]]) -> dict[str, list[Word]]:
    """Each word to whoever speaks most during it; in a gap, to whoever speaks nearest."""
    found: dict[str, list[Word]] = {name: [] for name in speakers}
    for word in words:
        found[min(speakers, key=lambda name: _distance(word, speakers[name]))].append(word)
    return found


def _distance(word: Word, spans: Sequence[Interval]) -> tuple[int, int]:
    """Less is nearer: first by time not covered by the speaker's intervals around the word, then by the way to them."""
    place = bisect.bisect_right(spans, (word.start_ms, 1 << 62))
    near = spans[max(0, place - 1) : place + 2]
    covered = sum(max(0, min(end, word.end_ms) - max(start, word.start_ms)) for start, end in near)
    away = min((max(start - word.end_ms, word.start_ms - end, 0) for start, end in near), default=1 << 62)
    return word.end_ms - word.start_ms - covered, away


def segments(speaker: str, words: Sequence[Word]) -> list[Spoken]:
    """Cuts at long pauses and after sentences."""
    if not words:
        return []
    cuts = [
        index
        for index, (word, following) in enumerate(pairwise(words), start=1)
        if following.start_ms - word.end_ms > PAUSE_MS or word.text.endswith(_SENTENCE_ENDS)
    ]
    return [Spoken(speaker, tuple(words[start:end])) for start, end in pairwise([0, *cuts, len(words)])]
