"""What clients narrow and sort the list by, as GraphQL inputs, and the values that they become."""

from __future__ import annotations

from datetime import date
from enum import Enum

import strawberry

from backend.graphql.ids import local_ids
from backend.graphql.scalars import Milliseconds
from backend.interactions import listing
from backend.interactions.enums import Channel, Direction, InteractionStatus
from backend.interactions.filters import Bounds, ListFilter


@strawberry.input(description="Inclusive bounds; either may be left out.")
class ScoreRange:
    min: int | None = strawberry.UNSET
    max: int | None = strawberry.UNSET


@strawberry.input
class MillisecondsRange:
    min: Milliseconds | None = strawberry.UNSET
    max: Milliseconds | None = strawberry.UNSET


@strawberry.input
class InteractionFilter:
    agents: list[strawberry.ID] | None = strawberry.UNSET
    teams: list[strawberry.ID] | None = strawberry.UNSET
    queues: list[strawberry.ID] | None = strawberry.UNSET
    channels: list[Channel] | None = strawberry.UNSET
    directions: list[Direction] | None = strawberry.UNSET
    languages: list[str] | None = strawberry.UNSET
    statuses: list[InteractionStatus] | None = strawberry.UNSET
    from_: date | None = strawberry.field(name="from", default=strawberry.UNSET, description="Inclusive days in the account's time zone.")
    to: date | None = strawberry.UNSET
    engagement_score: ScoreRange | None = strawberry.UNSET
    sentiment_score: ScoreRange | None = strawberry.UNSET
    duration_ms: MillisecondsRange | None = strawberry.UNSET
    indicators: list[strawberry.ID] | None = strawberry.UNSET
    topics: list[strawberry.ID] | None = strawberry.UNSET
    offline: bool | None = strawberry.UNSET
    text: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Words that occur in the transcript, all of them; a phrase in double quotes must occur as such.",
    )

    def value(self, found: tuple[int, ...] | None) -> ListFilter:
        """`found` is what the text search gave, where there was one."""
        return ListFilter(
            agents=local_ids("Agent", self.agents or None),
            teams=local_ids("Team", self.teams or None),
            queues=local_ids("Queue", self.queues or None),
            channels=_values(self.channels or None),
            directions=_values(self.directions or None),
            languages=tuple(self.languages) if self.languages else None,
            statuses=_values(self.statuses or None),
            first_day=self.from_ or None,
            last_day=self.to or None,
            engagement_score=_bounds(self.engagement_score or None),
            sentiment_score=_bounds(self.sentiment_score or None),
            duration_ms=_bounds(self.duration_ms or None),
            indicators=local_ids("Indicator", self.indicators or None),
            topics=local_ids("Topic", self.topics or None),
            offline=self.offline if isinstance(self.offline, bool) else None,
            found=found,
        )


def _values(chosen: list[Channel] | list[Direction] | list[InteractionStatus] | None) -> tuple[str, ...] | None:
    return tuple(one.value for one in chosen) if chosen else None


def _bounds(given: ScoreRange | MillisecondsRange | None) -> Bounds | None:
    if given is None:
        return None
    low, high = (value if isinstance(value, int) else None for value in (given.min, given.max))
    return low, high


@strawberry.enum
class InteractionSortField(Enum):
    STARTED_AT = "started_at"
    DURATION = "duration_ms"
    ENGAGEMENT_SCORE = "engagement_score"
    SENTIMENT_SCORE = "sentiment_score"


@strawberry.enum
class SortDirection(Enum):
    ASC = "asc"
    DESC = "desc"


@strawberry.input
class InteractionSort:
    field: InteractionSortField
    direction: SortDirection = SortDirection.DESC

    def value(self) -> listing.Sort:
        return listing.Sort(listing.SortField(self.field.value), self.direction is SortDirection.DESC)
