"""What indicators add to interactions, to their analyses and to the list's filters."""

from __future__ import annotations

import strawberry

from backend.analyses.figure_types import Mention
from backend.analyses.rules import Document
from backend.authz.actions import Action
from backend.graphql.context import Context, Info
from backend.graphql.ids import global_id
from backend.indicators import loaders
from backend.indicators.types import Indicator
from backend.interactions import tables
from backend.interactions.enums import TagKind
from backend.interactions.loaders import tags
from backend.interactions.types import InteractionTag
from backend.media.types import SpeakerRole


async def _known(context: Context) -> loaders.Known:
    return await context.load(loaders.known, context.viewer.account_id)


async def indicator(context: Context, number: int) -> Indicator | None:
    """An indicator, for whoever may see any interaction."""
    if context.viewer.scope(Action.INTERACTION_READ) is None:
        return None
    return Indicator.from_known(await _known(context), number)


@strawberry.type
class InteractionIndicatorFields:
    row: strawberry.Private[tables.Interaction]

    @strawberry.field(description="Indicators noted, most mentions first.")
    async def indicators(self, info: Info) -> list[InteractionTag]:
        rows = [row for row in await info.context.load(tags, self.row.id) if row.kind == TagKind.INDICATOR.value]
        known = (await _known(info.context)).rows if rows else {}
        return [
            InteractionTag(kind=TagKind.INDICATOR, id=global_id("Indicator", row.tag_id), name=known[row.tag_id].name, count=row.total)
            for row in rows
            if row.tag_id in known
        ]


@strawberry.type
class AnalysisMentionFields:
    document: strawberry.Private[Document]

    @strawberry.field
    async def mentions(self, info: Info) -> list[Mention]:
        found = self.document["mentions"]
        by_name = (await _known(info.context)).by_name if found else {}
        return [_mention(entry, by_name.get((entry["category"], entry["indicator"]))) for entry in found]


def _mention(entry: Document, number: int | None) -> Mention:
    same = ("category", "indicator", "keyword", "segment", "end_segment", "start_ms", "end_ms", "char_start", "char_end", "exact")
    return Mention(
        indicator_id=global_id("Indicator", number) if number else None,
        role=SpeakerRole(entry["role"]),
        **{name: entry[name] for name in same},
    )


@strawberry.type
class IndicatorFacetFields:
    @strawberry.field
    async def indicators(self, info: Info) -> list[Indicator]:
        if info.context.viewer.scope(Action.INTERACTION_READ) is None:
            return []
        known = await _known(info.context)
        found = [one for number in known.rows if (one := Indicator.from_known(known, number))]
        return sorted(found, key=lambda one: (one.category, one.name))
