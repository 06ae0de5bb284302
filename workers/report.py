"""An interaction for the terminal: as JSON with its figures, and in one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from backend.analyses import service as analyses
from backend.graphql.ids import global_id
from backend.interactions import repository
from backend.interactions.status import ENDED, reason, status
from backend.interactions.tables import Interaction
from workers.deps import Deps

Document = dict[str, Any]
_FIGURES = ("engagement_score", "sentiment_score", "agent", "consumer", "speaker_changes", "response_lag_ms", "events", "skipped")


@dataclass(frozen=True, slots=True)
class Report:
    document: Document
    text: str

    @property
    def failed(self) -> bool:
        return bool(self.document["status"] == "FAILED")

    @property
    def ended(self) -> bool:
        return self.document["status"] in ENDED


async def report(deps: Deps, account_id: int, interaction_id: int) -> Report:
    async with deps.db.reading(account_id) as session:
        row = await repository.interaction(session, account_id, interaction_id)
        assert row is not None, "it was taken in a moment ago"
        current = await analyses.load_current(session, await deps.sealers.of(session, account_id), interaction_id)
    document = _facts(row)
    if current is not None:
        document |= {"transcript_source": current.transcript_row.source, "engine": current.transcript.get("engine")}
        document |= _figures(current.analysis) | {"other_talk_ms": _others(current.transcript)}
    return Report(document, _line(document))


def _facts(row: Interaction) -> Document:
    return {
        "id": str(global_id("Interaction", row.id)), "number": row.id, "external_id": row.external_id, "status": status(row),
        "reason": reason(row), "channel": row.channel, "language": row.language, "started_at": row.started_at.isoformat(),
        "duration_ms": row.duration_ms, "without_words": row.without_words,
    }  # fmt: skip


def _figures(analysis: Document) -> Document:
    events = analysis["events"]
    counts = {f"{kind}s": [each for each in events if each["type"] == kind] for kind in ("silence", "crosstalk", "hold")}
    return {name: analysis.get(name) for name in _FIGURES} | {name: len(found) for name, found in counts.items()}


def _others(transcript: Document) -> int:
    """How long those talk who are neither the agent nor the consumer: all, where one channel has both and nothing tells them apart."""
    sides = {each["id"] for each in transcript["speakers"] if each["role"] != "other"}
    return sum(each["end_ms"] - each["start_ms"] for each in transcript["segments"] if each["speaker"] not in sides)


def _talk(document: Document) -> str:
    agent, consumer, others = (
        round(ms / 1000) for ms in (_side(document, "agent"), _side(document, "consumer"), document["other_talk_ms"])
    )
    if not (_side(document, "agent") or _side(document, "consumer")):
        return f"{others} s of speech, whose is not known" if document["other_talk_ms"] else "nobody speaks"
    return f"agent {agent} s, consumer {consumer} s" + (f", others {others} s" if others else "")


def _side(document: Document, role: str) -> int:
    return int(document[role]["talk_ms"])


def _wordless(document: Document) -> str:
    """Why, and the command that helps, as the analysis says it."""
    for each in document.get("skipped") or ():
        if each["feature"] == "words":
            return f"without words: {each['reason']}" + (f" → {each['remedy']}" if each.get("remedy") else "")
    return "without words"


def _line(document: Document) -> str:
    words = [f"{document['number']}", document["status"].lower().replace("_", " ")]
    if document["duration_ms"] is not None:
        words.append(f"{document['duration_ms'] / 1000:.0f} s")
    if "agent" in document:
        words.append(_talk(document))
        words.append(f"{document['silences']} silences, {document['crosstalks']} crosstalks, {document['holds']} holds")
    if document["without_words"]:
        words.append(_wordless(document))
    if document["reason"]:
        words.append(document["reason"])
    return " · ".join(words)
