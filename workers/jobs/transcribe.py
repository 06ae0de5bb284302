"""Words: the ones that were delivered, else recognised ones, else none, and said so."""

from __future__ import annotations

from backend.analyses import service as analyses
from backend.db.session import Session
from backend.interactions import repository, service
from workers.runner import Save, Work
from workers.spoken import as_note
from workers.wording import with_roles, word


async def transcribe(work: Work) -> Save:
    found = await word(work)

    async def save(session: Session) -> None:
        roles = await service.save_roles(session, work.row.id, found.roles)
        sealer = await work.deps.sealers.of(session, work.account_id)
        await analyses.save_transcript(session, sealer, work.row.id, with_roles(found.document, roles), source=found.source)
        await repository.set_values(session, work.row.id, **found.columns)
        if found.heard is not None:
            repository.note(session, work.row.id, "language_detected", **as_note(found.heard))

    return save
