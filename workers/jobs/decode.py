"""Recording to facts, a form that browsers play, and a waveform."""

from __future__ import annotations

from backend.db.session import Session
from backend.interactions import repository as interactions
from backend.media import repository as recordings
from workers.rendition import make
from workers.runner import Save, Work
from workers.sound import opened


async def decode(work: Work) -> Save:
    async with opened(work, work.progress.part(0, 0.6)) as sound:
        found = await make(work, sound, work.progress.part(0.6, 1))

    async def save(session: Session) -> None:
        await recordings.set_values(session, sound.recording.id, **found)
        whole, row = sound.decoded.duration_ms, work.row
        await interactions.set_values(session, row.id, duration_ms=min(row.to_ms or whole, whole) - row.from_ms)

    return save
