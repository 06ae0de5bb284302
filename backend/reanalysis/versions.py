"""The analyses that an interaction has had, and in what two of them differ. Under the viewer's permissions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlmodel import col

from backend.analyses import repository as analyses
from backend.analyses.loaders import checked
from backend.analyses.rules import Document
from backend.analyses.service import open_analysis, open_transcript
from backend.analyses.silence import silent_analysis, silent_transcript
from backend.analyses.tables import Analysis
from backend.authz.actions import Action
from backend.db.sealed import Sealer
from backend.db.session import ReadSession
from backend.graphql.context import Context
from backend.interactions.tables import Interaction
from backend.interactions.visibility import permits
from backend.reanalysis.difference import Change, Detail, changes, details
from backend.reanalysis.tables import ReanalysisItem

CURRENT, FORMER, PREPARED = "current", "former", "prepared"


@dataclass(frozen=True, slots=True)
class Stored:
    """An analysis without its document. `state`: current, former, or prepared by a run that is not applied yet."""

    id: int
    state: str
    analyzer_version: str
    models: dict[str, Any]
    settings: dict[str, Any]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Comparison:
    old: Stored
    new: Stored
    same_transcript: bool
    changes: list[Change]
    details: list[Detail]


async def stored(context: Context, ids: list[int]) -> list[list[Stored]]:
    """Of each interaction, the newest first. `ids` are of visible interactions."""
    account_id, analysis, item = context.viewer.account_id, Analysis, ReanalysisItem
    kept = and_(col(item.account_id) == account_id, col(item.analysis_id) == col(analysis.id), col(item.state) == "analysed")
    prepared = select(col(item.analysis_id)).where(kept).exists()
    here = and_(col(Interaction.account_id) == col(analysis.account_id), col(Interaction.id) == col(analysis.interaction_id))
    query = (
        select(
            col(analysis.interaction_id), col(analysis.id), col(Interaction.current_analysis_id), prepared, col(analysis.analyzer_version),
            col(analysis.models), col(analysis.settings), col(analysis.created_at),
        )
        .join(Interaction, here)
        .where(col(analysis.account_id) == account_id, col(analysis.interaction_id).in_(ids))
        .order_by(col(analysis.id).desc())
    )  # fmt: skip
    found: dict[int, list[Stored]] = defaultdict(list)
    async with context.read() as session:
        for interaction_id, number, current, aside, *rest in await session.execute(query):
            state = CURRENT if number == current else PREPARED if aside else FORMER
            found[interaction_id].append(Stored(number, state, *rest))
    return [found[number] for number in ids]


async def of_interaction(context: Context, row: Interaction) -> list[Stored]:
    """Those that the viewer may see: what a run has prepared only whoever may run the interaction again."""
    found = await context.load(stored, row.id)
    again = await permits(context, Action.INTERACTION_RETRY, row)
    return [each for each in found if again or each.state != PREPARED]


async def compare(context: Context, row: Interaction, old: int | None, new: int | None) -> Comparison | None:
    """
    From one analysis to another; None where either is not the interaction's or may not be seen. Without a number, `new` is the current
    one and `old` the newest other. The audit log keeps it; without words for whoever may not read them.
    """
    known = {each.id: each for each in await of_interaction(context, row)}
    after = known.get(new if new is not None else row.current_analysis_id or 0)
    before = known.get(old) if old is not None else next((each for each in known.values() if each is not after), None)
    if before is None or after is None:
        return None
    context.note("interaction.view", "Interaction", row.id)
    was, now = await _sides(context, row, before.id, after.id)
    if not await permits(context, Action.TRANSCRIPT_READ, row):
        was, now = was.silent(), now.silent()
    differing = details(was.analysis, now.analysis, now.transcript["segments"], was.transcript["segments"])
    return Comparison(before, after, was.transcript == now.transcript, changes(was.analysis, now.analysis), differing)


@dataclass(frozen=True, slots=True)
class _Side:
    """An analysis, held to what was said, and the transcript that it was made from."""

    analysis: Document
    transcript: Document

    def silent(self) -> _Side:
        return _Side(silent_analysis(self.analysis), silent_transcript(self.transcript))


async def _sides(context: Context, row: Interaction, old: int, new: int) -> tuple[_Side, _Side]:
    async with context.read() as session:
        sealer = await context.services.sealers.of(session, row.account_id)
        return await _side(session, sealer, old), await _side(session, sealer, new)


async def _side(session: ReadSession, sealer: Sealer, number: int) -> _Side:
    """Of an analysis that is there, which names its transcript."""
    row = await analyses.analysis(session, sealer.account_id, number)
    assert row is not None
    said = await analyses.transcript(session, sealer.account_id, row.transcript_id)
    assert said is not None
    words = open_transcript(sealer, said)
    return _Side(checked(row, open_analysis(sealer, row), words), words)
