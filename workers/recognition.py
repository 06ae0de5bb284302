"""From recognised words to segments with speakers."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from backend.analyses.service import Intervals
from backend.analysis.segmenting import segments_of
from backend.analysis.spelling import simplified
from backend.analysis.tokens import base_language
from backend.analysis.types import Segment, Word
from backend.interactions.tables import Interaction
from backend.media.decoding import Decoded
from workers.asr.base import Interval
from workers.deps import Engines
from workers.sound import as_sound
from workers.speakers import names, pairs


def recognize(
    engines: Engines, decoded: Decoded, row: Interaction, speakers: Intervals, language: str, share: Callable[[float], None]
) -> list[Segment]:  # fmt: skip
    """Every speaker's segments, sorted; Chinese in simplified characters. Takes long: call it in a thread."""
    found: dict[str, list[Word]] = {}
    channels = names(decoded.roles)
    for index, (channel, path) in enumerate(zip(channels, decoded.channels, strict=True)):
        sound = as_sound(path, row.from_ms, row.to_ms)
        mine = {channel: speakers.get(channel, [])} if len(channels) > 1 else speakers
        speech = sorted(span for edges in mine.values() for span in pairs(edges))
        with engines.turn:
            words = engines.recognizer.recognize(sound, language, speech, _piece(share, index, len(channels)))
        if base_language(language) == "zh":
            words = [replace(word, text=simplified(word.text)) for word in words]
        found |= by_speaker(words, {name: pairs(edges) for name, edges in mine.items()})
    return segments_of(found, language)


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
