"""Three analysed calls of an account, and runs over them with everything real but queue and listeners."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlmodel import col

from backend.analyses import service as analyses
from backend.analysis.types import Keyword
from backend.authz.actor import system
from backend.indicators import service as indicators
from backend.interactions import repository as interactions
from backend.interactions.rules import TranscriptFile
from backend.interactions.tables import InteractionTag
from backend.reanalysis import repository, service
from backend.reanalysis.rules import STAGE, Wanted
from backend.settings import rules as settings_rules
from backend.settings import service as settings
from tests.pipeline.conftest import deps, finish, ingest
from workers.jobs import STAGES
from workers.jobs.reanalyse import reanalyse
from workers.outbox import hand_on
from workers.runner import run_stage

__all__ = ["deps", "finish", "ingest"]

SRT = """1
00:00:00,000 --> 00:00:04,000
Agent: Thank you for calling, how can I help?

2
00:00:03,000 --> 00:00:05,000
Customer: My bill is wrong, I want a refund.

3
00:00:14,000 --> 00:00:16,000
Agent: Let me look at it.
"""
BOTH_EVENTS = {"silence_ms": 5_000, "crosstalk_ms": 500}


@pytest.fixture
def decide(db, world):
    async def decide(**given):
        async with db.writing(world.id) as session:
            await settings.update(session, system(world.id), given, version=None, engines={"nemo", settings_rules.NO_ENGINE})

    return decide


@pytest.fixture
def indicate(db, world):
    async def indicate(name, *words):
        async with db.writing(world.id) as session:
            given = {"category": "Money", "name": name, "keywords": [Keyword(word) for word in words]}
            return (await indicators.create(session, system(world.id), **given)).id

    return indicate


@pytest.fixture
async def calls(ingest, finish, decide, indicate, tmp_path):
    """Their ids: each with a silence, a crosstalk and one mention of `Refund`."""
    path = tmp_path / "call.srt"
    path.write_text(SRT)
    await decide(**BOTH_EVENTS)
    await indicate("Refund", "refund")
    ids = [await ingest(transcript=TranscriptFile(path, "call.srt"), language="en") for _ in range(3)]
    await finish()
    return ids


@pytest.fixture
def start(db, world):
    async def start(actor=None, **wanted):
        async with db.writing(world.id) as session:
            return (await service.start(session, actor or system(world.id), Wanted(**wanted))).id

    return start


@pytest.fixture
def do(db, world):
    """`await do("pause", run)`, as the system or as another."""

    async def do(what, number, actor=None):
        async with db.writing(world.id) as session:
            return await getattr(service, what)(session, actor or system(world.id), number)

    return do


@pytest.fixture
def look(deps, world):
    async def look(number):
        async with deps.db.reading(world.id) as session:
            return await analyses.load_current(session, await deps.sealers.of(session, world.id), number)

    return look


@pytest.fixture
def find(db, world):
    """The run and how many of its interactions are in each state."""

    async def find(number):
        async with db.reading(world.id) as session:
            return await repository.run(session, world.id, number), (await repository.counts(session, world.id, [number]))[number]

    return find


@pytest.fixture
def listed(db, world):
    """What the list reads of an interaction: its columns, and its tags with what they carry."""

    async def listed(number):
        async with db.reading(world.id) as session:
            row = await interactions.interaction(session, world.id, number)
            query = select(InteractionTag).where(col(InteractionTag.interaction_id) == number)
            tags = (await session.execute(query.order_by(col(InteractionTag.kind), col(InteractionTag.tag_id)))).scalars()
            own = (row.engagement_score, row.sentiment_score, row.without_words, row.indicator_mentions)
            return own, [tag.model_dump(exclude={"interaction_id", "started_at"}) for tag in tags]

    return listed


@pytest.fixture
def step(deps):
    """Hands on what is due and does it once; returns the stages that it was."""

    async def step():
        while await hand_on(deps.db, deps.queue, deps.pubsub):
            pass
        tasks = list(deps.queue.tasks)
        for task in tasks:
            await (reanalyse(deps, task) if task.stage == STAGE else run_stage(deps, STAGES, task))
        return [task.stage for task in tasks]

    return step


@pytest.fixture
def work(step):
    async def work():
        while await step():
            pass

    return work
