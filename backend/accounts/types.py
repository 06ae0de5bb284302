"""Accounts, people, agents and teams as clients see them. Higher domains add to the person in `backend.api.types`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from backend.accounts import loaders, tables
from backend.accounts.enums import AccountRole, Source
from backend.authz.actions import AccountAction, Action, Scope
from backend.graphql.context import Info
from backend.graphql.ids import global_id
from backend.graphql.nouns import Node, noun

if TYPE_CHECKING:
    from backend.api.types import User


@strawberry.type
class Team(Node):
    id: strawberry.ID
    name: str
    number: strawberry.Private[int]

    @strawberry.field(description="Its agents, by name; for those who manage teams, who supervise this one, or who see all calls.")
    async def members(self, info: Info) -> list[Agent]:
        _require_sight(info, self.number)
        return [Agent.from_row(row) for row in await info.context.load(loaders.members, self.number)]

    @strawberry.field
    async def member_count(self, info: Info) -> int:
        _require_sight(info, self.number)
        return await info.context.load(loaders.member_counts, self.number)

    @strawberry.field(description="Who sees and acts for its agents, by name. Needs account.users.")
    async def supervisors(self, info: Info) -> list[Annotated[User, strawberry.lazy("backend.api.types")]]:
        info.context.viewer.require_account(AccountAction.USERS_EDIT)
        found = await info.context.load(loaders.supervisors, self.number)
        return [user for number in found if (user := await noun(info, "User").load(info, number)) is not None]

    @classmethod
    def from_row(cls, row: tables.Team) -> Team:
        return cls(id=global_id("Team", row.id), name=row.name, number=row.id)


@strawberry.type
class Agent(Node):
    id: strawberry.ID
    name: str
    email: str | None
    external_id: str | None
    team_id: strawberry.Private[int | None]

    @strawberry.field
    async def team(self, info: Info) -> Team | None:
        row = await info.context.load(loaders.teams, self.team_id) if self.team_id else None
        return Team.from_row(row) if row else None

    @classmethod
    def from_row(cls, row: tables.Agent) -> Agent:
        return cls(id=global_id("Agent", row.id), name=row.name, email=row.email, external_id=row.external_id, team_id=row.team_id)


def _require_sight(info: Info, team_id: int) -> None:
    """Raises NotPermitted where the viewer neither manages teams nor sees the calls of this one."""
    viewer = info.context.viewer
    scope = viewer.scope(Action.INTERACTION_READ)
    if scope is not Scope.ALL and not (scope is Scope.TEAM and team_id in viewer.team_ids):
        viewer.require_account(AccountAction.USERS_EDIT)


def require_own_or_users(info: Info, user_id: int) -> None:
    """What the account keeps of a person is for themselves and for those who manage people. Raises NotPermitted."""
    if info.context.viewer.user_id != user_id:
        info.context.viewer.require_account(AccountAction.USERS_EDIT)


@strawberry.type
class UserFields(Node):
    """A person of the account. Names and addresses are for whoever comes across the person, the rest for those who manage people."""

    id: strawberry.ID
    name: str
    email: str
    account_role: AccountRole
    active: bool = strawberry.field(description="False: cannot sign in and holds no seat.")
    source: Source = strawberry.field(description="How the person came to be.")
    created_at: datetime
    row: strawberry.Private[tables.User]

    @strawberry.field
    def last_seen_at(self, info: Info) -> datetime | None:
        require_own_or_users(info, self.row.id)
        return self.row.last_seen_at

    @strawberry.field(description="The agent that this person is, where they take calls themselves.")
    async def agent(self, info: Info) -> Agent | None:
        require_own_or_users(info, self.row.id)
        row = await info.context.load(loaders.agents_by_person, self.row.id)
        return Agent.from_row(row) if row else None

    @strawberry.field(description="The teams for whose agents this person sees and acts, by name.")
    async def supervises(self, info: Info) -> list[Team]:
        require_own_or_users(info, self.row.id)
        rows = [await info.context.load(loaders.teams, number) for number in await info.context.load(loaders.supervised, self.row.id)]
        return [Team.from_row(row) for row in rows if row]

    @classmethod
    def from_row(cls, row: tables.User) -> Self:
        return cls(
            id=global_id("User", row.id),
            name=row.name,
            email=row.email,
            account_role=AccountRole(row.account_role),
            active=row.active,
            source=Source(row.source),
            created_at=row.created_at,
            row=row,
        )

    @classmethod
    async def load(cls, info: Info, number: int) -> Self | None:
        """The person of this number, together with all others that are asked for at once; None where there is none."""
        row = await info.context.load(loaders.users, number)
        return cls.from_row(row) if row else None


@strawberry.type
class AccountFields:
    """What the account itself knows; higher domains add theirs in `backend.api.types`."""

    id: strawberry.ID
    slug: str
    name: str
    region: str
    timezone: str

    @classmethod
    def from_row(cls, row: tables.Account) -> AccountFields:
        return cls(id=global_id("Account", row.id), slug=row.slug, name=row.name, region=row.region, timezone=row.timezone)
