"""Tells the format of a delivered transcript and reads it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from backend.analysis.faults import TranscriptError
from backend.analysis.reading import read_transcript
from backend.interactions.transcripts import vendors
from backend.interactions.transcripts.captions import read_captions
from backend.interactions.transcripts.parts import refuse

LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Delivered:
    """`format`: assay, webvtt, srt, aws, aws-pca, contact-lens, whisper, deepgram, assemblyai. `document` is valid interchange input."""

    format: str
    document: dict[str, Any]


def read_delivered(data: bytes, name: str, *, language: str | None) -> Delivered:
    """
    Reads a transcript of any supported format; `language` fills in where the file names none. Raises InvalidInput with the line or the
    JSON pointer of the fault.
    """
    if len(data) > LARGEST:
        raise refuse(f"it has {len(data)} bytes, more than the {LARGEST} that are taken")
    text = _text(data).lstrip("\ufeff")
    if not text.strip():
        raise refuse("the file is empty")
    if text.lstrip().startswith(("{", "[")):
        found = _json(text, language)
    elif text.startswith("WEBVTT"):
        found = Delivered("webvtt", read_captions(text, engine="WebVTT", language=language or "en"))
    elif "-->" in text:
        found = Delivered("srt", read_captions(text, engine="SRT", language=language or "en"))
    else:
        raise refuse(f"{name} is neither WebVTT, SRT nor JSON of a known vendor")
    try:
        read_transcript(found.document)
    except TranscriptError as error:
        raise refuse(error.message, where=error.pointer or "/", value=error.value) from error
    return found


def _text(data: bytes) -> str:
    """Decodes by the byte-order mark, else UTF-8, else Windows-1252, which old tools still write."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _json(text: str, language: str | None) -> Delivered:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise refuse(f"it is not JSON: {str(error)[:120]}") from error
    if not isinstance(data, dict):
        raise refuse("its JSON is a list, where an object with segments was expected")
    for name, is_it, read in _FORMATS:
        if is_it(data):
            try:
                return Delivered(name, read(data, language))
            except (AttributeError, TypeError, KeyError, ValueError) as error:
                raise refuse(f"it looks like {name}, but a part has another form ({error!r})") from error
    if "conversationItems" in text[:2000] or "analysisInput" in data:
        raise refuse("it is a chat without times; Assay takes conversations that were spoken")
    raise refuse("its JSON is of no known vendor: Assay, AWS, Whisper, Deepgram or AssemblyAI")


def _assay(data: dict[str, Any], language: str | None) -> dict[str, Any]:
    return data if data.get("language") or not language else data | {"language": language}


def _results(data: dict[str, Any]) -> set[str]:
    """The names inside `results`, where two vendors keep theirs."""
    results = data.get("results")
    return set(results) if isinstance(results, dict) else set()


_FORMATS: tuple[tuple[str, Any, vendors.Reader], ...] = (
    ("assay", lambda d: "segments" in d and "speakers" in d, _assay),
    ("aws-pca", lambda d: "SpeechSegments" in d, vendors.post_call_analytics),
    ("contact-lens", lambda d: "Transcript" in d, vendors.contact_lens),
    ("deepgram", lambda d: bool(_results(d) & {"channels", "utterances"}), vendors.deepgram),
    ("aws", lambda d: "items" in _results(d), vendors.transcribe),
    ("assemblyai", lambda d: "utterances" in d, vendors.assemblyai),
    ("whisper", lambda d: "segments" in d, vendors.whisper),
)
