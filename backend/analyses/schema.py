"""What analyses add to the interaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from backend.analyses import loaders
from backend.analyses.transcript_types import Transcript
from backend.graphql.context import Info
from backend.graphql.nouns import noun
from backend.interactions import tables

if TYPE_CHECKING:
    from backend.api.types import Analysis


@strawberry.type
class InteractionAnalysisFields:
    row: strawberry.Private[tables.Interaction]

    @strawberry.field
    async def transcript(self, info: Info) -> Transcript | None:
        opened = await info.context.load(loaders.opened, self.row.id)
        return Transcript.of(opened) if opened else None

    @strawberry.field
    async def analysis(self, info: Info) -> Annotated[Analysis, strawberry.lazy("backend.api.types")] | None:
        opened = await info.context.load(loaders.opened, self.row.id)
        if opened is None:
            return None
        analysis: Analysis | None = noun(info, "Analysis").of(opened)
        return analysis
