"""The state that people see, derived from the stage that comes next, whether it has begun, and what went wrong."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col

from backend.interactions.tables import Interaction

STATUSES = ("QUEUED", "DECODING", "TRANSCRIBING", "ANALYSING", "DONE", "FAILED", "NOT_ANALYSED")
_OF_STAGE = {
    "decode": "DECODING",
    "activity": "DECODING",
    "transcribe": "TRANSCRIBING",
    "analyse": "ANALYSING",
    "index": "ANALYSING",
    "done": "DONE",
    "none": "NOT_ANALYSED",
}
ENDED = frozenset({"DONE", "FAILED", "NOT_ANALYSED"})


def status_of(*, stage: str, started: bool, failed: bool) -> str:
    """QUEUED is work whose first stage has not begun. What is never analysed keeps its reason where a failure keeps it."""
    if failed and stage != "none":
        return "FAILED"
    if stage == "decode" and not started:
        return "QUEUED"
    return _OF_STAGE[stage]


def status(row: Interaction) -> str:
    return status_of(stage=row.stage, started=row.stage_started_at is not None, failed=row.failure is not None)


def reason(row: Interaction) -> str | None:
    """Why it failed or is not analysed."""
    if row.failure is not None or row.stage != "none":
        return row.failure
    if row.end_to_end_encrypted:
        return "The conversation was end-to-end encrypted, so there is nothing here that could be analysed."
    if row.offline:
        return "This conversation was entered by hand, without a recording."
    return "This interaction came without a recording or a transcript."


def is_status(name: str) -> ColumnElement[bool]:
    """The same rule as SQL."""
    stage, failure, started = col(Interaction.stage), col(Interaction.failure), col(Interaction.stage_started_at)
    if name == "FAILED":
        return and_(failure.is_not(None), stage != "none")
    going = or_(failure.is_(None), stage == "none")
    if name == "QUEUED":
        return and_(going, stage == "decode", started.is_(None))
    stages = [key for key, value in _OF_STAGE.items() if value == name]
    if name == "DECODING":
        return and_(going, or_(stage == "activity", and_(stage == "decode", started.is_not(None))))
    return and_(going, stage.in_(stages))
