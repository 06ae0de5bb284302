"""WebVTT and SRT: cues with times and, in WebVTT, voices."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from backend.interactions.transcripts.parts import Builder, refuse, role_of

_TIMES = re.compile(r"\s*(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,](\d{3})\s*-->\s*(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,](\d{3})(?!\d)")
_LINES = re.compile(r"\r\n|\n|\r")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"<[^>]*>")
_PREFIX = re.compile(r"(?:>>\s*|-\s*)?(?:\[(?P<bracket>[^\]:]{1,40})\]:?|(?P<name>[^\W\d_][\w .,'’()&-]{0,40}):)\s+(?P<words>\S.*)", re.S)
_SKIPPED = ("NOTE", "STYLE", "REGION")
UNNAMED = "speaker"
_REGULAR = 0.3
"""Share of lines that begin with a name and a colon from which on such names are speakers, and not the start of an enumeration."""


@dataclass(frozen=True, slots=True)
class _Cue:
    line: int
    start_ms: int
    end_ms: int
    body: str


def read_captions(text: str, *, engine: str) -> dict[str, Any]:
    """
    The interchange document of WebVTT or SRT, without a language. A cue's speaker is its voice tag, or a name before a colon, or the one
    before. Voices that share a cue speak one after the other, as long as their words are. Raises InvalidInput with the line of the fault.
    """
    cues = [cue for line, block in _blocks(text) if (cue := _cue(line, block)) is not None]
    names = _names([line for cue in cues for line in map(_plain, cue.body.split("\n")) if line])
    builder = Builder()
    named = UNNAMED
    for cue in cues:
        spoken = [(voice, words) for voice, words in _voices(cue.body, names) if words]
        edges = _shared(cue, [len(words) for _, words in spoken])
        for (voice, words), (start, end) in zip(spoken, edges, strict=True):
            named = voice or named
            builder.add(named, start, end, words, where=f"line {cue.line}")
    return builder.document(language="", engine=engine)


def _shared(cue: _Cue, lengths: list[int]) -> list[tuple[int, int]]:
    """The cue's time cut in proportion to the lengths."""
    whole, done = sum(lengths), 0
    edges = [cue.start_ms]
    for length in lengths:
        done += length
        edges.append(cue.start_ms + (cue.end_ms - cue.start_ms) * done // whole)
    return list(pairwise(edges))


def _blocks(text: str) -> list[tuple[int, list[str]]]:
    """Runs of lines that are not blank, each with the number of its first line."""
    blocks: list[tuple[int, list[str]]] = []
    open_block = False
    for number, line in enumerate(_LINES.split(text), 1):
        if not line.strip():
            open_block = False
        elif open_block:
            blocks[-1][1].append(line)
        else:
            blocks.append((number, [line]))
            open_block = True
    return blocks


def _cue(line: int, block: list[str]) -> _Cue | None:
    """None for headers, notes and styles."""
    at = next((index for index, entry in enumerate(block[:2]) if "-->" in entry), None)
    if at is None:
        if block[0].startswith(("WEBVTT", *_SKIPPED)) or len(block) == 1:
            return None
        raise refuse("a cue has no line of times like 00:00:01.000 --> 00:00:02.500", where=f"line {line}", value=block[0][:60])
    match = _TIMES.match(block[at])
    if match is None:
        raise refuse("the times of a cue must look like 00:00:01.000 --> 00:00:02.500", where=f"line {line + at}", value=block[at][:60])
    start, end = _ms(match.groups()[:4]), _ms(match.groups()[4:])
    if end < start:
        raise refuse("a cue ends before it starts", where=f"line {line + at}", value=block[at][:60])
    return _Cue(line + at, start, end, "\n".join(block[at + 1 :]))


def _ms(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, millis = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + millis


def _names(lines: list[str]) -> set[str]:
    """What stands before a colon and is a speaker: names that say a role, and others where the file makes it a rule."""
    matches = [match for match in map(_PREFIX.match, lines) if match]
    found = [match.group("name").strip() for match in matches if match.group("name")]
    told = {name for match in matches if role_of(name := (match.group("name") or match.group("bracket")).strip())}
    if len(found) < _REGULAR * len(lines):
        return told
    return told | {name for name, times in Counter(found).items() if times > 1 or len(lines) < 4}


def _voices(body: str, names: set[str]) -> list[tuple[str | None, str]]:
    """The cue's text, split where a voice begins."""
    pieces = _VOICE.split(body)
    if len(pieces) > 1:
        tagged = [(html.unescape(name).strip(), _plain(words)) for name, words in zip(pieces[1::2], pieces[2::2], strict=True)]
        return [(None, _plain(pieces[0])), *tagged]
    lines = [line for line in map(_plain, body.split("\n")) if line]
    voices: list[tuple[str | None, str]] = []
    for line in lines:
        match = _PREFIX.match(line)
        name = (match.group("name") or match.group("bracket")).strip() if match else ""
        if match and name in names:
            voices.append((name, match.group("words")))
        elif voices:
            voices[-1] = (voices[-1][0], f"{voices[-1][1]} {line}")
        else:
            voices.append((None, line))
    return voices


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", text)).split())
