"""The conversation's words into the search index."""

from __future__ import annotations

from backend.analyses import service as analyses
from backend.db.session import Session
from backend.interactions import repository
from backend.search import service as search
from workers.runner import Save, Work


async def index(work: Work) -> Save:
    row = work.row
    async with work.deps.db.reading(work.account_id) as session:
        sealer = await work.deps.sealers.of(session, work.account_id)
        _, transcript = await analyses.latest_transcript(session, sealer, row.id)
        before = await analyses.older_transcripts(session, sealer, row.id)

    async def save(session: Session) -> None:
        await search.index(session, sealer, interaction_id=row.id, day=row.day, transcript=transcript, before=before)
        repository.note(session, row.id, "analysed")

    return save
