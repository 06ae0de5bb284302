"""What every reader of a delivered transcript builds: speakers and segments of the interchange document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from backend.errors import InvalidInput

POINTER = "/input/transcript"
CHANNELS = ("agent", "consumer")
"""Roles of the two channels of a recording, as contact centres record and vendors number them."""
PAUSE_MS = 1_000
_SERVICE = re.compile(r"\b(customer|client) (service|support|care|success)\b")
_ROLES = {
    "agent": {"agent", "representative", "advisor", "adviser", "operator", "rep", "support", "supervisor", "berater", "beraterin", "agente",
              "asesor", "asesora", "conseiller", "conseillère"},
    "consumer": {"customer", "consumer", "caller", "client", "cliente", "kunde", "kundin"},
    "other": {"ivr", "bot", "interpreter", "system"},
}  # fmt: skip


def refuse(message: str, *, where: str = "", value: object = None) -> InvalidInput:
    """An error of the delivered file; `where` is a line (`line 7`) or a JSON pointer inside it."""
    place = f" ({where})" if where else ""
    return InvalidInput(f"The transcript cannot be used{place}: {message}", pointer=POINTER, value=value)


def role_of(name: str) -> str | None:
    """The role that a speaker's name says; None where it says none, or two."""
    folded = name.casefold()
    if _SERVICE.search(folded):
        return "agent"
    words = set(re.findall(r"[^\W\d_]+", folded))
    found = [role for role, known in _ROLES.items() if words & known]
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Heard:
    """A word with its times. `joined` is punctuation that belongs to the word before."""

    text: str
    start_ms: int
    end_ms: int
    confidence: float | None = None
    joined: bool = False

    def document(self) -> dict[str, Any]:
        entry: dict[str, Any] = {"text": self.text, "start_ms": self.start_ms, "end_ms": max(self.start_ms, self.end_ms)}
        return entry | ({} if self.confidence is None else {"confidence": self.confidence})


def joined(words: Iterable[Heard]) -> list[Heard]:
    """The words with punctuation at the end of the word before it."""
    found: list[Heard] = []
    for each in words:
        if not each.joined:
            found.append(each)
        elif found:
            last = found[-1]
            found[-1] = Heard(last.text + each.text, last.start_ms, last.end_ms, last.confidence)
    return found


@dataclass(slots=True)
class Builder:
    """Collects segments. Roles are given at the end, when it is known what all the speakers' names say."""

    _roles: dict[str, str | None] = field(default_factory=dict)
    _segments: list[dict[str, Any]] = field(default_factory=list)

    def add(
        self,
        name: str,
        start_ms: int,
        end_ms: int,
        text: str,
        words: list[Heard] | None = None,
        *,
        role: str | None = None,
        where: str = "",
    ) -> None:
        """A segment of the speaker of this name; `role` where the file says it otherwise than by the name. Empty ones are left out."""
        if end_ms < start_ms:
            raise refuse("it ends before it starts", where=where, value=f"{start_ms} … {end_ms} ms")
        if not text.strip():
            return
        self._roles[name] = self._roles.get(name) or role or role_of(name)
        segment: dict[str, Any] = {"speaker": name, "start_ms": start_ms, "end_ms": end_ms, "text": text.strip()}
        self._segments.append(segment | ({"words": [word.document() for word in words]} if words else {}))

    def add_runs(self, name: str, words: list[Heard], *, role: str | None = None) -> None:
        """One speaker's words in order, a segment for each run that ends at a full stop or a pause."""
        run: list[Heard] = []
        for each in joined(words):
            if run and (each.start_ms - run[-1].end_ms > PAUSE_MS or run[-1].text.endswith((".", "?", "!"))):
                self._add_run(name, run, role)
                run = []
            run.append(each)
        self._add_run(name, run, role)

    def _add_run(self, name: str, run: list[Heard], role: str | None) -> None:
        if run:
            end = max(word.end_ms for word in run)
            self.add(name, run[0].start_ms, max(run[0].start_ms, end), " ".join(word.text for word in run), run, role=role)

    def document(self, *, language: str, engine: str, duration_ms: int = 0) -> dict[str, Any]:
        """The interchange document, its segments in order of time. Raises InvalidInput where nothing was said."""
        if not self._segments:
            raise refuse("it holds no words")
        roles = self._final_roles()
        segments = sorted(self._segments, key=lambda segment: (segment["start_ms"], segment["end_ms"]))
        return {
            "language": language,
            "duration_ms": max(duration_ms, *(segment["end_ms"] for segment in segments)),
            "engine": {"name": engine, "version": ""},
            "speakers": [{"id": name, "role": role, "name": name} for name, role in roles.items()],
            "segments": segments,
        }

    def _final_roles(self) -> dict[str, str]:
        """Who is told is that; of two of whom one is told, the other is the other; who is not told is `other`, to be inferred later."""
        told = {role for role in self._roles.values() if role in CHANNELS}
        untold = [name for name, role in self._roles.items() if role is None]
        rest = "other"
        if len(untold) == 1 and len(told) == 1:
            rest = "consumer" if "agent" in told else "agent"
        return {name: role or rest for name, role in self._roles.items()}
