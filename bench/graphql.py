"""A page of the list as its client asks for it, through the schema, against JSON written by hand from the same rows."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import select
from sqlmodel import col

from backend.accounts.tables import Agent, Team
from backend.api.schema import schema
from backend.config import Config
from backend.db.notices import AccessNotices
from backend.db.sealed import Sealers
from backend.graphql.connection import Window
from backend.graphql.context import Caller, Context
from backend.graphql.ids import global_id
from backend.graphql.services import Services
from backend.indicators.tables import Indicator
from backend.infra.limiter.fake import FakeLimiter
from backend.infra.object_store.fake import FakeStore
from backend.infra.pubsub.fake import FakePubSub
from backend.infra.queue.fake import FakeQueue
from backend.interactions import listing
from backend.interactions.filters import ListFilter
from backend.interactions.tables import Interaction, InteractionTag, Queue
from backend.search.service import matching
from bench.database import Ground
from bench.measure import Figure, compare_async, cost, same

_FLAT = "id number consumer channel direction language startedAt day durationMs offline engagementScore sentimentScore indicatorMentions"
_NESTED = f"{_FLAT} agent {{ id name }} team {{ id name }} queue {{ id name }} indicators {{ id name count }}"
WINDOW = Window(50, None, backward=False)
_NAMED = ((Agent, "agent"), (Team, "team"), (Queue, "queue"))


async def figures(ground: Ground) -> list[Figure]:
    return [
        await _figure(ground, "50 rows, 13 scalars each", _FLAT, nested=False),
        await _figure(ground, "50 rows with agent, team, queue, indicators", _NESTED, nested=True),
    ]


async def _figure(ground: Ground, what: str, fields: str, *, nested: bool) -> Figure:
    query = f"{{ interactions(first: 50) {{ edges {{ cursor node {{ {fields} }} }} pageInfo {{ hasNextPage endCursor }} }} }}"
    context = Context(_services(ground), ground.actor, Caller())

    async def asked() -> bytes:
        result = await schema.execute(query, context_value=context)
        return orjson.dumps({"data": result.data, "errors": [str(error) for error in result.errors or []]})

    async def by_hand() -> bytes:
        return orjson.dumps({"data": await _by_hand(ground, nested=nested), "errors": []})

    same(what, _sorted(await asked()), _sorted(await by_hand()))
    return cost(what, "orjson of the same rows, by hand", await compare_async(asked, by_hand, meter=ground.meter, repeat=12))


def _services(ground: Ground) -> Services:
    keys = ground.keys
    return Services(
        Config(data=Path("data")), ground.database, AccessNotices(ground.database), FakeQueue(), FakePubSub(), FakeStore(), keys,
        Sealers(keys), FakeLimiter(), matching,
    )  # fmt: skip


def _sorted(answer: bytes) -> Any:
    """The answer with each row's indicators in one order."""
    found = orjson.loads(answer)
    for edge in found["data"]["interactions"]["edges"] if found["data"] else ():
        edge["node"].get("indicators", []).sort(key=lambda entry: entry["id"])
    return found


async def _by_hand(ground: Ground, *, nested: bool) -> dict[str, Any]:
    async with ground.database.reading(ground.world.id) as session:
        page = await listing.page(session, ground.actor, ListFilter(), listing.Sort(), WINDOW)
        more = await _relations(session, page.rows) if nested else {}
    edges = [{"cursor": cursor, "node": _scalars(row) | more.get(row.id, {})} for row, cursor in zip(page.rows, page.cursors, strict=True)]
    return {"interactions": {"edges": edges, "pageInfo": {"hasNextPage": page.has_next, "endCursor": page.cursors[-1]}}}


def _scalars(row: Interaction) -> dict[str, Any]:
    return {
        "id": global_id("Interaction", row.id),
        "number": row.id,
        "consumer": row.consumer,
        "channel": row.channel.upper(),
        "direction": row.direction.upper() if row.direction else None,
        "language": row.language,
        "startedAt": row.started_at.isoformat().replace("+00:00", "Z"),
        "day": row.day.isoformat(),
        "durationMs": row.duration_ms,
        "offline": row.offline,
        "engagementScore": row.engagement_score,
        "sentimentScore": row.sentiment_score,
        "indicatorMentions": row.indicator_mentions,
    }


async def _relations(session: Any, rows: Any) -> dict[int, dict[str, Any]]:
    """What the rows refer to, a query a table."""
    account = rows[0].account_id
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for table, name in _NAMED:
        wanted = {getattr(row, f"{name}_id") for row in rows}
        query = select(col(table.id), col(table.name)).where(col(table.account_id) == account, col(table.id).in_(wanted))
        names = dict((await session.execute(query)).tuples().all())
        for row in rows:
            number = getattr(row, f"{name}_id")
            found[row.id][name] = {"id": global_id(table.__name__, number), "name": names[number]}
    tag = InteractionTag
    query = select(col(tag.interaction_id), col(tag.tag_id), col(tag.total), col(Indicator.name)).join(
        Indicator, (col(Indicator.account_id) == col(tag.account_id)) & (col(Indicator.id) == col(tag.tag_id))
    )
    query = query.where(col(tag.account_id) == account, col(tag.kind) == "indicator", col(tag.interaction_id).in_([row.id for row in rows]))
    for row in rows:
        found[row.id]["indicators"] = []
    for interaction, number, total, name in await session.execute(query):
        found[interaction]["indicators"].append({"id": global_id("Indicator", number), "name": name, "count": total})
    return found
