"""The person signed in, as they see themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from backend.accounts import repository as accounts
from backend.accounts.loaders import agents
from backend.accounts.tables import User
from backend.accounts.types import Agent
from backend.authz.actions import AccountAction
from backend.authz.actor import Actor
from backend.graphql.context import Info
from backend.graphql.ids import global_id
from backend.graphql.nouns import noun
from backend.roles.service import names_of

if TYPE_CHECKING:
    from backend.api.types import Account


@strawberry.type
class Viewer:
    id: strawberry.ID
    name: str
    email: str
    locale: str
    actor: strawberry.Private[Actor]

    @strawberry.field(description="Names of the viewer's QM roles, e.g. `Supervisor`.")
    def roles(self) -> list[str]:
        return names_of(self.actor.roles)

    @strawberry.field
    def has_seat(self) -> bool:
        return self.actor.has_seat

    @strawberry.field(description="Permissions as `action:scope`, e.g. `interaction.read:team`.")
    def permissions(self) -> list[str]:
        return sorted(f"{action}:{scope}" for action, scope in self.actor.permissions.items())

    @strawberry.field(description="What the viewer may do to the account itself, e.g. `account.users`; apart from QM permissions.")
    def account_permissions(self) -> list[str]:
        return [str(action) for action in AccountAction if self.actor.may(action)]

    @strawberry.field
    async def account(self, info: Info) -> Annotated[Account, strawberry.lazy("backend.api.types")]:
        async with info.context.read() as session:
            row = await accounts.account(session, self.actor.account_id)
        account: Account = noun(info, "Account").from_row(row)
        return account

    @strawberry.field(description="The agent that this person is, where they take calls themselves.")
    async def agent(self, info: Info) -> Agent | None:
        found = [await info.context.load(agents, number) for number in sorted(self.actor.agent_ids)]
        return Agent.from_row(found[0]) if found and found[0] else None

    @classmethod
    def of(cls, user: User, actor: Actor) -> Viewer:
        return cls(id=global_id("User", user.id), name=user.name, email=user.email, locale=user.locale, actor=actor)
