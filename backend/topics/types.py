"""Topics as clients see them."""

from __future__ import annotations

import strawberry

from backend.graphql.ids import global_id
from backend.graphql.nouns import Node
from backend.topics import tables


@strawberry.type
class Topic(Node):
    id: strawberry.ID
    name: str
    custom: bool

    @classmethod
    def from_row(cls, row: tables.Topic) -> Topic:
        return cls(id=global_id("Topic", row.id), name=row.name, custom=row.custom)
