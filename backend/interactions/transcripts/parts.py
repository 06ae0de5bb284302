"""What every reader of a delivered transcript builds: speakers and segments of the interchange document."""

from __future__ import annotations

from typing import Any

from backend.errors import InvalidInput

POINTER = "/input/transcript"
_AGENT = ("agent", "representative", "advisor", "adviser", "operator", "rep", "support", "berater", "agente", "spk_agent", "ch_0")
_CONSUMER = ("customer", "consumer", "caller", "client", "user", "visitor", "kunde", "cliente", "ch_1")
_OTHER = ("ivr", "bot", "interpreter", "system")


def refuse(message: str, *, where: str = "", value: object = None) -> InvalidInput:
    """An error of the delivered file; `where` is a line (`line 7`) or a JSON pointer inside it."""
    place = f" ({where})" if where else ""
    return InvalidInput(f"The transcript cannot be used{place}: {message}", pointer=POINTER, value=value)


def role_of(name: str, position: int) -> str:
    """
    The role that a speaker's name or channel tells: agent, consumer, other. A name that tells nothing is an agent for the first
    speaker heard and a consumer for the second, as contact centres answer with the agent.
    """
    folded = name.casefold().strip()
    for words, role in ((_OTHER, "other"), (_AGENT, "agent"), (_CONSUMER, "consumer")):
        if any(folded == word or folded.startswith(f"{word} ") or folded.startswith(f"{word}:") for word in words):
            return role
    return ("agent", "consumer")[position] if position < 2 else "other"


def ms(seconds: object, where: str) -> int:
    """Seconds, as a number or as a text of one, as whole milliseconds."""
    try:
        value = float(seconds)  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        raise refuse("a time must be a number of seconds", where=where, value=seconds) from error
    if not 0 <= value < 1e9:
        raise refuse("a time must lie between 0 and the recording's end", where=where, value=seconds)
    return round(value * 1000)


class Builder:
    """Collects segments, and names each speaker's role by the order in which they are heard."""

    def __init__(self) -> None:
        self._speakers: dict[str, dict[str, Any]] = {}
        self._segments: list[dict[str, Any]] = []

    def speaker(self, name: str, *, role: str | None = None) -> str:
        """The id of a speaker, made where it is new."""
        if name not in self._speakers:
            known = [s for s in self._speakers.values() if s["role"] != "other"]
            found = role or role_of(name, len(known))
            if role is None and found in {s["role"] for s in known} and len(known) == 1:
                found = "consumer" if found == "agent" else "agent"
            self._speakers[name] = {"id": name, "role": found, "name": name}
        return name

    def add(self, speaker: str, start_ms: int, end_ms: int, text: str, words: list[dict[str, Any]] | None = None) -> None:
        if not text.strip():
            return
        segment: dict[str, Any] = {"speaker": speaker, "start_ms": start_ms, "end_ms": max(start_ms, end_ms), "text": text.strip()}
        self._segments.append(segment | ({"words": words} if words else {}))

    def document(self, *, language: str, engine: str, version: str = "", duration_ms: int = 0) -> dict[str, Any]:
        """The interchange document. Raises InvalidInput where nothing was said."""
        if not self._segments:
            raise refuse("it holds no words")
        end = max(segment["end_ms"] for segment in self._segments)
        return {
            "language": language,
            "duration_ms": max(duration_ms, end),
            "engine": {"name": engine, "version": version},
            "speakers": list(self._speakers.values()),
            "segments": self._segments,
        }


def word(text: str, start_ms: int, end_ms: int, confidence: object = None) -> dict[str, Any]:
    entry: dict[str, Any] = {"text": text.strip(), "start_ms": start_ms, "end_ms": max(start_ms, end_ms)}
    sure = isinstance(confidence, int | float) and not isinstance(confidence, bool) and 0 <= confidence <= 1
    return entry | ({"confidence": float(confidence)} if sure else {})  # type: ignore[arg-type]
