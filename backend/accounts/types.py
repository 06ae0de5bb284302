"""Accounts, agents and teams as clients see them."""

from __future__ import annotations

import strawberry

from backend.accounts import loaders, tables
from backend.graphql.context import Info
from backend.graphql.ids import global_id
from backend.graphql.nouns import Node


@strawberry.type
class Team(Node):
    id: strawberry.ID
    name: str

    @classmethod
    def from_row(cls, row: tables.Team) -> Team:
        return cls(id=global_id("Team", row.id), name=row.name)


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
