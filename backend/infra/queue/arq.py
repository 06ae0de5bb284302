"""
The queue on arq and Valkey.

arq gets no job ids, because a stored result or the mark of a killed worker would block them for hours. Instead a short-lived key says
that a task waits; the worker removes it when the task starts, so that what a killed worker held can be enqueued at once.
"""

from __future__ import annotations

from typing import Any

from arq.connections import ArqRedis, RedisSettings, create_pool

from backend.infra.queue.base import StageTask

STAGES = "assay:stages"
SPEECH = "assay:speech"
SPEECH_ALIVE = "assay:speech:alive"
WORKER_ALIVE = "assay:worker:alive"
ALIVE_S = 15
_WAITS_S = 60
_SPEECH_STAGES = frozenset({"activity", "transcribe"})


def redis_settings(url: str) -> RedisSettings:
    settings = RedisSettings.from_dsn(url)
    settings.conn_timeout = 5
    return settings


class ArqQueue:
    """Stages that need a speech model go to the speech workers while one says that it is there, else to everybody's queue."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._pool: ArqRedis | None = None

    async def pool(self) -> ArqRedis:
        if self._pool is None:
            self._pool = await create_pool(redis_settings(self.url))
        return self._pool

    async def enqueue(self, task: StageTask) -> bool:
        pool: Any = await self.pool()
        if not await pool.set(_waiting(task), b"1", nx=True, ex=_WAITS_S):
            return False
        speech = task.stage in _SPEECH_STAGES and await pool.exists(SPEECH_ALIVE)
        await pool.enqueue_job(
            "run_stage", task.account_id, task.interaction_id, task.stage, _queue_name=SPEECH if speech else STAGES
        )  # fmt: skip
        return True

    async def started(self, task: StageTask) -> None:
        await (await self.pool()).delete(_waiting(task))

    async def alive(self, key: str) -> None:
        """A worker's sign of life, renewed while it runs."""
        await (await self.pool()).set(key, b"1", ex=ALIVE_S)

    async def gone(self, key: str) -> None:
        await (await self.pool()).delete(key)

    async def worker_lives(self) -> bool:
        return bool(await (await self.pool()).exists(WORKER_ALIVE))

    async def close(self) -> None:
        if self._pool is not None:
            await self._pool.aclose()
            self._pool = None


def _waiting(task: StageTask) -> str:
    return f"assay:waits:{task.account_id}:{task.interaction_id}:{task.stage}"
