"""Indicators as clients see them."""

from __future__ import annotations

import strawberry

from backend.graphql.ids import global_id
from backend.graphql.nouns import Node
from backend.indicators.loaders import Known


@strawberry.type
class Indicator(Node):
    id: strawberry.ID
    name: str
    category: str

    @classmethod
    def from_known(cls, known: Known, number: int) -> Indicator | None:
        row = known.rows.get(number)
        return cls(id=global_id("Indicator", row.id), name=row.name, category=known.categories[row.category_id]) if row else None
