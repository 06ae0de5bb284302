"""Transcript to figures, findings and their evidence."""

from __future__ import annotations

import asyncio

from backend.analyses import service as analyses
from backend.db.session import Session
from workers.analysing import analysed, inputs, keep_translation
from workers.runner import Save, Work


async def analyse(work: Work) -> Save:
    async with work.deps.db.reading(work.account_id) as session:
        given = await inputs(session, await work.deps.sealers.of(session, work.account_id), work.row.id)
    document, translation = await asyncio.to_thread(analysed, given, work.deps.engines, work.progress)

    async def save(session: Session) -> None:
        sealer = await work.deps.sealers.of(session, work.account_id)
        number = given.transcript_id
        if given.renewed:
            number = await analyses.save_transcript(session, sealer, work.row.id, given.transcript, source=given.source)
        await analyses.save_analysis(
            session, sealer, work.row, transcript_id=number, transcript=given.transcript, document=document,
            settings=document["settings"], names=given.names,
            translation_id=await keep_translation(session, sealer, work.row.id, given, translation),
        )  # fmt: skip

    return save
