"""A worker killed (SIGKILL) at each stage of ten interactions loses nothing and doubles nothing."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import func, select

from backend.analyses.tables import Analysis, MentionRow, Metrics, Transcript
from backend.analysis.types import Keyword
from backend.authz.actor import system
from backend.db.sealed import Sealers
from backend.indicators import service as indicators
from backend.infra.keys.local import LocalKeys
from backend.infra.object_store.engine import open_store
from backend.interactions.ingest import Intake, ingest
from backend.interactions.rules import STAGES, NewInteraction, Part, TranscriptFile
from backend.interactions.tables import Interaction, InteractionEvent, InteractionTag
from backend.search import service as search
from backend.topics.service import create_defaults
from tests.factory import make_account
from tests.pipeline.conftest import write_wav

ROOT = Path(__file__).parents[2]
WORDS = """WEBVTT

00:00.100 --> 00:01.000
<v Agent>Thank you for calling, how can I help?

00:01.200 --> 00:01.900
<v Customer>I want a refund.
"""
POINTS = [(stage, point) for stage in STAGES for point in ("before", "after")]


@pytest.fixture
async def ten(fresh_db, tmp_path):
    """Ten short calls with a transcript, taken in while no worker runs; and a death for each stage and point."""
    keys, data = LocalKeys(tmp_path / "master"), tmp_path / "data"
    world = await make_account(fresh_db, keys)
    async with fresh_db.writing(world.id) as session:
        await create_defaults(session)
        await indicators.create(session, system(world.id), category="Money", name="Refund", keywords=[Keyword("refund")])
    recording = write_wav(tmp_path / "call.wav", *(np.zeros(32_000, "<i2"), np.ones(32_000, "<i2")))
    (tmp_path / "call.vtt").write_text(WORDS)
    intake = Intake(fresh_db, open_store("", data / "objects"), keys, Sealers(keys))
    new = NewInteraction((Part(recording, "call.wav"),), TranscriptFile(tmp_path / "call.vtt", "call.vtt"), language="en")
    ids = [(await ingest(intake, system(world.id), new)).interaction_id for _ in POINTS]
    markers = tmp_path / "markers"
    markers.mkdir()
    for number, (stage, point) in zip(ids, POINTS, strict=True):
        (markers / f"{number}-{stage}-{point}").touch()
    return world, keys, ids, markers


async def work_until_done(db, world, environment, markers):
    """Lets workers live and die; returns the signals that ended them."""
    command = [sys.executable, "-m", "tests.pipeline.worker_that_dies", str(markers)]
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, cwd=ROOT, stdout=asyncio.subprocess.PIPE, start_new_session=True
    )
    try:
        async with asyncio.timeout(240):
            while await unfinished(db, world):
                assert process.returncode is None, "no worker lives"
                await asyncio.sleep(0.2)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        output, _ = await process.communicate()
    return [int(line) for line in output.split()]


async def unfinished(db, world):
    async with db.reading(world.id) as session:
        return await session.scalar(select(func.count()).select_from(Interaction).where(Interaction.stage != "done"))


async def test_all_ten_end_analysed_once(fresh_db, fresh_urls, valkey, ten, tmp_path):
    world, keys, ids, markers = ten
    environment = os.environ | fresh_urls | {
        "REDIS_URL": valkey, "ASSAY_DATA": str(tmp_path / "data"), "MASTER_KEY_FILE": str(tmp_path / "master"),
        "SWEEP_S": "0.3", "WORKER_JOBS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
    }  # fmt: skip
    assert await work_until_done(fresh_db, world, environment, markers) == [signal.SIGKILL] * len(POINTS)
    assert list(markers.iterdir()) == []
    async with fresh_db.reading(world.id) as session:
        rows = (await session.execute(select(Interaction))).scalars().all()
        assert {row.failure for row in rows} == {None}
        assert [row.indicator_mentions for row in rows] == [1] * len(ids)
        for table in (Transcript, Analysis, Metrics, MentionRow):
            assert Counter((await session.execute(select(table.interaction_id))).scalars()) == Counter(ids), table
        tags = (await session.execute(select(InteractionTag).where(InteractionTag.kind == "indicator"))).scalars().all()
        assert Counter(tag.interaction_id for tag in tags) == Counter(ids)
        events = (await session.execute(select(InteractionEvent))).scalars().all()
        done = Counter((event.interaction_id, event.detail["stage"]) for event in events if event.what == "stage_done")
        assert done == Counter((number, stage) for number in ids for stage in STAGES)
        assert sorted(await search.matching(session, await Sealers(keys).of(session, world.id), '"want a refund"')) == sorted(ids)
