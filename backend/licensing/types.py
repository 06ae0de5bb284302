"""Licences, seats and their history as clients see them."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from backend.accounts import loaders as accounts
from backend.accounts.enums import Source
from backend.accounts.tables import User as UserRow
from backend.accounts.types import Team, require_own_or_users
from backend.graphql.connection import PageInfo, Slice
from backend.graphql.context import Info
from backend.graphql.ids import global_id
from backend.graphql.nouns import Node, noun
from backend.licensing import loaders, tables
from backend.licensing.rules import Room

if TYPE_CHECKING:
    from backend.api.types import User


@strawberry.enum(description="Bought by itself, or together with another product's licence. A seat of a bundle is a seat.")
class LicenceKind(Enum):
    SINGLE = "single"
    BUNDLE = "bundle"


@strawberry.enum
class SeatChange(Enum):
    ASSIGNED = "assigned"
    RELEASED = "released"
    MOVED = "moved"
    REFUSED = "refused"


@strawberry.type
class Licence(Node):
    id: strawberry.ID
    key: str
    name: str
    kind: LicenceKind
    bundled_with: str | None
    seats: int = strawberry.field(description="How many were bought.")
    used: int

    @classmethod
    def of(cls, room: Room) -> Licence:
        return cls(
            id=global_id("Licence", room.id),
            key=room.key,
            name=room.name,
            kind=LicenceKind(room.kind),
            bundled_with=room.bundled_with,
            seats=room.seats,
            used=room.used,
        )

    @classmethod
    async def load(cls, info: Info, number: int) -> Licence | None:
        room = await info.context.load(loaders.rooms, number)
        return cls.of(room) if room else None


@strawberry.type
class Seat:
    source: Source
    assigned_at: datetime
    row: strawberry.Private[tables.Seat]

    @strawberry.field
    async def licence(self, info: Info) -> Licence:
        found = await Licence.load(info, self.row.licence_id)
        assert found is not None
        return found

    @strawberry.field(description="Null: the program, by a mapping rule or SCIM.")
    async def assigned_by(self, info: Info) -> Annotated[User, strawberry.lazy("backend.api.types")] | None:
        return await _user(info, self.row.assigned_by)

    @classmethod
    def from_row(cls, row: tables.Seat) -> Seat:
        return cls(source=Source(row.source), assigned_at=row.assigned_at, row=row)


@strawberry.type
class UserSeatFields:
    row: strawberry.Private[UserRow]

    @strawberry.field(description="Null: the person may sign in, and sees no conversation.")
    async def seat(self, info: Info) -> Seat | None:
        require_own_or_users(info, self.row.id)
        row = await info.context.load(loaders.seats, self.row.id)
        return Seat.from_row(row) if row else None


@strawberry.type
class TeamSeats:
    used: int
    team_id: strawberry.Private[int | None]

    @strawberry.field(description="Null: nobody's team.")
    async def team(self, info: Info) -> Team | None:
        row = await info.context.load(accounts.teams, self.team_id) if self.team_id else None
        return Team.from_row(row) if row else None


@strawberry.type
class SourceSeats:
    source: Source
    used: int


@strawberry.type
class SeatUsage:
    """Seats that were bought and that are taken."""

    licences: list[Licence]
    by_team: list[TeamSeats]
    by_source: list[SourceSeats]

    @strawberry.field
    def seats(self) -> int:
        return sum(licence.seats for licence in self.licences)

    @strawberry.field
    def used(self) -> int:
        return sum(licence.used for licence in self.licences)


@strawberry.type
class SeatEvent:
    """What became of a seat, when, and who did it."""

    id: strawberry.ID
    at: datetime
    change: SeatChange
    source: Source
    reason: str | None
    row: strawberry.Private[tables.SeatEvent]

    @strawberry.field
    async def user(self, info: Info) -> Annotated[User, strawberry.lazy("backend.api.types")] | None:
        return await _user(info, self.row.user_id)

    @strawberry.field
    async def licence(self, info: Info) -> Licence | None:
        return await Licence.load(info, self.row.licence_id) if self.row.licence_id else None

    @strawberry.field(description="Null: the program, by a mapping rule or SCIM.")
    async def by(self, info: Info) -> Annotated[User, strawberry.lazy("backend.api.types")] | None:
        return await _user(info, self.row.actor_id)

    @classmethod
    def from_row(cls, row: tables.SeatEvent) -> SeatEvent:
        change, source = SeatChange(row.change), Source(row.source)
        return cls(id=global_id("SeatEvent", row.id), at=row.at, change=change, source=source, reason=row.reason, row=row)


@strawberry.type
class SeatEventEdge:
    cursor: str
    node: SeatEvent


@strawberry.type
class SeatEventConnection:
    edges: list[SeatEventEdge]
    page_info: PageInfo

    @classmethod
    def of(cls, page: Slice[tables.SeatEvent]) -> SeatEventConnection:
        edges = [SeatEventEdge(cursor=cursor, node=SeatEvent.from_row(row)) for row, cursor in zip(page.rows, page.cursors, strict=True)]
        return cls(edges=edges, page_info=page.info)


async def _user(info: Info, number: int | None) -> User | None:
    if number is None:
        return None
    found: User | None = await noun(info, "User").load(info, number)
    return found
