"""What the list can be narrowed to: a value, and the SQL of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlmodel import col

from backend.authz.actions import Action
from backend.authz.actor import Actor
from backend.interactions.status import is_status
from backend.interactions.tables import Interaction, InteractionTag
from backend.interactions.visibility import visible_to

Bounds = tuple[int | None, int | None]
Source = type[Interaction] | type[InteractionTag]


@dataclass(frozen=True, slots=True)
class ListFilter:
    """
    None means: not filtered by. Within a list, any of its values fits; between filters, all must. Bounds and days are inclusive.
    `found` are the interactions that a text search gave.
    """

    agents: tuple[int, ...] | None = None
    teams: tuple[int, ...] | None = None
    queues: tuple[int, ...] | None = None
    channels: tuple[str, ...] | None = None
    directions: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None
    statuses: tuple[str, ...] | None = None
    first_day: date | None = None
    last_day: date | None = None
    engagement_score: Bounds | None = None
    sentiment_score: Bounds | None = None
    duration_ms: Bounds | None = None
    indicators: tuple[int, ...] | None = None
    topics: tuple[int, ...] | None = None
    offline: bool | None = None
    found: tuple[int, ...] | None = None

    def tags(self) -> list[tuple[str, tuple[int, ...]]]:
        """Kind and ids of the tag filters, those that name one tag first: such a one can drive the list."""
        both = [("indicator", self.indicators), ("topic", self.topics)]
        return sorted(((kind, ids) for kind, ids in both if ids), key=lambda tag: len(set(tag[1])) > 1)


def within(column: ColumnElement[int], bounds: Bounds | None) -> list[ColumnElement[bool]]:
    low, high = bounds or (None, None)
    return [*([column >= low] if low is not None else []), *([column <= high] if high is not None else [])]


def shared_conditions(actor: Actor, wanted: ListFilter, source: Source) -> list[ColumnElement[bool]]:
    """Those on columns that the tags carry too: where a tag drives the list, they are put on the tag."""
    # Whoever may not read what was said must not find it out by searching either.
    action = Action.INTERACTION_READ if wanted.found is None else Action.TRANSCRIPT_READ
    conditions = [visible_to(actor, action, source)]
    for column, values in (
        (source.agent_id, wanted.agents),
        (source.team_id, wanted.teams),
        (source.queue_id, wanted.queues),
        (source.channel, wanted.channels),
        (source.language, wanted.languages),
    ):
        if values:
            conditions.append(col(column).in_(values))
    if wanted.first_day:
        conditions.append(col(source.day) >= wanted.first_day)
    if wanted.last_day:
        conditions.append(col(source.day) <= wanted.last_day)
    conditions += within(col(source.engagement_score), wanted.engagement_score)  # type: ignore[arg-type]
    conditions += within(col(source.sentiment_score), wanted.sentiment_score)  # type: ignore[arg-type]
    return conditions


def own_conditions(wanted: ListFilter) -> list[ColumnElement[bool]]:
    """Those on columns that only the interaction has."""
    conditions = within(col(Interaction.duration_ms), wanted.duration_ms)  # type: ignore[arg-type]
    if wanted.directions:
        conditions.append(col(Interaction.direction).in_(wanted.directions))
    if wanted.statuses:
        conditions.append(or_(*(is_status(name) for name in wanted.statuses)))
    if wanted.offline is not None:
        conditions.append(col(Interaction.offline) == wanted.offline)
    if wanted.found is not None:
        conditions.append(col(Interaction.id).in_(wanted.found))
    return conditions


def tagged(actor: Actor, kind: str, ids: tuple[int, ...]) -> ColumnElement[bool]:
    """Interactions that bear any of these tags."""
    tag = InteractionTag
    query = select(col(tag.interaction_id)).where(col(tag.account_id) == actor.account_id, col(tag.kind) == kind, col(tag.tag_id).in_(ids))
    return col(Interaction.id).in_(query)
