"""
Reads a dialogue file: a YAML header between two lines of `---`, then one line a contribution.

    agent: Thanks for calling.            after a natural pause
    consumer +900: Hello?                 900 ms after the line before
    agent -2400: Let me                   2.4 s before the line before has ended: both speak
    consumer @40%: Mm-hm.                 inside the line before, 40 % into it
    == hold 20s                           music, and an interval in the metadata
    == silence 7s                         nobody speaks
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

Side = Literal["agent", "consumer"]

_LINE = re.compile(r"^(agent|consumer)(?: ([+-]\d+)| @(\d+)%)?: (\S.*)$")
_MARK = re.compile(r"^== (hold|silence) (\d+(?:\.\d+)?)s$")


@dataclass(frozen=True, slots=True)
class Line:
    """`gap_ms` after the end of the line before; `inside` is the share of the line before at which this one begins."""

    side: Side
    text: str
    gap_ms: int | None = None
    inside: float | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    kind: Literal["hold", "silence"]
    duration_ms: int


@dataclass(frozen=True, slots=True)
class Dialogue:
    name: str
    header: dict[str, Any]
    parts: tuple[Line | Mark, ...]
    source: str

    @property
    def language(self) -> str:
        return str(self.header["language"])

    def named(self, side: Side) -> str:
        """The name of that side's speaker."""
        return str(self.header["agent"]["name"] if side == "agent" else self.header["consumer"])


class DialogueError(ValueError):
    """Names the file, the line and what was expected."""


def read(path: Path) -> Dialogue:
    source = path.read_text(encoding="utf-8")
    pieces = source.split("---\n", 2)
    if len(pieces) != 3 or pieces[0]:
        raise DialogueError(f"{path.name}: begins without a header between two lines of ---")
    first = pieces[1].count("\n") + 3
    parts = tuple(_parts(path.name, first, pieces[2]))
    if not parts or not isinstance(parts[0], Line):
        raise DialogueError(f"{path.name}: the first part is no line of speech")
    return Dialogue(path.stem, yaml.safe_load(pieces[1]), parts, source)


def read_all(folder: Path) -> list[Dialogue]:
    return [read(path) for path in sorted(folder.glob("*.txt"))]


def _parts(name: str, first: int, body: str) -> Iterator[Line | Mark]:
    for number, text in enumerate(body.splitlines(), first):
        if not text.strip():
            continue
        if mark := _MARK.match(text):
            yield Mark("hold" if mark[1] == "hold" else "silence", round(float(mark[2]) * 1000))
        elif line := _LINE.match(text):
            yield _line(line)
        else:
            raise DialogueError(f"{name}:{number}: {text[:60]!r} is neither 'agent: …', 'consumer: …', '== hold 20s' nor '== silence 7s'")


def _line(found: re.Match[str]) -> Line:
    side: Side = "agent" if found[1] == "agent" else "consumer"
    gap = int(found[2]) if found[2] else None
    inside = int(found[3]) / 100 if found[3] else None
    return Line(side, found[4].strip(), gap, inside)


_SENTENCE_END = re.compile(r"(?<=[.?!…])\s+(?=[\"'¿¡A-ZÀ-ÝÄÖÜ])")


def sentences(text: str) -> list[str]:
    """What is spoken in one breath, and is one segment of the transcript."""
    return _SENTENCE_END.split(text)
