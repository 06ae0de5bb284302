"""A worker killed (SIGKILL) before and after each re-analysis loses nothing and keeps nothing twice; then one flip."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select

from backend.analyses.tables import Analysis, MentionRow
from backend.analysis.types import Keyword
from backend.authz.actor import system
from backend.db.sealed import Sealers
from backend.indicators import service as indicators
from backend.infra.keys.local import LocalKeys
from backend.infra.object_store.engine import open_store
from backend.interactions.ingest import Intake, ingest
from backend.interactions.rules import NewInteraction, Part, TranscriptFile
from backend.interactions.tables import Interaction
from backend.reanalysis import repository, service
from backend.reanalysis.rules import Wanted
from backend.topics.service import create_defaults
from tests.factory import make_account
from tests.pipeline.conftest import write_wav
from tests.pipeline.test_killed_workers import WORDS, unfinished

ROOT = Path(__file__).parents[2]
POINTS = ("before", "after", "before", "after")


@pytest.fixture
async def calls(fresh_db, tmp_path):
    keys, data = LocalKeys(tmp_path / "master"), tmp_path / "data"
    world = await make_account(fresh_db, keys)
    async with fresh_db.writing(world.id) as session:
        await create_defaults(session)
    recording = write_wav(tmp_path / "call.wav", *(np.zeros(32_000, "<i2"), np.ones(32_000, "<i2")))
    (tmp_path / "call.vtt").write_text(WORDS)
    intake = Intake(fresh_db, open_store("", data / "objects"), keys, Sealers(keys))
    new = NewInteraction((Part(recording, "call.wav"),), TranscriptFile(tmp_path / "call.vtt", "call.vtt"), language="en")
    return world, [(await ingest(intake, system(world.id), new)).interaction_id for _ in POINTS]


async def state(db, world, run):
    async with db.reading(world.id) as session:
        return (await repository.run(session, world.id, run)).state


async def test_every_interaction_is_kept_once(fresh_db, fresh_urls, valkey, calls, tmp_path):
    world, ids = calls
    markers = tmp_path / "markers"
    markers.mkdir()
    # One at a time: a death counts against everything that was being worked on, and enough of its neighbours' would fail an innocent one.
    environment = os.environ | fresh_urls | {
        "REDIS_URL": valkey, "ASSAY_DATA": str(tmp_path / "data"), "MASTER_KEY_FILE": str(tmp_path / "master"),
        "SWEEP_S": "0.3", "WORKER_JOBS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.reanalysis.worker_that_dies", str(markers)]
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, cwd=ROOT, stdout=asyncio.subprocess.PIPE, start_new_session=True
    )
    try:
        async with asyncio.timeout(240):
            while await unfinished(fresh_db, world):
                await asyncio.sleep(0.2)
            for number, point in zip(ids, POINTS, strict=True):
                (markers / f"{number}-{point}").touch()
            async with fresh_db.writing(world.id) as session:
                await indicators.create(session, system(world.id), category="Money", name="Refund", keywords=[Keyword("refund")])
                run = (await service.start(session, system(world.id), Wanted())).id
            while await state(fresh_db, world, run) != "ready":
                assert process.returncode is None, "no worker lives"
                await asyncio.sleep(0.2)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        output, _ = await process.communicate()
    assert [int(line) for line in output.split()] == [signal.SIGKILL] * len(POINTS)
    async with fresh_db.writing(world.id) as session:
        assert await repository.counts(session, world.id, [run]) == {run: {"analysed": len(ids)}}
        assert Counter((await session.execute(select(Analysis.interaction_id))).scalars()) == Counter(ids * 2)
        assert (await session.execute(select(MentionRow.id))).first() is None
        await service.apply(session, system(world.id), run)
    async with fresh_db.reading(world.id) as session:
        assert Counter((await session.execute(select(MentionRow.interaction_id))).scalars()) == Counter(ids)
        assert set((await session.execute(select(Interaction.indicator_mentions))).scalars()) == {1}
