"""The audit log: read by those who may, changed by nobody."""

from __future__ import annotations

from datetime import datetime

import strawberry

from backend.audit import service
from backend.audit.rules import AuditFilter
from backend.audit.types import AuditConnection
from backend.graphql.connection import window
from backend.graphql.context import Info
from backend.graphql.ids import local_id


@strawberry.input(name="AuditFilter")
class AuditFilterInput:
    actor: strawberry.ID | None = None
    action: str | None = None
    object_type: str | None = None
    from_: datetime | None = strawberry.field(name="from", default=None)
    to: datetime | None = strawberry.field(default=None, description="The first instant that no more belongs to it.")
    text: str | None = strawberry.field(default=None, description="Of the sentence, the address or a detail.")

    def value(self) -> AuditFilter:
        """An id that is none finds nothing."""
        actor = None if self.actor is None else local_id("User", self.actor) or 0
        return AuditFilter(actor, self.action, self.object_type, self.from_, self.to, self.text)


@strawberry.type
class AuditQuery:
    @strawberry.field(description="Who saw and changed what, newest first. Needs account.audit.")
    async def audit_log(
        self, info: Info, filter: AuditFilterInput | None = None, first: int | None = None, after: str | None = None
    ) -> AuditConnection:
        part = window(first, after, None, None)
        wanted = filter.value() if filter else AuditFilter()
        async with info.context.read() as session:
            page = await service.page(session, info.context.viewer, wanted, size=part.size, cursor=part.cursor)
        return AuditConnection.of(page, started=part.cursor is not None)

    @strawberry.field(description="The actions that the log holds. Needs account.audit.")
    async def audit_actions(self, info: Info) -> list[str]:
        async with info.context.read() as session:
            return await service.actions(session, info.context.viewer)
