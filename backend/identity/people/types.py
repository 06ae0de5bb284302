"""The list of people, and what changes of a person are asked with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from backend.accounts.enums import AccountRole, Source
from backend.accounts.tables import User as UserRow
from backend.graphql.connection import PageInfo, Slice, given
from backend.graphql.context import Info
from backend.graphql.ids import local_id
from backend.graphql.nouns import noun
from backend.identity.people import repository
from backend.identity.people.repository import PeopleFilter
from backend.identity.people.service import Changes, Keep

if TYPE_CHECKING:
    from backend.api.types import User


@strawberry.input(description="What is left out is not asked.")
class UserFilter:
    text: str | None = strawberry.field(default=strawberry.UNSET, description="Part of the name or the address.")
    seat: bool | None = strawberry.UNSET
    active: bool | None = strawberry.UNSET
    role: str | None = strawberry.field(default=strawberry.UNSET, description="A QM role's key.")
    team: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Its agents and its supervisors.")
    source: Source | None = strawberry.field(default=strawberry.UNSET, description="How the person came to be.")

    def value(self) -> PeopleFilter:
        team, source = given(self.team), given(self.source)
        return PeopleFilter(
            text=given(self.text),
            seat=given(self.seat),
            active=given(self.active),
            role=given(self.role),
            team_id=None if team is None else local_id("Team", team) or 0,
            source=source.value if source else None,
        )


@strawberry.type
class UserEdge:
    cursor: str
    node: Annotated[User, strawberry.lazy("backend.api.types")]


@strawberry.type
class UserConnection:
    edges: list[UserEdge]
    page_info: PageInfo
    wanted: strawberry.Private[PeopleFilter]

    @strawberry.field(description="All that match; counted only when asked for.")
    async def total_count(self, info: Info) -> int:
        async with info.context.read() as session:
            return await repository.total(session, info.context.viewer.account_id, self.wanted)

    @classmethod
    def of(cls, page: Slice[UserRow], wanted: PeopleFilter, info: Info) -> UserConnection:
        kind = noun(info, "User")
        edges = [UserEdge(cursor=cursor, node=kind.from_row(row)) for row, cursor in zip(page.rows, page.cursors, strict=True)]
        return cls(edges=edges, page_info=page.info, wanted=wanted)


@strawberry.input
class CreateUserInput:
    email: str
    name: str
    account_role: AccountRole | None = strawberry.field(default=strawberry.UNSET, description="Member where it is left out.")
    password: str | None = strawberry.field(default=strawberry.UNSET, description="Left out: one is made, and shown once.")
    seat: bool | None = strawberry.UNSET
    licence: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Left out: the first with a seat left.")
    roles: list[str] | None = strawberry.field(default=strawberry.UNSET, description="Keys of QM roles; needs account.roles.")


@strawberry.input(description="What is left out stays as it is.")
class UpdateUserInput:
    id: strawberry.ID
    name: str | None = strawberry.UNSET
    email: str | None = strawberry.UNSET
    account_role: AccountRole | None = strawberry.UNSET
    active: bool | None = strawberry.field(default=strawberry.UNSET, description="False takes the seat and ends the sessions at once.")
    agent_id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Null: the person is no agent.")

    def value(self) -> Changes:
        role = given(self.account_role)
        agent: int | Keep | None = Keep.AS_IS
        if self.agent_id is not strawberry.UNSET:
            agent = None if self.agent_id is None else local_id("Agent", self.agent_id) or 0
        return Changes(given(self.name), given(self.email), role.value if role else None, given(self.active), agent)


@strawberry.input
class AssignSeatInput:
    user_id: strawberry.ID
    licence: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Left out: the first with a seat left.")
