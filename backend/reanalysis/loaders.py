"""What pages about runs read, under the viewer's permissions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlmodel import col

from backend.authz.actions import Action, Scope
from backend.db.page import decode_cursor, encode_cursor
from backend.errors import InvalidInput
from backend.graphql.connection import Slice, Window, cut, window
from backend.graphql.context import Context
from backend.interactions.loaders import interactions
from backend.interactions.tables import Interaction
from backend.interactions.visibility import visible_to
from backend.reanalysis import repository, service, versions
from backend.reanalysis.rules import FEWEST_TO_TELL
from backend.reanalysis.tables import Reanalysis, ReanalysisChange, ReanalysisItem

Pair = tuple[ReanalysisItem, Interaction]


async def counts(context: Context, ids: list[int]) -> list[dict[str, int]]:
    async with context.read() as session:
        found = await repository.counts(session, context.viewer.account_id, ids)
    return [found[number] for number in ids]


async def changes(context: Context, keys: list[tuple[int, int]]) -> list[list[ReanalysisChange]]:
    """Of (run, interaction)."""
    found: dict[tuple[int, int], list[ReanalysisChange]] = defaultdict(list)
    async with context.read() as session:
        for run in {run for run, _ in keys}:
            ids = [number for other, number in keys if other == run]
            for row in await repository.changes(session, context.viewer.account_id, run, ids):
                found[run, row.interaction_id].append(row)
    return [found[key] for key in keys]


async def interaction_of(context: Context, row: Reanalysis) -> Interaction | None:
    return await context.load(interactions, row.interaction_id) if row.interaction_id else None


async def may_tell(context: Context, row: Reanalysis) -> bool:
    """Whether what a run found lets the viewer know no more of single conversations than they may see."""
    if row.interaction_id is not None:
        return await interaction_of(context, row) is not None
    return row.total >= FEWEST_TO_TELL or context.viewer.reach(Action.INTERACTION_READ) is Scope.ALL


async def difference(context: Context, row: Reanalysis) -> Sequence[Any]:
    async with context.read() as session:
        return await repository.difference(session, row.account_id, row.id)


async def items(
    context: Context, row: Reanalysis, chosen: repository.Chosen, first: int | None, after: str | None
) -> Slice[Pair]:  # fmt: skip
    part = window(first, after, None, None)
    async with context.read() as session:
        found = await repository.items(
            session, row.account_id, row.id, visible_to(context.viewer), chosen, below=_below(part), limit=part.size + 1
        )
    return cut(found, part, lambda pair: encode_cursor([pair[1].id]))


def _below(part: Window) -> int | None:
    if part.cursor is None:
        return None
    (number,) = decode_cursor(part.cursor, pointer="/after", parts=1)
    if type(number) is not int:
        raise InvalidInput("This cursor belongs to another list. Start again without one.", pointer="/after", value=part.cursor)
    return number


async def compared(context: Context, item: ReanalysisItem, row: Interaction) -> versions.Comparison | None:
    """What differs in a conversation. None where the run has kept nothing for it, or it has been applied and discarded."""
    if item.analysis_id is None or item.base_analysis_id is None:
        return None
    return await versions.compare(context, row, item.base_analysis_id, item.analysis_id)


async def of_interactions(context: Context, first: Any, last: Any) -> list[repository.VersionCount]:
    """The versions behind the conversations of these days that the viewer may see."""
    day = col(Interaction.day)
    bounds = [*([day >= first] if first else []), *([day <= last] if last else [])]
    async with context.read() as session:
        return await repository.versions(session, visible_to(context.viewer), bounds)


async def open_of(context: Context, ids: list[int]) -> list[Reanalysis | None]:
    """The open run of each of these interactions alone, which the viewer may see."""
    async with context.read() as session:
        return await repository.open_of(session, context.viewer.account_id, ids, service.seen_by(context.viewer))
