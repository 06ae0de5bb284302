"""Roles and permissions as clients see them."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from enum import Enum

import strawberry

from backend.accounts import tables as accounts
from backend.accounts.enums import Source
from backend.authz.actions import OFFERS, AccountAction, Action, Scope
from backend.graphql.context import Info
from backend.roles import loaders
from backend.roles.rules import RoleInForce
from backend.roles.service import permissions_of
from backend.roles.tables import UserRole

_STRENGTH = {source.value: place for place, source in enumerate((Source.MANUAL, Source.SCIM, Source.SAML))}


@strawberry.enum(description="The calls that the person took; those of the agents in their teams as well; or every one of the account.")
class PermissionScope(Enum):
    OWN = "own"
    TEAM = "team"
    ALL = "all"


@strawberry.type(description="Something that a role can permit.")
class Permission:
    action: str
    title: str
    description: str
    scopes: list[PermissionScope] = strawberry.field(description="Those in which it can be granted, narrowest first.")

    @classmethod
    def of(cls, action: Action) -> Permission:
        offer = OFFERS[action]
        scopes = [PermissionScope(scope.value) for scope in offer.scopes]
        return cls(action=action.value, title=offer.title, description=offer.description, scopes=scopes)


@strawberry.type
class Grant:
    action: str
    scope: PermissionScope


@strawberry.type(description="Of the account: one of the four defaults, or one that it made.")
class Role:
    id: strawberry.ID
    key: str
    name: str
    description: str
    is_default: bool
    is_changed: bool = strawberry.field(description="A default role that is not as it was delivered.")
    based_on: str | None = strawberry.field(description="The key of the role that it was copied from.")
    grants: list[Grant]
    delivered: list[Grant] | None = strawberry.field(description="What a default role was delivered with; null for the account's own.")

    @strawberry.field(description="How many people hold it.")
    async def holders(self, info: Info) -> int:
        return await info.context.load(loaders.holders, self.key)

    @classmethod
    def of(cls, role: RoleInForce) -> Role:
        return cls(
            id=strawberry.ID(base64.urlsafe_b64encode(f"Role:{role.key}".encode()).decode().rstrip("=")),
            key=role.key,
            name=role.name,
            description=role.description,
            is_default=role.is_default,
            is_changed=role.is_changed,
            based_on=role.based_on,
            grants=_grants(role.grants),
            delivered=_grants(permissions_of([role.key])) if role.is_default else None,
        )


def _grants(found: Mapping[Action, Scope]) -> list[Grant]:
    return [Grant(action=action.value, scope=PermissionScope(scope.value)) for action, scope in found.items()]


@strawberry.type
class HeldRole:
    role: Role
    source: Source = strawberry.field(description="Who gave it; by hand, where a mapping gave it too.")


@strawberry.type
class UserRoleFields:
    """What this domain knows of a person."""

    row: strawberry.Private[accounts.User]

    @strawberry.field(description="In the order of the roles. For the person, and for account.users or account.roles.")
    async def roles(self, info: Info) -> list[HeldRole]:
        viewer = info.context.viewer
        if viewer.user_id != self.row.id and not viewer.may(AccountAction.ROLES_EDIT):
            viewer.require_account(AccountAction.USERS_EDIT)
        rows = await info.context.load(loaders.held, self.row.id)
        known = await info.context.load(loaders.in_force, self.row.account_id) if rows else {}
        sources = _strongest(rows)
        return [HeldRole(role=Role.of(role), source=Source(sources[key])) for key, role in known.items() if key in sources]


def _strongest(rows: Sequence[UserRole]) -> dict[str, str]:
    """Each role with the source that would keep it longest."""
    found: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: _STRENGTH[row.source], reverse=True):
        found[row.role] = row.source
    return found
