"""Transcripts and analyses of many interactions at once, opened."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlmodel import col

from backend.analyses import translations
from backend.analyses.rules import Document
from backend.analyses.service import open_analysis, open_transcript
from backend.analyses.silence import silent_analysis, silent_evidence, silent_transcript
from backend.analyses.tables import Analysis, Transcript
from backend.analyses.tables import Translation as TranslationRow
from backend.analyses.verbatim import verified
from backend.analysis.evidence import Evidence, evidence
from backend.analysis.language.translation import Translation
from backend.db.session import ReadSession
from backend.graphql.context import Context
from backend.interactions.tables import Interaction

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """
    What there is of an interaction's words: a transcript may stand before its analysis does. Where the viewer may not read them, the
    documents are without words and `translation` is None, and `whole` is what they were taken from, for computing figures alone.
    """

    transcript_row: Transcript
    transcript: Document
    analysis_row: Analysis | None
    analysis: Document | None
    whole: Opened | None = None
    translation: Translation | None = None

    def silent(self) -> Opened:
        analysis = silent_analysis(self.analysis) if self.analysis is not None else None
        return replace(self, transcript=silent_transcript(self.transcript), analysis=analysis, whole=self, translation=None)

    def english(self) -> list[str | None]:
        """Each segment in English; nothing where there is no translation, or the viewer may not read."""
        return self.translation.texts() if self.translation else []

    def evidence(self, figure: str) -> Evidence:
        """Of a figure of the analysis, which must be there."""
        opened = self.whole or self
        assert opened.analysis is not None
        found = evidence(figure, opened.transcript, opened.analysis)
        return found if self.whole is None else silent_evidence(found)


def checked(row: Analysis, analysis: Document, transcript: Document) -> Document:
    """The analysis without quotes that do not stand in the transcript; where there are any, the log says so without their words."""
    found, wrong = verified(analysis, transcript)
    if wrong:
        log.error("analysis %d quotes what its transcript does not hold, which is not shown: %s", row.id, wrong)
    return found


async def opened(context: Context, ids: list[int]) -> list[Opened | None]:
    """The current analysis with its transcript; before there is one, the newest transcript. `ids` are of visible interactions."""
    account_id = context.viewer.account_id
    async with context.read() as session:
        sealer = await context.services.sealers.of(session, account_id)
        analyses = await _current(session, account_id, ids)
        transcripts = await _transcripts(session, account_id, ids, [row.transcript_id for row in analyses.values()])
        english = await _translations(session, account_id, [row.translation_id for row in analyses.values() if row.translation_id])
    found: list[Opened | None] = []
    for number in ids:
        analysis, transcript = analyses.get(number), transcripts.get(number)
        words = open_transcript(sealer, transcript) if transcript else None
        figures = checked(analysis, open_analysis(sealer, analysis), words) if analysis and words is not None else None
        row = english.get(analysis.translation_id) if analysis and analysis.translation_id else None
        translation = translations.opened(sealer, row) if row else None
        found.append(Opened(transcript, words, analysis, figures, None, translation) if transcript and words is not None else None)
    return found


async def _current(session: ReadSession, account_id: int, ids: Sequence[int]) -> dict[int, Analysis]:
    same = (col(Interaction.account_id) == col(Analysis.account_id)) & (col(Interaction.current_analysis_id) == col(Analysis.id))
    query = select(Analysis).join(Interaction, same)
    rows = await session.execute(query.where(col(Interaction.account_id) == account_id, col(Interaction.id).in_(ids)))
    return {row.interaction_id: row for row in rows.scalars()}


async def _translations(session: ReadSession, account_id: int, named: Sequence[int]) -> dict[int, TranslationRow]:
    if not named:
        return {}
    query = select(TranslationRow).where(col(TranslationRow.account_id) == account_id, col(TranslationRow.id).in_(named))
    return {row.id: row for row in (await session.execute(query)).scalars()}


async def _transcripts(session: ReadSession, account_id: int, ids: Sequence[int], named: Sequence[int]) -> dict[int, Transcript]:
    """Those that analyses name, else each interaction's newest."""
    newest = (
        select(func.max(col(Transcript.id)))
        .where(col(Transcript.account_id) == account_id, col(Transcript.interaction_id).in_(ids))
        .group_by(col(Transcript.interaction_id))
    )
    either = col(Transcript.id).in_(named) | col(Transcript.id).in_(newest)
    query = select(Transcript).where(col(Transcript.account_id) == account_id, either)
    found: dict[int, Transcript] = {}
    for row in (await session.execute(query)).scalars():
        if row.interaction_id not in found or row.id in named:
            found[row.interaction_id] = row
    return found
