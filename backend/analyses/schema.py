"""What analyses add to the interaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from backend.analyses import loaders
from backend.analyses.figure_types import Figure, FigureDefinition
from backend.analyses.transcript_types import Transcript
from backend.analysis.definitions import DEFINITIONS
from backend.analysis.uncertainty import general
from backend.authz.actions import Action
from backend.graphql.context import Info
from backend.graphql.nouns import noun
from backend.interactions import tables
from backend.interactions.visibility import permits

if TYPE_CHECKING:
    from backend.api.types import Analysis


async def _opened(info: Info, row: tables.Interaction) -> loaders.Opened | None:
    """The one way to the words, which the audit log keeps: whoever may not read them gets the documents without."""
    opened = await info.context.load(loaders.opened, row.id)
    if opened is None:
        return None
    info.context.note("interaction.view", "Interaction", row.id)
    return opened if await permits(info.context, Action.TRANSCRIPT_READ, row) else opened.silent()


@strawberry.type
class InteractionAnalysisFields:
    row: strawberry.Private[tables.Interaction]

    @strawberry.field(description="Who spoke when; its words only for whoever may read them (`transcript.read`).")
    async def transcript(self, info: Info) -> Transcript | None:
        opened = await _opened(info, self.row)
        return Transcript.of(opened) if opened else None

    @strawberry.field
    async def analysis(self, info: Info) -> Annotated[Analysis, strawberry.lazy("backend.api.types")] | None:
        opened = await _opened(info, self.row)
        if opened is None:
            return None
        analysis: Analysis | None = noun(info, "Analysis").of(opened)
        return analysis


@strawberry.type
class AnalysesQuery:
    @strawberry.field(description="What each figure is and how far it can be trusted, in a reader's words, for whoever is signed in.")
    def figure_definitions(self, info: Info) -> list[FigureDefinition]:
        _ = info.context.viewer
        return [FigureDefinition(figure=each, definition=DEFINITIONS[each.value], uncertainty=general(each.value)) for each in Figure]
