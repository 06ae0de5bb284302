"""
What domains tell one another. An event is written to the outbox in the transaction that caused it, and handed to its handlers after commit.

An event carries ids, never content: the outbox is readable by the system role.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events; `name` is what the outbox stores."""

    name: ClassVar[str] = "event"

    def payload(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class StageReady(Event):
    """An interaction's next stage can run."""

    name: ClassVar[str] = "stage_ready"
    interaction_id: int
    stage: str


@dataclass(frozen=True, slots=True)
class InteractionCreated(Event):
    """A new interaction stands in the list."""

    name: ClassVar[str] = "interaction_created"
    interaction_id: int


@dataclass(frozen=True, slots=True)
class InteractionChanged(Event):
    """Something that the list or the page shows has changed."""

    name: ClassVar[str] = "interaction_changed"
    interaction_id: int


@dataclass(frozen=True, slots=True)
class TopicWritten(Event):
    """A topic has guiding sentences that are not English and wait for a translation."""

    name: ClassVar[str] = "topic_written"
    topic_id: int


@dataclass(frozen=True, slots=True)
class RulesSaved(Event):
    """The rules that map a directory's people have changed: the account's people are due to be decided again."""

    name: ClassVar[str] = "rules_saved"


EVENTS: dict[str, type[Event]] = {
    kind.name: kind for kind in (StageReady, InteractionCreated, InteractionChanged, TopicWritten, RulesSaved)
}


def read_event(name: str, payload: dict[str, Any]) -> Event:
    """The event of an outbox row. An unknown name or field raises KeyError: a newer program wrote it."""
    kind = EVENTS[name]
    return kind(**{field.name: payload[field.name] for field in fields(kind)})
