"""The parts of an analysis as the JSON of the interchange document (METRICS: interchange)."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from backend.analysis.sentiment import Line, changes, score, weigh
from backend.analysis.types import LanguageParts, Summary, Transcript
from backend.analysis.utterances import Speech

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Document = dict[str, Any]


def document_of(value: DataclassInstance) -> Document:
    """A flat value as a JSON object. Unlike `dataclasses.asdict` it copies nothing, which matters for thousands of mentions."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _first_speech(speech: Speech) -> dict[int, int]:
    """For each segment that holds speech, the identity of the utterance in which its first word lies."""
    owner: dict[int, tuple[int, int]] = {}
    for utterances in speech.utterances.values():
        for utterance in utterances:
            for unit in utterance.units:
                if unit.segment not in owner or unit.start_ms < owner[unit.segment][0]:
                    owner[unit.segment] = (unit.start_ms, id(utterance))
    return {segment: identity for segment, (_, identity) in owner.items()}


def turn_documents(speech: Speech) -> list[Document]:
    """The turns; a segment belongs to the one in which its first word lies."""
    owners = _first_speech(speech)
    found = []
    for turn in speech.turns:
        mine = {id(utterance) for utterance in turn.utterances}
        members = sorted({unit.segment for utterance in turn.utterances for unit in utterance.units})
        segments = [segment for segment in members if owners[segment] in mine]
        found.append({"role": turn.role, "start_ms": turn.start_ms, "end_ms": turn.end_ms, "segments": segments})
    return found


def backchannel_documents(speech: Speech) -> list[Document]:
    """The utterances that are in no turn."""
    owners = _first_speech(speech)
    found = []
    for utterance in speech.backchannels:
        segments = [segment for segment in sorted({unit.segment for unit in utterance.units}) if owners[segment] == id(utterance)]
        found.append({"role": utterance.role, "start_ms": utterance.start_ms, "end_ms": utterance.end_ms, "segments": segments})
    return found


def language_document(transcript: Transcript, parts: LanguageParts) -> Document:
    """What needs the meaning of words; `utterances` has one entry a segment, with null where there was nothing to judge."""
    return {
        "sentiment_score": _sentiment(transcript, parts),
        "utterances": [
            {"segment": index, "sentiment": s.label if s else None, "value": s.value if s else None}
            for index, s in enumerate(parts.sentiments)
        ],
        "topics": [
            {"name": t.name, "score": t.score, "passages": [{"segment": s, "score": value} for s, value in t.passages]}
            for t in parts.topics
        ],
        "next_steps": [document_of(passage) for passage in parts.next_steps],
        "good_questions": [document_of(passage) for passage in parts.good_questions],
        "summary": None if parts.summary is None else _summary(parts.summary),
    }


def _summary(found: Summary) -> Document:
    quoted = {"text": found.text, "segments": list(found.segments)}
    if found.written_by is None:
        return quoted
    return quoted | {"written_by": found.written_by, "sources": [list(sources) for sources in found.sources]}


def _sentiment(transcript: Transcript, parts: LanguageParts) -> Document | None:
    items = weigh(transcript, parts.sentiments)
    value = score(items)
    if value is None:
        return None
    line = Line(items)
    return {
        "value": value,
        "agent": score([item for item in items if item.role == "agent"]),
        "consumer": score([item for item in items if item.role == "consumer"]),
        "points": [{"ms": int(item.middle_ms), "value": round(line.at(item.middle_ms), 6), "segment": item.segment} for item in items],
        "changes": [
            {"ms": c.ms, "until_ms": c.until_ms, "from": c.before, "to": c.after, "segment": c.segment}
            for c in changes(items, transcript.duration_ms)
        ],
    }
