"""What topics add to interactions, to their analyses and to the list's filters."""

from __future__ import annotations

import strawberry

from backend.analyses.figure_types import TopicHighlight, TopicPassage
from backend.analyses.rules import Document
from backend.authz.actions import Action
from backend.graphql.context import Context, Info
from backend.graphql.ids import global_id
from backend.interactions import tables as interactions
from backend.interactions.enums import TagKind
from backend.interactions.loaders import tags
from backend.interactions.types import InteractionTag
from backend.topics import loaders, tables
from backend.topics.types import Topic


async def _known(context: Context) -> dict[int, tables.Topic]:
    return await context.load(loaders.known, context.viewer.account_id)


async def topic(context: Context, number: int) -> Topic | None:
    """A topic, for whoever may see any interaction."""
    if context.viewer.scope(Action.INTERACTION_READ) is None:
        return None
    row = (await _known(context)).get(number)
    return Topic.from_row(row) if row else None


@strawberry.type
class InteractionTopicFields:
    row: strawberry.Private[interactions.Interaction]

    @strawberry.field
    async def topics(self, info: Info) -> list[InteractionTag]:
        rows = [row for row in await info.context.load(tags, self.row.id) if row.kind == TagKind.TOPIC.value]
        known = await _known(info.context) if rows else {}
        return [
            InteractionTag(kind=TagKind.TOPIC, id=global_id("Topic", row.tag_id), name=known[row.tag_id].name, count=row.total)
            for row in rows
            if row.tag_id in known
        ]


@strawberry.type
class AnalysisTopicFields:
    document: strawberry.Private[Document]

    @strawberry.field
    async def topics(self, info: Info) -> list[TopicHighlight]:
        found = self.document["topics"]
        ids = {row.name: number for number, row in (await _known(info.context)).items()} if found else {}
        return [_highlight(entry, ids.get(entry["name"])) for entry in found]


def _highlight(entry: Document, number: int | None) -> TopicHighlight:
    return TopicHighlight(
        name=entry["name"],
        topic_id=global_id("Topic", number) if number else None,
        score=entry["score"],
        passages=[TopicPassage(segment=passage["segment"], score=passage["score"]) for passage in entry["passages"]],
    )


@strawberry.type
class TopicFacetFields:
    @strawberry.field
    async def topics(self, info: Info) -> list[Topic]:
        if info.context.viewer.scope(Action.INTERACTION_READ) is None:
            return []
        rows = sorted((await _known(info.context)).values(), key=lambda row: row.name)
        return [Topic.from_row(row) for row in rows]
