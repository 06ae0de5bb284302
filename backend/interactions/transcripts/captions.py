"""WebVTT and SRT: cues with times and, in WebVTT, voices."""

from __future__ import annotations

import html
import re
from typing import Any

from backend.interactions.transcripts.parts import Builder, refuse

_TIMES = re.compile(r"\s*(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{3})\s*-->\s*(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{3})")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"<[^>]*>")
_PREFIX = re.compile(r"^\s*([A-ZÀ-Þ][\w .'-]{0,30}):\s+(.+)$", re.S)
_SKIPPED = ("NOTE", "STYLE", "REGION")
UNNAMED = "speaker"


def read_captions(text: str, *, engine: str, language: str) -> dict[str, Any]:
    """
    The interchange document of WebVTT or SRT. A cue's speaker is its voice tag, or a name before a colon. Raises InvalidInput with
    the line of the fault.
    """
    builder = Builder()
    named = UNNAMED
    for line, block in _blocks(text):
        cue = _cue(line, block)
        if cue is None:
            continue
        start, end, body = cue
        for voice, words in _voices(body):
            named = voice or named
            role = "other" if named == UNNAMED else None
            builder.add(builder.speaker(named, role=role), start, end, words)
    return builder.document(language=language, engine=engine)


def _blocks(text: str) -> list[tuple[int, list[str]]]:
    """Runs of lines that are not blank, each with the number of its first line."""
    blocks: list[tuple[int, list[str]]] = []
    open_block = False
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            open_block = False
        elif open_block:
            blocks[-1][1].append(line)
        else:
            blocks.append((number, [line]))
            open_block = True
    return blocks


def _cue(line: int, block: list[str]) -> tuple[int, int, str] | None:
    """Start, end and text of a cue; None for headers, notes and styles."""
    first = block[0].lstrip("\ufeff")
    at = next((index for index, entry in enumerate(block[:2]) if "-->" in entry), None)
    if at is None:
        if first.startswith(("WEBVTT", *_SKIPPED)) or len(block) == 1:
            return None
        raise refuse("a cue has no line of times like 00:00:01.000 --> 00:00:02.500", where=f"line {line}", value=first[:60])
    match = _TIMES.match(block[at])
    if match is None:
        raise refuse("the times of a cue must look like 00:00:01.000 --> 00:00:02.500", where=f"line {line + at}", value=block[at][:60])
    start, end = _ms(match.groups()[:4]), _ms(match.groups()[4:])
    if end < start:
        raise refuse("a cue ends before it starts", where=f"line {line + at}", value=block[at][:60])
    return start, end, "\n".join(block[at + 1 :])


def _ms(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, millis = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + millis


def _voices(body: str) -> list[tuple[str | None, str]]:
    """The cue's text, split where a voice begins."""
    pieces = _VOICE.split(body)
    if len(pieces) == 1:
        plain = _plain(body)
        match = _PREFIX.match(plain)
        return [(match.group(1).strip(), match.group(2))] if match else [(None, plain)]
    spoken: list[tuple[str | None, str]] = [
        (html.unescape(name).strip(), _plain(words)) for name, words in zip(pieces[1::2], pieces[2::2], strict=True)
    ]
    before = _plain(pieces[0])
    return [(None, before), *spoken] if before else spoken


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", text)).split())
