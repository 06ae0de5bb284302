"""The list against a naive computation over the same rows: every filter, every order, every page size, both directions."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest

from backend.authz.actions import Action, Scope
from backend.authz.actor import Actor
from backend.errors import InvalidInput
from backend.graphql.connection import Window
from backend.interactions import listing
from backend.interactions.filters import ListFilter
from backend.interactions.listing import Sort, SortField
from backend.interactions.status import status
from tests.api.seed import NOON, add_interaction, furnish

COUNT = 60


def everything(world) -> Actor:
    return Actor(world.id, 1, has_seat=True, permissions={Action.INTERACTION_READ: Scope.ALL, Action.TRANSCRIPT_READ: Scope.ALL})


@pytest.fixture
async def rows(db, world):
    """Rows with equal and missing values, and their tags by id."""
    made, dice = await furnish(db, world), random.Random(7)
    found: list[tuple[Any, dict[tuple[str, int], int]]] = []
    for _ in range(COUNT):
        tags = {("indicator", number): 1 for number in made.indicators.values() if dice.random() < 0.4}
        tags |= {("topic", number): 1 for number in made.topics.values() if dice.random() < 0.4}
        row = await add_interaction(
            db,
            world,
            agent=dice.choice(["north", "south", None]),
            tags=tags,
            started_at=NOON + timedelta(hours=dice.randrange(40)),
            queue_id=dice.choice([None, *made.queues.values()]),
            language=dice.choice(["en", "es", None]),
            channel=dice.choice(["voice", "video"]),
            direction=dice.choice(["inbound", "outbound", None]),
            engagement_score=dice.choice([None, 10, 50, 50, 90]),
            sentiment_score=dice.choice([None, 20, 40, 40]),
            duration_ms=dice.choice([None, 1_000, 2_000, 2_000, 3_000]),
            offline=dice.random() < 0.2,
            stage=dice.choice(["done", "done", "decode", "activity", "transcribe", "analyse", "index", "none"]),
            failure=dice.choice([None, None, None, "It broke."]),
            stage_started_at=dice.choice([None, NOON]),
        )
        found.append((row, tags))
    return made, found


def fits(wanted: ListFilter, row: Any, tags: dict[tuple[str, int], int]) -> bool:
    """The filter, said once more in the plainest way."""

    def among(values, value) -> bool:
        return not values or value in values

    def inside(bounds, value) -> bool:
        if bounds is None or bounds == (None, None):
            return True
        low, high = bounds
        return value is not None and (low is None or value >= low) and (high is None or value <= high)

    return (
        among(wanted.agents, row.agent_id)
        and among(wanted.teams, row.team_id)
        and among(wanted.queues, row.queue_id)
        and among(wanted.channels, row.channel)
        and among(wanted.directions, row.direction)
        and among(wanted.languages, row.language)
        and among(wanted.statuses, status(row))
        and (wanted.first_day is None or row.day >= wanted.first_day)
        and (wanted.last_day is None or row.day <= wanted.last_day)
        and inside(wanted.engagement_score, row.engagement_score)
        and inside(wanted.sentiment_score, row.sentiment_score)
        and inside(wanted.duration_ms, row.duration_ms)
        and (not wanted.indicators or any(("indicator", number) in tags for number in wanted.indicators))
        and (not wanted.topics or any(("topic", number) in tags for number in wanted.topics))
        and (wanted.offline is None or row.offline == wanted.offline)
        and (wanted.found is None or row.id in wanted.found)
    )


def in_order(rows: list[Any], sort: Sort) -> list[int]:
    """Without a value last; else by value, then by id, both in the sort's direction."""
    name = sort.field.value
    valued = sorted((row for row in rows if getattr(row, name) is not None), key=lambda row: (getattr(row, name), row.id))
    empty = sorted((row for row in rows if getattr(row, name) is None), key=lambda row: row.id)
    if sort.descending:
        valued.reverse()
        empty.reverse()
    return [row.id for row in [*valued, *empty]]


def some_filter(dice: random.Random, world, made, found) -> ListFilter:
    choices: dict[str, Any] = {
        "agents": (world.agents["north"],),
        "teams": (world.teams["south"], world.teams["north"]),
        "queues": (made.queues["billing"],),
        "channels": ("voice",),
        "directions": ("inbound",),
        "languages": ("en", "es"),
        "statuses": tuple(dice.sample(["QUEUED", "DECODING", "TRANSCRIBING", "ANALYSING", "DONE", "FAILED", "NOT_ANALYSED"], 3)),
        "first_day": (NOON + timedelta(days=1)).date(),
        "last_day": NOON.date(),
        "engagement_score": dice.choice([(20, None), (None, 50), (50, 50)]),
        "sentiment_score": dice.choice([(40, None), (None, 20)]),
        "duration_ms": (2_000, 3_000),
        "indicators": dice.choice([(made.indicators["Cancellation"],), tuple(made.indicators.values())]),
        "topics": dice.choice([(made.topics["Pricing"],), tuple(made.topics.values())]),
        "offline": dice.choice([True, False]),
        "found": tuple(row.id for row, _ in dice.sample(found, 20)),
    }
    return ListFilter(**{name: choices[name] for name in dice.sample(sorted(choices), dice.choice([0, 1, 1, 2, 3]))})


async def walk(session, actor, wanted, sort, size: int, *, backward: bool) -> list[int]:
    """The whole list, page by page."""
    ids: list[int] = []
    cursor = None
    while True:
        page = await listing.page(session, actor, wanted, sort, Window(size, cursor, backward))
        part = [row.id for row in page.rows]
        ids = part + ids if backward else ids + part
        further = page.has_previous if backward else page.has_next
        assert (page.has_next if backward else page.has_previous) is (cursor is not None)
        if not further:
            return ids
        cursor = page.cursors[0] if backward else page.cursors[-1]


async def test_pages_hold_every_row_once_in_order(db, world, rows):
    made, found = rows
    dice, actor = random.Random(11), everything(world)
    async with db.reading(world.id) as session:
        for field in SortField:
            for descending in (True, False):
                for backward in (True, False):
                    for _ in range(6):
                        wanted, sort = some_filter(dice, world, made, found), Sort(field, descending)
                        expected = in_order([row for row, tags in found if fits(wanted, row, tags)], sort)
                        size = dice.choice([1, 3, 7, 100])
                        assert await walk(session, actor, wanted, sort, size, backward=backward) == expected, (wanted, sort, size)
                        assert await listing.total(session, actor, wanted) == len(expected)


async def test_an_order_refuses_the_cursor_of_another(db, world, rows):
    actor = everything(world)
    async with db.reading(world.id) as session:
        page = await listing.page(session, actor, ListFilter(), Sort(), Window(1, None, False))
        for sort, cursor in ((Sort(SortField.DURATION), page.cursors[0]), (Sort(), "bm9uc2Vuc2U"), (Sort(), "%%%")):
            with pytest.raises(InvalidInput) as refused:
                await listing.page(session, actor, ListFilter(), sort, Window(1, cursor, False))
            assert refused.value.pointer == "/after"


async def test_facets_offer_what_is_there(db, world, rows):
    _, found = rows
    async with db.reading(world.id) as session:
        assert await listing.languages(session, everything(world)) == ["en", "es"]
        assert [queue.name for queue in await listing.queues(session, everything(world))] == ["billing", "sales"]
        nobody = Actor(world.id, 1)
        assert await listing.languages(session, nobody) == []
        assert list(await listing.queues(session, nobody)) == []
    assert found
