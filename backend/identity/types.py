"""The person signed in, as they see themselves; their sessions; what identity adds to any person."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from backend.accounts import repository as accounts
from backend.accounts.enums import AccountRole
from backend.accounts.loaders import agents
from backend.accounts.tables import User
from backend.accounts.types import Agent, require_own_or_users
from backend.authz.actions import AccountAction
from backend.authz.actor import Actor
from backend.graphql.context import Context, Info
from backend.graphql.ids import global_id
from backend.graphql.nouns import noun
from backend.identity import repository, tables
from backend.identity.factor import loaders
from backend.roles.loaders import in_force

if TYPE_CHECKING:
    from backend.api.types import Account


@strawberry.type
class Viewer:
    id: strawberry.ID
    name: str
    email: str
    locale: str
    account_role: AccountRole
    has_password: bool
    actor: strawberry.Private[Actor]

    @strawberry.field(description="Names of the viewer's QM roles, e.g. `Supervisor`.")
    async def roles(self, info: Info) -> list[str]:
        known = await info.context.load(in_force, self.actor.account_id) if self.actor.roles else {}
        return [role.name for key, role in known.items() if key in self.actor.roles]

    @strawberry.field
    def has_seat(self) -> bool:
        return self.actor.has_seat

    @strawberry.field(description="Permissions as `action:scope`, e.g. `interaction.read:team`.")
    def permissions(self) -> list[str]:
        return sorted(f"{action}:{scope}" for action, scope in self.actor.permissions.items())

    @strawberry.field(description="What the viewer may do to the account itself, e.g. `account.users`; apart from QM permissions.")
    def account_permissions(self) -> list[str]:
        return [str(action) for action in AccountAction if self.actor.may(action)]

    @strawberry.field(description="Whether signing in with a password asks for a code too.")
    async def two_factor(self, info: Info) -> bool:
        return await info.context.load(loaders.confirmed, self.actor.user_id or 0)

    @strawberry.field(description="Why the viewer has no seat, where one was refused; null where they have one, or none was asked for.")
    async def seat_refusal(self, info: Info) -> str | None:
        if self.actor.has_seat or self.actor.user_id is None:
            return None
        async with info.context.read() as session:
            return await repository.refusal(session, self.actor.account_id, self.actor.user_id)

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
        return cls(
            id=global_id("User", user.id),
            name=user.name,
            email=user.email,
            locale=user.locale,
            account_role=AccountRole(user.account_role),
            has_password=user.password_hash is not None,
            actor=actor,
        )


async def viewer_of(context: Context) -> Viewer | None:
    """The person who asks; None where nobody is signed in."""
    actor = context.actor
    if actor is None or actor.user_id is None:
        return None
    async with context.read() as session:
        return Viewer.of(await repository.user(session, actor.account_id, actor.user_id), actor)


async def viewer_here(context: Context) -> Viewer:
    """The person who asks, where there must be one."""
    viewer = await viewer_of(context)
    assert viewer is not None
    return viewer


@strawberry.type
class SignedInSession:
    """A browser in which a person is signed in."""

    id: strawberry.ID
    created_at: datetime
    seen_at: datetime = strawberry.field(description="When it was last used, to the minute.")
    expires_at: datetime = strawberry.field(description="When it ends if it is not used.")
    address: str | None
    user_agent: str | None
    method: str = strawberry.field(description="How the person signed in: `password`, `saml`.")
    current: bool = strawberry.field(description="Whether this very request belongs to it.")

    @classmethod
    def from_row(cls, row: tables.Session, current: int | None) -> SignedInSession:
        return cls(
            id=global_id("Session", row.id),
            created_at=row.created_at,
            seen_at=row.seen_at,
            expires_at=row.expires_at,
            address=row.address,
            user_agent=row.user_agent,
            method=row.method,
            current=row.id == current,
        )


@strawberry.type
class UserIdentityFields:
    """What identity knows of a person, for themselves and for those who manage people."""

    row: strawberry.Private[User]

    @strawberry.field(description="Whether the person has set up a second factor.")
    async def two_factor(self, info: Info) -> bool:
        require_own_or_users(info, self.row.id)
        return await info.context.load(loaders.confirmed, self.row.id)
