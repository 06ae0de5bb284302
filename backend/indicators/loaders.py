"""The account's indicators, once an operation: there are at most a few hundred."""

from __future__ import annotations

from dataclasses import dataclass

from backend.graphql.context import Context
from backend.indicators import repository
from backend.indicators.tables import Indicator


@dataclass(frozen=True, slots=True)
class Known:
    rows: dict[int, Indicator]
    categories: dict[int, str]
    by_name: dict[tuple[str, str], int]
    """(category, indicator) to id."""


async def known(context: Context, accounts: list[int]) -> list[Known]:
    """Only ever of the viewer's own account."""
    async with context.read() as session:
        rows = await repository.indicators(session, context.viewer.account_id)
        categories = {row.id: row.name for row in await repository.categories(session, context.viewer.account_id)}
    by_name = {(categories[row.category_id], row.name): row.id for row in rows}
    return [Known({row.id: row for row in rows}, categories, by_name) for _ in accounts]
