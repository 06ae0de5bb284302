"""What a run of re-analysis may do next, and what is asked of whoever wants it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from backend.errors import Conflict
from backend.interactions.filters import ListFilter

STAGE = "reanalyse"
"""The name of the work in the queue, beside the stages of an interaction."""
AT_A_TIME = 3
"""Interactions of a run that are in the queue or at work: fresh calls never wait behind more."""
MOST_CHOSEN = 10_000
"""Interactions that a run is given one by one; a filter gives as many as there are."""
FEWEST_TO_TELL = 10
"""Interactions of which a run's difference says nothing about a single one."""

RUNNING, PAUSED, READY, APPLIED, CANCELLED = "running", "paused", "ready", "applied", "cancelled"
OPEN = (RUNNING, PAUSED, READY)
"""Neither applied nor given up."""
_FROM: dict[str, tuple[str, ...]] = {"pause": (RUNNING,), "resume": (PAUSED,), "cancel": OPEN, "apply": (READY,)}
_REFUSED = {
    "pause": "Only a run that is at work can be paused; this one is {state}.",
    "resume": "Only a paused run can be resumed; this one is {state}.",
    "cancel": "This run is {state}: there is nothing left to discard.",
    "apply": "The new analyses can be made current once all are there; this run is {state}.",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to analyse again: one interaction, some, or those of a filter of the list (all where it filters by nothing)."""

    interaction_id: int | None = None
    chosen: tuple[int, ...] | None = None
    filter: ListFilter = field(default_factory=ListFilter)

    @property
    def filtered(self) -> bool:
        """Whether it is narrowed by more than days: by what only those may ask who see the interactions."""
        return self.chosen is not None or self.filter != ListFilter(first_day=self.filter.first_day, last_day=self.filter.last_day)


def require_state(state: str, doing: str) -> None:
    """Raises Conflict where a run in this state does not allow it."""
    if state not in _FROM[doing]:
        raise Conflict(_REFUSED[doing].format(state=state))
