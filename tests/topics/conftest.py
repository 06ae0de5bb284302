"""Calls with words of the test's own, and the API's clients."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta

import pytest
from sqlalchemy import text

from backend.analyses.tables import Analysis, Transcript
from backend.db.session import next_id
from tests.api import conftest as api
from tests.api.seed import ANALYSIS, NOON, add_interaction

app, application, as_person, config = api.app, api.application, api.as_person, api.config
limiter, nobody, pages, pubsub, sealers, store, vault = api.limiter, api.nobody, api.pages, api.pubsub, api.sealers, api.store, api.vault


@pytest.fixture
def call(db, world, sealers):
    """`await call("What does it cost?", …)` is an analysed conversation, newer than the one before, of agent and consumer in turn."""
    made = []

    async def call(*lines, agent="north", language="en"):
        row = await add_interaction(db, world, agent=agent, language=language, started_at=NOON + timedelta(minutes=len(made)))
        made.append(row)
        segments = [
            {"speaker": ("agent", "consumer")[place % 2], "start_ms": 5_000 * place, "end_ms": 5_000 * place + 4_000, "text": line}
            for place, line in enumerate(lines)
        ]
        speakers = [{"id": "agent", "role": "agent"}, {"id": "consumer", "role": "consumer"}]
        engine = {"name": "delivered", "version": "1", "keeps_fillers": True}
        document = {"language": language, "duration_ms": 5_000 * len(lines), "engine": engine, "speakers": speakers, "segments": segments}
        async with db.writing(world.id) as session:
            sealer = await sealers.of(session, world.id)
            number, analysis = await next_id(session, "transcript"), await next_id(session, "analysis")
            shared = {"account_id": world.id, "interaction_id": row.id, "created_at": NOON}
            body = sealer.seal_json(document, table="transcript", column="body", row=number)
            session.add(
                Transcript(id=number, source="delivered", engine="delivered", engine_version="1", language=language, body=body, **shared)
            )
            await session.flush()
            body = sealer.seal_json(deepcopy(ANALYSIS), table="analysis", column="body", row=analysis)
            session.add(Analysis(id=analysis, transcript_id=number, analyzer_version="1.0.0", models={}, settings={}, body=body, **shared))
            await session.flush()
            await session.execute(
                text("UPDATE interaction SET current_analysis_id = :analysis WHERE account_id = :account AND id = :id"),
                {"analysis": analysis, "account": world.id, "id": row.id},
            )
        return row

    return call
