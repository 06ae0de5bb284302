"""
A transcript as columns: thousands of words as GraphQL objects would take seconds, as lists of numbers they take none. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from backend.analyses.rules import Document


@dataclass(slots=True)
class Words:
    """One entry a word; `first` has one more entry than there are segments. `chars` are code-point bounds in the segment's text."""

    first: list[int] = field(default_factory=lambda: [0])
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    char_starts: list[int] = field(default_factory=list)
    char_ends: list[int] = field(default_factory=list)
    confidences: list[float | None] = field(default_factory=list)


def words(segments: list[Document]) -> Words:
    """The words of all segments in their order."""
    columns = Words()
    for segment in segments:
        position, text = 0, segment.get("text") or ""
        for word in segment.get("words") or ():
            start, position = place(text, word["text"], position)
            columns.starts.append(word["start_ms"])
            columns.ends.append(word["end_ms"])
            columns.char_starts.append(start)
            columns.char_ends.append(position)
            columns.confidences.append(word.get("confidence"))
        columns.first.append(len(columns.starts))
    return columns


def place(text: str, word: str, after: int) -> tuple[int, int]:
    """
    Where a word stands in the text, not before `after`. An engine may spell it otherwise than in the text: then the next stretch
    without a space stands for it.
    """
    start = text.find(word, after)
    if start < 0:
        start = text.lower().find(word.lower(), after) if len(text.lower()) == len(text) else -1
    if start >= 0 and word:
        return start, start + len(word)
    start = after
    while start < len(text) and text[start].isspace():
        start += 1
    end = start
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def turns(segments: list[Document], roles: dict[str, str], analysis: Document | None) -> list[dict[str, Any]]:
    """The analysis's turns and backchannels in order of start; before there is one, runs of one role."""
    if analysis is not None:
        marked = [*((turn, False) for turn in analysis["turns"]), *((turn, True) for turn in analysis.get("backchannels", ()))]
        found = [{**turn, "backchannel": backchannel} for turn, backchannel in marked]
        return sorted(found, key=lambda turn: (turn["start_ms"], turn["end_ms"]))
    numbered = list(enumerate(segments))
    return [_run(role, list(run)) for role, run in groupby(numbered, key=lambda pair: roles[pair[1]["speaker"]])]


def _run(role: str, run: list[tuple[int, Document]]) -> dict[str, Any]:
    start, end = min(segment["start_ms"] for _, segment in run), max(segment["end_ms"] for _, segment in run)
    return {"role": role, "start_ms": start, "end_ms": end, "segments": [number for number, _ in run], "backchannel": False}
