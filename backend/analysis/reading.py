"""
The interchange document (transcript in) as values, and back.

Order does not matter: segments are sorted by start, end, position. A word outside its segment widens it, anything past the
duration extends it, and both are said in `warnings`. What cannot be meant is refused with its place.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from backend.analysis.faults import TranscriptError, shown
from backend.analysis.fields import Reader
from backend.analysis.intervals import union
from backend.analysis.tokens import is_unspaced
from backend.analysis.types import Engine, Hold, Role, Segment, Speaker, Transcript, Word

ROLES = ("agent", "consumer", "other")


def read_transcript(document: object) -> Transcript:
    """A transcript from the parsed JSON. Raises TranscriptError with the JSON pointer of the fault."""
    reader = Reader(document, "", TranscriptError)
    language = reader.text("language")
    duration_ms = reader.time("duration_ms")
    engine = _engine(reader.inner("engine")) if reader.has("engine") else None
    speakers = _speakers(reader.objects("speakers", required=True))
    unspaced = is_unspaced(language)
    read = [_segment(entry, speakers, unspaced=unspaced) for entry in reader.objects("segments", required=True)]
    holds = _holds(reader.objects("holds"))
    segments = sorted((segment for segment, _ in read), key=lambda segment: (segment.start_ms, segment.end_ms))
    end = max((0, *(segment.end_ms for segment in segments), *(hold.end_ms for hold in holds)))
    warnings = _warnings(sum(widened for _, widened in read), duration_ms, end)
    return Transcript(language, max(duration_ms, end), tuple(speakers.values()), tuple(segments), holds, engine, warnings)


def _engine(reader: Reader) -> Engine:
    return Engine(reader.text("name"), reader.text("version", empty=True), reader.flag("keeps_fillers"))


def _speakers(readers: list[Reader]) -> dict[str, Speaker]:
    found: dict[str, Speaker] = {}
    for reader in readers:
        name = reader.text("id")
        if name in found:
            raise reader.refuse("id", f"the speaker {shown(name)} is there twice: give each an id of its own")
        found[name] = Speaker(name, cast("Role", reader.choice("role", ROLES)), reader.optional_text("name"))
    return found


def _span(reader: Reader) -> tuple[int, int]:
    start, end = reader.time("start_ms"), reader.time("end_ms")
    if end < start:
        raise reader.refuse("end_ms", f"must not be before start_ms ({start}), and is {end}")
    return start, end


def _segment(reader: Reader, speakers: dict[str, Speaker], *, unspaced: bool) -> tuple[Segment, bool]:
    name = reader.text("speaker")
    if name not in speakers:
        raise reader.refuse("speaker", f"names {shown(name)}, who is not among the speakers {shown([*speakers])}")
    start, end = _span(reader)
    words = tuple(sorted((_word(entry) for entry in reader.objects("words")), key=lambda word: (word.start_ms, word.end_ms)))
    text = reader.optional_text("text") if words else reader.nullable_text("text", "where the words are unknown")
    if text is None and words:
        text = ("" if unspaced else " ").join(word.text for word in words)
    segment = Segment(name, speakers[name].role, start, end, text, words or None)
    wide = replace(
        segment,
        start_ms=min((start, *(word.start_ms for word in words))),
        end_ms=max((end, *(word.end_ms for word in words))),
    )
    return wide, wide != segment


def _word(reader: Reader) -> Word:
    start, end = _span(reader)
    return Word(reader.text("text", empty=True), start, end, reader.share("confidence"))


def _holds(readers: list[Reader]) -> tuple[Hold, ...]:
    spans = []
    for reader in readers:
        start, end = reader.time("start_ms"), reader.time("end_ms")
        if end <= start:
            raise reader.refuse("end_ms", f"must be after start_ms ({start}), and is {end}")
        spans.append((start, end))
    return tuple(Hold(start, end) for start, end in union(spans))


def _warnings(widened: int, duration_ms: int, end: int) -> tuple[str, ...]:
    found = []
    if widened:
        found.append(f"{widened} segment{'s were' if widened > 1 else ' was'} widened to hold words that lay outside")
    if end > duration_ms:
        found.append(f"the duration was extended from {duration_ms} to {end} ms to hold everything that was said")
    return tuple(found)


def write_transcript(transcript: Transcript) -> dict[str, Any]:
    """The interchange document of a transcript; reading it again gives the same value but for the warnings."""
    document: dict[str, Any] = {
        "language": transcript.language,
        "duration_ms": transcript.duration_ms,
        "speakers": [_drop_none({"id": s.id, "role": s.role, "name": s.name}) for s in transcript.speakers],
        "segments": [write_segment(segment) for segment in transcript.segments],
        "holds": [{"start_ms": hold.start_ms, "end_ms": hold.end_ms} for hold in transcript.holds],
    }
    if transcript.engine is not None:
        engine = transcript.engine
        document["engine"] = _drop_none({"name": engine.name, "version": engine.version, "keeps_fillers": engine.keeps_fillers})
    return document


def write_segment(segment: Segment) -> dict[str, Any]:
    """A segment of the interchange document."""
    document: dict[str, Any] = {
        "speaker": segment.speaker,
        "start_ms": segment.start_ms,
        "end_ms": segment.end_ms,
        "text": segment.text,
    }
    if segment.words is not None:
        document["words"] = [
            _drop_none({"text": w.text, "start_ms": w.start_ms, "end_ms": w.end_ms, "confidence": w.confidence}) for w in segment.words
        ]
    return document


def _drop_none(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if value is not None}
