"""
The end of retention: a conversation that the account no longer keeps goes with all that came from it: rows, search entries, files.

A conversation is removed whole in one transaction. Its files go just before that commits, so that a crash leaves rows whose files the
next look finds gone, and never a file that no row names.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

from backend.analyses import service as analyses
from backend.audit import service as audit
from backend.authz.actor import system
from backend.clock import utc_now
from backend.db import doors
from backend.db.session import Session
from backend.interactions import repository as interactions
from backend.interactions.tables import Interaction
from backend.media import repository as recordings
from backend.media.tables import Recording
from backend.search import service as search
from backend.settings.service import settings_of
from workers.deps import Deps

EVERY_S = 1_800
"""Half an hour, so that what the account decides is done within an hour."""
_BATCH = 500
log = logging.getLogger(__name__)


async def retain(deps: Deps, *, every_s: float = EVERY_S) -> None:
    """Looks until cancelled."""
    while True:
        try:
            removed = await purge_expired(deps)
            if removed:
                log.info("removed %d conversations at the end of their retention", removed)
        except Exception:
            log.exception("retention could not be looked after; trying again in %g s", every_s)
        await asyncio.sleep(every_s)


async def purge_expired(deps: Deps) -> int:
    """Removes what is older than its account keeps; returns how many. What a stage works on stays until the next time."""
    removed = 0
    for account_id in await doors.accounts(deps.db):
        after: tuple[datetime, int] | None = None
        while found := await _expired(deps, account_id, after):
            for _, number in found:
                removed += await purge(deps, account_id, number)
            after = found[-1]
    return removed


async def _expired(deps: Deps, account_id: int, after: tuple[datetime, int] | None) -> list[tuple[datetime, int]]:
    async with deps.db.reading(account_id) as session:
        before = _before((await settings_of(session, account_id)).retention_days)
        return [] if before is None else await interactions.expired(session, account_id, before, after=after, limit=_BATCH)


def _before(days: int | None) -> datetime | None:
    return None if days is None else utc_now() - timedelta(days=days)


async def purge(deps: Deps, account_id: int, interaction_id: int) -> bool:
    """False where the conversation is being worked on, is gone, or is kept after all."""
    async with deps.db.advisory(interaction_id) as held:
        if not held:
            return False
        async with deps.db.writing(account_id) as session:
            days = (await settings_of(session, account_id)).retention_days
            row, before = await interactions.interaction(session, account_id, interaction_id, lock=True), _before(days)
            if row is None or before is None or row.started_at >= before:
                return False
            await _remove(deps, session, row)
            detail = {"reason": "retention", "days": days, "started_at": row.started_at.isoformat()}
            audit.record(session, system(account_id), "interaction.purge", "Interaction", interaction_id, detail=detail)
    return True


async def _remove(deps: Deps, session: Session, row: Interaction) -> None:
    sealer = await deps.sealers.of(session, row.account_id)
    said = await analyses.all_transcripts(session, sealer, row.id)
    await search.forget(session, sealer, interaction_id=row.id, transcripts=said)
    recording = await recordings.recording(session, row.account_id, row.recording_id) if row.recording_id else None
    alone = await interactions.remove(session, row)
    if recording is not None and alone:
        await recordings.remove(session, recording.id)
        await session.flush()
        for key in _files(recording):
            await deps.vault.delete(key)


def _files(recording: Recording) -> set[str]:
    originals = {part["key"] for part in recording.parts.get("originals", [])}
    return originals | {key for key in (recording.playable_key, recording.peaks_key) if key}
