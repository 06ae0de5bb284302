"""A queue that only remembers, for tests: they run its tasks themselves."""

from __future__ import annotations

from backend.infra.queue.base import StageTask


class FakeQueue:
    def __init__(self) -> None:
        self.tasks: list[StageTask] = []

    async def enqueue(self, task: StageTask) -> bool:
        if task in self.tasks:
            return False
        self.tasks.append(task)
        return True

    async def started(self, task: StageTask) -> None:
        if task in self.tasks:
            self.tasks.remove(task)

    async def close(self) -> None:
        pass
