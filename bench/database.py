"""An embedded PostgreSQL with two accounts full of interactions, and a meter of what client and server use together."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from backend.authz.actions import Action, Scope
from backend.authz.actor import Actor
from backend.db.session import Database, engine_of
from backend.infra.keys.fake import FakeKeys
from bench.measure import Meter
from tests.database import Cluster
from tests.factory import World, make_account

INTERACTIONS, NEIGHBOURS = 50_000, 10_000
AGENTS, TEAMS, QUEUES, INDICATORS = 100, 10, 8, 50

_FURNITURE = f"""
INSERT INTO team (account_id, name) SELECT :account, 'team ' || n FROM generate_series(1, {TEAMS}) n;
INSERT INTO queue (account_id, name) SELECT :account, 'queue ' || n FROM generate_series(1, {QUEUES}) n;
INSERT INTO agent (account_id, external_id, name, team_id)
  SELECT :account, 'agent ' || n, 'agent ' || n, (SELECT min(id) FROM team WHERE account_id = :account AND name LIKE 'team %') + n % {TEAMS}
  FROM generate_series(1, {AGENTS}) n;
INSERT INTO indicator_category (account_id, name) VALUES (:account, 'generated');
INSERT INTO indicator (account_id, category_id, name, scope, created_at)
  SELECT :account, c.id, 'indicator ' || n, 'both', now()
  FROM generate_series(1, {INDICATORS}) n, indicator_category c WHERE c.account_id = :account;
INSERT INTO engagement (account_id, external_id, created_at) SELECT :account, 'engagement ' || n, now() FROM generate_series(1, :count) n
"""
_INTERACTIONS = """
WITH first AS (
  SELECT (SELECT min(id) FROM engagement WHERE account_id = :account) AS engagement,
         (SELECT min(id) FROM agent WHERE account_id = :account AND name LIKE 'agent %') AS agent,
         (SELECT min(id) FROM queue WHERE account_id = :account) AS queue),
drawn AS (SELECT n, floor(random() * :agents)::int AS agent, timestamptz '2026-11-01' - random() * interval '365 days' AS started
  FROM generate_series(0, :count - 1) n)
INSERT INTO interaction (account_id, engagement_id, agent_id, team_id, queue_id, channel, direction, consumer, language, started_at, day,
  duration_ms, stage, changed_at, engagement_score, sentiment_score, indicator_mentions, position, attempts, offline, end_to_end_encrypted,
  without_words)
SELECT :account, first.engagement + n, a.id, a.team_id, first.queue + floor(random() * :queues)::int, 'voice', 'inbound', 'consumer ' || n,
  CASE WHEN random() < 0.7 THEN 'en' WHEN random() < 0.5 THEN 'es' ELSE 'de' END, started, (started AT TIME ZONE 'UTC')::date,
  30000 + floor(random() * 900000)::int, 'done', started, floor(random() * 101)::int,
  CASE WHEN random() < 0.9 THEN floor(random() * 101)::int END, 1, 1, 1, false, false, false
FROM drawn, first, agent a WHERE a.account_id = :account AND a.id = first.agent + drawn.agent
"""
# The draw names both tables: the planner may make a random() of one of them alone, once for all rows of the other.
_TAGS = """
INSERT INTO interaction_tag (account_id, kind, tag_id, interaction_id, day, started_at, agent_id, team_id, queue_id, language, channel,
  engagement_score, sentiment_score, by_agent, by_consumer, total)
SELECT i.account_id, 'indicator', g.id, i.id, i.day, i.started_at, i.agent_id, i.team_id, i.queue_id, i.language, i.channel,
  i.engagement_score, i.sentiment_score, 1, 0, 1
FROM interaction i, (SELECT id, rank, 1 / (1 + power(rank, 1.5)) AS share
  FROM (SELECT id, (row_number() OVER (ORDER BY id))::float8 AS rank FROM indicator WHERE account_id = :account) AS ranked) AS g
WHERE i.account_id = :account AND (hashint8extended(i.id * 100000 + g.id, 0) & 1048575)::float8 / 1048576 < g.share
"""


@dataclass(frozen=True, slots=True)
class Ground:
    """`database` is the application's way in; `superuser` looks past row-level security."""

    database: Database
    superuser: AsyncEngine
    keys: FakeKeys
    world: World
    actor: Actor
    meter: Meter


@asynccontextmanager
async def ground(cluster: Cluster, name: str, *, filled: bool = True) -> AsyncIterator[Ground]:
    """The migrated database `name` with two accounts, full of interactions or empty."""
    urls = cluster.urls(name)
    database = Database.open(urls["DATABASE_URL"], urls["DATABASE_SYSTEM_URL"])
    superuser = engine_of(cluster.server.url("postgres", name), pool=1)
    keys = FakeKeys()
    try:
        world, neighbour = await make_account(database, keys), await make_account(database, keys)
        if filled:
            await _fill(superuser, world.id, INTERACTIONS)
            await _fill(superuser, neighbour.id, NEIGHBOURS)
        async with superuser.connect() as connection:
            await (await connection.execution_options(isolation_level="AUTOCOMMIT")).execute(text("VACUUM ANALYZE"))
        actor = Actor(world.id, world.users["admin"], has_seat=True, permissions=dict.fromkeys(Action, Scope.ALL))
        yield Ground(database, superuser, keys, world, actor, await _meter(database, superuser))
    finally:
        await database.close()
        await superuser.dispose()


async def _fill(superuser: AsyncEngine, account: int, count: int) -> None:
    values = {"account": account, "count": count, "agents": AGENTS, "queues": QUEUES}
    async with superuser.begin() as connection:
        # Foreign keys hold by construction; checking 200,000 rows one by one takes longer than all else.
        await connection.execute(text("SET LOCAL session_replication_role = replica"))
        await connection.execute(text("SELECT setseed(0.5)"))
        for statement in (*_FURNITURE.split(";"), _INTERACTIONS, _TAGS):
            await connection.execute(text(statement), {name: value for name, value in values.items() if f":{name}" in statement})


async def _meter(database: Database, superuser: AsyncEngine) -> Meter:
    """CPU of this process and of the two server processes that serve it; where /proc is missing, that of the client alone."""
    paths = []
    for engine in (database.app, superuser):
        async with AsyncSession(engine) as session:
            # One process a connection is measured, so the work stays in it.
            await session.execute(text("SET max_parallel_workers_per_gather = 0"))
            await session.commit()
            paths.append(Path(f"/proc/{await session.scalar(text('SELECT pg_backend_pid()'))}/schedstat"))
    return lambda: sum(map(_used, paths)) + time.process_time()


def _used(path: Path) -> float:
    return int(path.read_text().split()[0]) / 1e9 if path.exists() else 0.0
