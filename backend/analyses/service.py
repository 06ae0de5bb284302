"""Transcripts and analyses: kept sealed by version, their numbers copied out for lists and reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backend.analyses import repository, rules
from backend.analyses.rules import Document, Findings, Names
from backend.analyses.tables import Activity, Analysis, Transcript
from backend.clock import utc_now
from backend.db.sealed import Sealer
from backend.db.session import Session, next_id
from backend.interactions import repository as interactions
from backend.interactions.tables import Interaction, InteractionTag

Intervals = dict[str, list[int]]
"""Channel or speaker to start and end milliseconds, flat."""


@dataclass(frozen=True, slots=True)
class Current:
    """An interaction's current analysis with the transcript that it was made from."""

    transcript_row: Transcript
    transcript: Document
    analysis_row: Analysis
    analysis: Document


async def save_activity(session: Session, interaction_id: int, *, detector: str, intervals: Intervals) -> None:
    row = await repository.activity(session, session.account_id, interaction_id)
    if row is None:
        row = Activity(account_id=session.account_id, interaction_id=interaction_id, detector=detector, intervals=intervals)
        session.add(row)
    row.detector, row.intervals = detector, intervals
    await session.flush()


async def load_activity(session: AsyncSession, account_id: int, interaction_id: int) -> tuple[str, Intervals]:
    """Detector and intervals; nothing where the stage has not run (a conversation without a recording)."""
    row = await repository.activity(session, account_id, interaction_id)
    return ("", {}) if row is None else (row.detector, row.intervals)


async def save_transcript(session: Session, sealer: Sealer, interaction_id: int, document: Document, *, source: str) -> int:
    """A new version. Returns its id."""
    number = await next_id(session, "transcript")
    engine = document.get("engine") or {"name": "unknown", "version": ""}
    session.add(
        Transcript(
            account_id=session.account_id,
            id=number,
            interaction_id=interaction_id,
            source=source,
            engine=engine["name"],
            engine_version=engine["version"],
            language=document["language"],
            body=sealer.seal_json(document, table="transcript", column="body", row=number),
            created_at=utc_now(),
        )
    )
    await session.flush()
    return number


def open_transcript(sealer: Sealer, row: Transcript) -> Document:
    document: Document = sealer.open_json(row.body, table="transcript", column="body", row=row.id)
    return document


def open_analysis(sealer: Sealer, row: Analysis) -> Document:
    document: Document = sealer.open_json(row.body, table="analysis", column="body", row=row.id)
    return document


async def latest_transcript(session: AsyncSession, sealer: Sealer, interaction_id: int) -> tuple[Transcript, Document]:
    """The newest version. Raises LookupError before there is one."""
    rows = await repository.transcripts(session, sealer.account_id, interaction_id)
    if not rows:
        raise LookupError(f"no transcript of interaction {interaction_id}")
    return rows[0], open_transcript(sealer, rows[0])


async def older_transcripts(session: AsyncSession, sealer: Sealer, interaction_id: int) -> list[Document]:
    """All versions but the newest."""
    return (await all_transcripts(session, sealer, interaction_id))[1:]


async def all_transcripts(session: AsyncSession, sealer: Sealer, interaction_id: int) -> list[Document]:
    """All versions, the newest first."""
    return [open_transcript(sealer, row) for row in await repository.transcripts(session, sealer.account_id, interaction_id)]


async def load_current(session: AsyncSession, sealer: Sealer, interaction_id: int) -> Current | None:
    """None while the interaction has no analysis."""
    analysis = await repository.current_analysis(session, sealer.account_id, interaction_id)
    if analysis is None:
        return None
    transcript = await repository.transcript(session, sealer.account_id, analysis.transcript_id)
    assert transcript is not None, "an analysis names its transcript"
    return Current(transcript, open_transcript(sealer, transcript), analysis, open_analysis(sealer, analysis))


@dataclass(frozen=True, slots=True)
class Kept:
    """An analysis that is stored and not current."""

    analysis_id: int
    findings: Findings


async def save_analysis(
    session: Session, sealer: Sealer, row: Interaction, *, transcript_id: int, transcript: Document, document: Document,
    settings: dict[str, Any], names: Names, translation_id: int | None = None,
) -> int:  # fmt: skip
    """The interaction's new current analysis, with its numbers, mentions and tags. Returns its id."""
    kept = await keep_analysis(
        session, sealer, row, transcript_id=transcript_id, transcript=transcript, document=document, settings=settings, names=names,
        translation_id=translation_id,
    )  # fmt: skip
    await make_current(session, row, kept)
    return kept.analysis_id


async def keep_analysis(
    session: Session, sealer: Sealer, row: Interaction, *, transcript_id: int, transcript: Document, document: Document,
    settings: dict[str, Any], names: Names, translation_id: int | None = None,
) -> Kept:  # fmt: skip
    """A further analysis of the interaction with its figures, kept aside: what is current stays so."""
    number = await next_id(session, "analysis")
    versions = document["versions"]
    session.add(
        Analysis(
            account_id=session.account_id,
            id=number,
            interaction_id=row.id,
            transcript_id=transcript_id,
            translation_id=translation_id,
            analyzer_version=versions["analyzer"],
            models=versions["models"],
            settings=settings,
            body=sealer.seal_json(document, table="analysis", column="body", row=number),
            created_at=utc_now(),
        )
    )
    await session.flush()
    place: dict[str, Any] = {"account_id": session.account_id, "analysis_id": number, "interaction_id": row.id, "day": row.day}
    session.add(rules.metrics(document, **place))
    return Kept(number, rules.findings(document, transcript, names, **place))


async def make_current(session: Session, row: Interaction, kept: Kept) -> None:
    """From here on lists and reports read this analysis. Many at once: `backend.reanalysis.flip`, which writes the same."""
    found = kept.findings
    await repository.forget_findings(session, row.id)
    session.add_all([*found.mentions, *_tag_rows(row, found)])
    await session.flush()
    await interactions.set_values(session, row.id, current_analysis_id=kept.analysis_id, **found.columns())


def _tag_rows(row: Interaction, found: Findings) -> list[InteractionTag]:
    copied = {name: getattr(row, name) for name in ("day", "started_at", "agent_id", "team_id", "queue_id", "language", "channel")}
    scores: dict[str, Any] = {"engagement_score": found.engagement_score, "sentiment_score": found.sentiment_score}
    return [
        InteractionTag(
            account_id=row.account_id, interaction_id=row.id, kind=tag.kind, tag_id=tag.tag_id,
            by_agent=tag.by_agent, by_consumer=tag.by_consumer, total=tag.total, **copied, **scores,
        )
        for tag in found.tags
    ]  # fmt: skip
