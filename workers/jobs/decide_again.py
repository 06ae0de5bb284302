"""Everybody in an account's directory by its new rules, a few dozen at a time, until nobody is left or the rules change once more."""

from __future__ import annotations

from backend.identity.scim.deciding import decide_next
from backend.infra.queue.base import StageTask
from workers.deps import Deps


async def decide_again(deps: Deps, task: StageTask) -> bool:
    """True where this call decided about anybody. Two at once share the work."""
    await deps.queue.started(task)
    moved = False
    while await decide_next(deps.db, task.account_id):
        moved = True
    return moved
