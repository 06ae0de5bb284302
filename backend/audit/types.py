"""Entries of the audit log as clients see them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from backend.audit import service, tables
from backend.audit.sentences import sentence
from backend.graphql.connection import PageInfo
from backend.graphql.context import Info
from backend.graphql.ids import global_id
from backend.graphql.nouns import noun
from backend.graphql.scalars import JSON

if TYPE_CHECKING:
    from backend.api.types import User


async def _person(info: Info, number: int | None) -> User | None:
    found: User | None = await noun(info, "User").load(info, number) if number else None
    return found


@strawberry.type
class AuditEntry:
    id: strawberry.ID
    at: datetime
    actor_kind: str = strawberry.field(description="`user`, `system`, `scim`, or `nobody` where nobody was signed in.")
    action: str
    object_type: str
    object_id: strawberry.ID | None
    address: str | None = strawberry.field(description="Where the request came from.")
    detail: JSON
    sentence: str = strawberry.field(description="What was done, in plain words, without who did it.")
    row: strawberry.Private[tables.AuditEntry]

    @strawberry.field(description="Null where it was the program, or nobody was signed in.")
    async def actor(self, info: Info) -> Annotated[User, strawberry.lazy("backend.api.types")] | None:
        return await _person(info, self.row.actor_id)

    @strawberry.field(description="Whom it was done to, where the object is a person.")
    async def person(self, info: Info) -> Annotated[User, strawberry.lazy("backend.api.types")] | None:
        return await _person(info, self.row.object_id if self.row.object_type == "User" else None)

    @classmethod
    def from_row(cls, row: tables.AuditEntry) -> AuditEntry:
        return cls(
            id=global_id("AuditEntry", row.id),
            at=row.at,
            actor_kind=row.actor_kind,
            action=row.action,
            object_type=row.object_type,
            object_id=global_id(row.object_type, row.object_id) if row.object_id else None,
            address=row.address,
            detail=JSON(row.detail),
            sentence=sentence(row.action, row.detail),
            row=row,
        )


@strawberry.type
class AuditEdge:
    node: AuditEntry
    cursor: str


@strawberry.type
class AuditConnection:
    edges: list[AuditEdge]
    page_info: PageInfo

    @classmethod
    def of(cls, page: service.Page, *, started: bool) -> AuditConnection:
        """`started`: the page began after a cursor, so there are newer entries."""
        edges = [AuditEdge(node=AuditEntry.from_row(row), cursor=service.cursor_of(row)) for row in page.rows]
        ends = (edges[0].cursor, edges[-1].cursor) if edges else (None, None)
        about = PageInfo(has_next_page=page.has_next, has_previous_page=started, start_cursor=ends[0], end_cursor=ends[1])
        return cls(edges=edges, page_info=about)
