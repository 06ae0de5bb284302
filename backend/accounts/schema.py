"""Teams and their agents: what those who manage people ask and change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import strawberry

from backend.accounts import listing, repository, tables, teams
from backend.accounts.listing import AgentFilter
from backend.accounts.types import Agent, Team
from backend.authz.actions import AccountAction
from backend.errors import NotFound as Missing
from backend.graphql.connection import PageInfo, Slice, given, window
from backend.graphql.context import Info
from backend.graphql.errors import Conflict, InvalidInput, NotFound, NotPermitted
from backend.graphql.ids import local_id
from backend.graphql.mutation import Mutates

USERS = AccountAction.USERS_EDIT
_GONE = "There is no such team in this account."


@strawberry.type
class AgentEdge:
    cursor: str
    node: Agent


@strawberry.type
class AgentConnection:
    edges: list[AgentEdge]
    page_info: PageInfo
    wanted: strawberry.Private[AgentFilter]

    @strawberry.field(description="All that match; counted only when asked for.")
    async def total_count(self, info: Info) -> int:
        async with info.context.read() as session:
            return await listing.count_agents(session, info.context.viewer.account_id, self.wanted)

    @classmethod
    def of(cls, page: Slice[tables.Agent], wanted: AgentFilter) -> AgentConnection:
        edges = [AgentEdge(cursor=cursor, node=Agent.from_row(row)) for row, cursor in zip(page.rows, page.cursors, strict=True)]
        return cls(edges=edges, page_info=page.info, wanted=wanted)


@strawberry.type
class AccountsQuery:
    @strawberry.field(description="All teams, by name. Needs account.users.")
    async def teams(self, info: Info) -> list[Team]:
        info.context.viewer.require_account(USERS)
        async with info.context.read() as session:
            rows = await repository.all_teams(session, info.context.viewer.account_id)
        return [Team.from_row(row) for row in rows]

    @strawberry.field(
        description="Agents by name: of a team, or those `outside` one, e.g. to put them in. `text` is in the name, the email or the"
        " external id. Needs account.users."
    )
    async def agents(
        self,
        info: Info,
        text: str | None = strawberry.UNSET,
        team: strawberry.ID | None = strawberry.UNSET,
        outside: strawberry.ID | None = strawberry.UNSET,
        first: int | None = strawberry.UNSET,
        after: str | None = strawberry.UNSET,
        last: int | None = strawberry.UNSET,
        before: str | None = strawberry.UNSET,
    ) -> AgentConnection:
        info.context.viewer.require_account(USERS)
        part = window(given(first), given(after), given(last), given(before))
        wanted = AgentFilter(given(text), _given_team(team), _given_team(outside))
        async with info.context.read() as session:
            page = await listing.agents(session, info.context.viewer.account_id, wanted, part)
        return AgentConnection.of(page, wanted)


@strawberry.input
class CreateTeamInput:
    name: str


@strawberry.input
class RenameTeamInput:
    id: strawberry.ID
    name: str


@strawberry.input
class SetTeamMembersInput:
    team_id: strawberry.ID
    add: list[strawberry.ID] = strawberry.field(default_factory=list, description="Agents, out of the team that they are in.")
    remove: list[strawberry.ID] = strawberry.field(default_factory=list)


@strawberry.input
class SetTeamSupervisorsInput:
    team_id: strawberry.ID
    users: list[strawberry.ID] = strawberry.field(description="All of them: whoever is not among them supervises the team no more.")


@strawberry.type
class CreateTeamPayload:
    team: Team


@strawberry.type
class RenameTeamPayload:
    team: Team


@strawberry.type
class DeleteTeamPayload:
    id: strawberry.ID


@strawberry.type
class SetTeamMembersPayload:
    team: Team


@strawberry.type
class SetTeamSupervisorsPayload:
    team: Team


CreateTeamResult = Annotated[CreateTeamPayload | InvalidInput | NotFound | NotPermitted | Conflict, strawberry.union("CreateTeamResult")]
RenameTeamResult = Annotated[RenameTeamPayload | InvalidInput | NotFound | NotPermitted | Conflict, strawberry.union("RenameTeamResult")]
DeleteTeamResult = Annotated[DeleteTeamPayload | InvalidInput | NotFound | NotPermitted | Conflict, strawberry.union("DeleteTeamResult")]
SetTeamMembersResult = Annotated[SetTeamMembersPayload | InvalidInput | NotFound | NotPermitted, strawberry.union("SetTeamMembersResult")]
SetTeamSupervisorsResult = Annotated[
    SetTeamSupervisorsPayload | InvalidInput | NotFound | NotPermitted, strawberry.union("SetTeamSupervisorsResult")
]


def _ids(kind: str, values: Sequence[str]) -> list[int]:
    """An id that is none becomes 0, which no row bears."""
    return [local_id(kind, value) or 0 for value in values]


def _given_team(value: str | None) -> int | None:
    """None where it was left out; what is no team becomes 0, which no row bears."""
    return None if given(value) is None else local_id("Team", str(value)) or 0


def _team_id(value: str) -> int:
    number = local_id("Team", value)
    if number is None:
        raise Missing(_GONE)
    return number


@strawberry.type
class AccountsMutation:
    @strawberry.mutation(extensions=[Mutates(USERS)])
    async def create_team(self, info: Info, input: CreateTeamInput) -> CreateTeamResult:
        async with info.context.write() as session:
            team = await teams.create(session, info.context.viewer, name=input.name)
        return CreateTeamPayload(team=Team.from_row(team))

    @strawberry.mutation(extensions=[Mutates(USERS)])
    async def rename_team(self, info: Info, input: RenameTeamInput) -> RenameTeamResult:
        async with info.context.write() as session:
            team = await teams.rename(session, info.context.viewer, team_id=_team_id(input.id), name=input.name)
        return RenameTeamPayload(team=Team.from_row(team))

    @strawberry.mutation(
        extensions=[Mutates(USERS)],
        description="Its agents have no team and nobody supervises it from now on. Conversations keep the team that they were held in."
        " A Conflict where mapping rules give it.",
    )
    async def delete_team(self, info: Info, id: strawberry.ID) -> DeleteTeamResult:
        async with info.context.write() as session:
            await teams.delete(session, info.context.viewer, team_id=_team_id(id))
        return DeleteTeamPayload(id=id)

    @strawberry.mutation(extensions=[Mutates(USERS)])
    async def set_team_members(self, info: Info, input: SetTeamMembersInput) -> SetTeamMembersResult:
        add, remove = _ids("Agent", input.add), _ids("Agent", input.remove)
        async with info.context.write() as session:
            team = await teams.set_members(session, info.context.viewer, team_id=_team_id(input.team_id), add=add, remove=remove)
        return SetTeamMembersPayload(team=Team.from_row(team))

    @strawberry.mutation(extensions=[Mutates(USERS)])
    async def set_team_supervisors(self, info: Info, input: SetTeamSupervisorsInput) -> SetTeamSupervisorsResult:
        people = _ids("User", input.users)
        async with info.context.write() as session:
            team = await teams.set_supervisors(session, info.context.viewer, team_id=_team_id(input.team_id), user_ids=people)
        return SetTeamSupervisorsPayload(team=Team.from_row(team))
