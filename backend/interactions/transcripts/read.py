"""Tells the format of a delivered transcript and reads it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from backend.analysis.faults import TranscriptError
from backend.analysis.reading import read_transcript
from backend.interactions.transcripts import aws, vendors
from backend.interactions.transcripts.captions import read_captions
from backend.interactions.transcripts.fields import Node
from backend.interactions.transcripts.language import UNKNOWN, guess_language
from backend.interactions.transcripts.parts import refuse

LARGEST = 64 * 1024 * 1024
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Delivered:
    """
    `format` is one of `FORMATS`. `document` is valid interchange input; a speaker whose role the file does not tell is `other` in it.
    `language_source`: delivered (the file says it), hinted, detected (with its confidence), or empty where the language is `und`.
    """

    format: str
    document: Json
    language_source: str
    language_confidence: float | None = None


def detect_format(data: bytes, name: str) -> str:
    """One of `FORMATS`. Raises InvalidInput where it is none of them."""
    return _detect(_text(data), name)[0]


def read_delivered(data: bytes, name: str, *, language: str | None) -> Delivered:
    """
    Reads a transcript of any supported format; `language` fills in where the file names none. Raises InvalidInput with the line or the
    JSON pointer of the fault.
    """
    kind, content = _detect(_text(data), name)
    document = read_captions(content, engine=kind) if isinstance(content, str) else _JSON[kind][1](content)
    document, source, confidence = _with_language(document, language)
    try:
        read_transcript(document)
    except TranscriptError as error:
        raise refuse(error.message, where=error.pointer or "/", value=error.value) from error
    return Delivered(kind, document, source, confidence)


def _with_language(document: Json, hint: str | None) -> tuple[Json, str, float | None]:
    if document.get("language") and document["language"] != UNKNOWN:
        return document, "delivered", None
    if hint:
        return document | {"language": hint}, "hinted", None
    segments = document.get("segments")
    texts = [str(each.get("text") or "") for each in segments if isinstance(each, dict)] if isinstance(segments, list) else []
    found = guess_language(" ".join(texts))
    known = found.language != UNKNOWN
    return document | {"language": found.language}, "detected" if known else "", found.confidence if known else None


def _text(data: bytes) -> str:
    """Decodes by the byte-order mark, or UTF-16 by its zeros, else UTF-8, else Windows-1252, which old tools still write."""
    if len(data) > LARGEST:
        raise refuse(f"it has {len(data)} bytes, more than the {LARGEST} that are taken")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    for encoding, zeros in (("utf-16-le", data[1:200:2]), ("utf-16-be", data[:200:2])):
        if len(zeros) > 4 and zeros.count(0) > len(zeros) // 2:
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _detect(text: str, name: str) -> tuple[str, str | Json]:
    if not text.strip():
        raise refuse("the file is empty")
    if text.lstrip().startswith(("{", "[")):
        data = _json(text)
        return _kind(data), data
    if text.startswith("WEBVTT"):
        return "webvtt", text
    if "-->" in text:
        return "srt", text
    raise refuse(f"{name} is neither WebVTT, SRT nor JSON of a known vendor")


def _json(text: str) -> Json:
    try:
        data = json.loads(text)
        if "\\ud" in text.casefold():
            data = _whole_characters(data)
    except RecursionError as error:
        raise refuse("its JSON is nested too deeply") from error
    except json.JSONDecodeError as error:
        raise refuse(f"it is not JSON: {error.msg}", where=f"line {error.lineno}") from error
    except ValueError as error:
        raise refuse("it is not JSON: it holds a number of thousands of digits") from error
    if isinstance(data, list) and data and all(isinstance(entry, dict) and "text" in entry for entry in data):
        return {"segments": data}
    if not isinstance(data, dict):
        raise refuse("its JSON is a list, where an object with segments was expected")
    return data


def _whole_characters(data: object) -> Any:
    """Halves of characters, which JSON can escape and nothing can store, become question marks."""
    return json.loads(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))


def _kind(data: Json) -> str:
    if "analysisInput" in data or "conversationItems" in data:
        raise refuse("it is a chat without times; Assay takes conversations that were spoken")
    for name, (is_it, _) in _JSON.items():
        if is_it(data):
            return name
    raise refuse("its JSON is of no known vendor: Assay, AWS, Whisper, Deepgram or AssemblyAI")


def _results(data: Json) -> set[str]:
    """The names inside `results`, where two vendors keep theirs."""
    results = data.get("results")
    return set(results) if isinstance(results, dict) else set()


_JSON: dict[str, tuple[Callable[[Json], bool], Callable[[Json], Json]]] = {
    "assay": (lambda d: "segments" in d and "speakers" in d, lambda d: d),
    "aws-pca": (lambda d: "SpeechSegments" in d, lambda d: aws.post_call_analytics(Node(d))),
    "contact-lens": (lambda d: "Transcript" in d, lambda d: aws.contact_lens(Node(d))),
    "deepgram": (lambda d: bool(_results(d) & {"channels", "utterances"}), lambda d: vendors.deepgram(Node(d))),
    "aws": (lambda d: bool(_results(d) & {"items", "channel_labels"}), lambda d: aws.transcribe(Node(d))),
    "assemblyai": (lambda d: "utterances" in d, lambda d: vendors.assemblyai(Node(d))),
    "whisper.cpp": (lambda d: "transcription" in d, lambda d: vendors.whisper_cpp(Node(d))),
    "whisper": (lambda d: "segments" in d, lambda d: vendors.whisper(Node(d))),
}
FORMATS = ("webvtt", "srt", *_JSON)
