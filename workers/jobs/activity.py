"""Who makes sound when: a channel a speaker, or told apart by a diariser where all are on one."""

from __future__ import annotations

import asyncio

from backend.analyses import service as analyses
from backend.db.session import Session
from workers.runner import Save, Work
from workers.sound import opened
from workers.speakers import find_speakers


async def activity(work: Work) -> Save:
    async with opened(work, work.progress.part(0, 0.3)) as sound:
        detector, found = await asyncio.to_thread(find_speakers, work.deps.engines, sound.decoded, work.row, work.progress.part(0.3, 1))

    async def save(session: Session) -> None:
        await analyses.save_activity(session, work.row.id, detector=detector, intervals=found)

    return save
