"""The port: one task is one stage of one interaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class StageTask:
    account_id: int
    interaction_id: int
    stage: str


class StageQueue(Protocol):
    async def enqueue(self, task: StageTask) -> bool:
        """Hands the task to a worker; False where the same task is known to wait already. It may run twice: stages are idempotent."""
        ...

    async def started(self, task: StageTask) -> None:
        """Says that the task has left the queue, so that it may be enqueued again."""
        ...

    async def close(self) -> None: ...
