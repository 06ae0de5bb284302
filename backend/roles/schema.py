"""What there is to permit, which roles permit it, who holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from backend.authz.actions import AccountAction, Action
from backend.errors import NotFound as Missing
from backend.graphql.context import Info
from backend.graphql.errors import Conflict, InvalidInput, NotFound, NotPermitted
from backend.graphql.ids import local_id
from backend.graphql.mutation import Mutates
from backend.graphql.nouns import noun
from backend.roles import changing, loaders, service
from backend.roles.types import Permission, PermissionScope, Role

if TYPE_CHECKING:
    from backend.api.types import User


@strawberry.input
class GrantInput:
    action: str
    scope: PermissionScope


@strawberry.input
class CreateRoleInput:
    name: str
    description: str | None = strawberry.UNSET
    copy_of: str | None = strawberry.field(default=strawberry.UNSET, description="The key of a role whose grants it begins with.")
    grants: list[GrantInput] | None = strawberry.field(default=strawberry.UNSET, description="In place of those copied, where given.")


@strawberry.input(description="What is left out stays as it is.")
class UpdateRoleInput:
    key: str
    name: str | None = strawberry.UNSET
    description: str | None = strawberry.UNSET
    grants: list[GrantInput] | None = strawberry.field(default=strawberry.UNSET, description="All that the role will permit.")


@strawberry.input
class SetUserRolesInput:
    user_id: strawberry.ID
    roles: list[str] = strawberry.field(description="Keys. What a mapping gave stays, whether it is named or not.")


@strawberry.type
class CreateRolePayload:
    role: Role


@strawberry.type
class UpdateRolePayload:
    role: Role


@strawberry.type
class ResetRolePayload:
    role: Role


@strawberry.type
class DeleteRolePayload:
    key: str


@strawberry.type
class SetUserRolesPayload:
    user: Annotated[User, strawberry.lazy("backend.api.types")]


CreateRoleResult = Annotated[CreateRolePayload | InvalidInput | NotFound | NotPermitted | Conflict, strawberry.union("CreateRoleResult")]
UpdateRoleResult = Annotated[UpdateRolePayload | InvalidInput | NotFound | NotPermitted | Conflict, strawberry.union("UpdateRoleResult")]
ResetRoleResult = Annotated[ResetRolePayload | InvalidInput | NotFound | NotPermitted | Conflict, strawberry.union("ResetRoleResult")]
DeleteRoleResult = Annotated[DeleteRolePayload | InvalidInput | NotFound | NotPermitted | Conflict, strawberry.union("DeleteRoleResult")]
SetUserRolesResult = Annotated[SetUserRolesPayload | InvalidInput | NotFound | NotPermitted, strawberry.union("SetUserRolesResult")]


def _pairs(grants: list[GrantInput] | None) -> list[tuple[str, str]] | None:
    return [(grant.action, grant.scope.value) for grant in grants] if isinstance(grants, list) else None


def _text(value: str | None) -> str | None:
    return value if isinstance(value, str) else None


async def _role(info: Info, key: str) -> Role:
    return Role.of((await info.context.load(loaders.in_force, info.context.viewer.account_id))[key])


@strawberry.type
class RoleQuery:
    @strawberry.field(description="Everything that a role can permit.")
    def permissions(self, info: Info) -> list[Permission]:
        _ = info.context.viewer
        return [Permission.of(action) for action in Action]

    @strawberry.field(description="The defaults, then the account's own by name. Needs account.roles or account.users.")
    async def roles(self, info: Info) -> list[Role]:
        viewer = info.context.viewer
        if not viewer.may(AccountAction.USERS_EDIT):
            viewer.require_account(AccountAction.ROLES_EDIT)
        return [Role.of(role) for role in (await info.context.load(loaders.in_force, viewer.account_id)).values()]


@strawberry.type
class RoleMutation:
    @strawberry.mutation(extensions=[Mutates(AccountAction.ROLES_EDIT)], description="A role of the account's own, new or by copy.")
    async def create_role(self, info: Info, input: CreateRoleInput) -> CreateRoleResult:
        new = changing.NewRole(input.name, _text(input.description) or "", _text(input.copy_of), _pairs(input.grants))
        async with info.context.write() as session:
            key = await changing.create(session, info.context.viewer, new)
        return CreateRolePayload(role=await _role(info, key))

    @strawberry.mutation(
        extensions=[Mutates(AccountAction.ROLES_EDIT)],
        description="Changes a role, the defaults as well. It is in force with the next request of everybody who holds it.",
    )
    async def update_role(self, info: Info, input: UpdateRoleInput) -> UpdateRoleResult:
        change = changing.RoleChange(_text(input.name), _text(input.description), _pairs(input.grants))
        async with info.context.write() as session:
            await changing.update(session, info.context.viewer, input.key, change)
        return UpdateRolePayload(role=await _role(info, input.key))

    @strawberry.mutation(extensions=[Mutates(AccountAction.ROLES_EDIT)], description="Sets a default role back to how it was delivered.")
    async def reset_role(self, info: Info, key: str) -> ResetRoleResult:
        async with info.context.write() as session:
            await changing.reset(session, info.context.viewer, key)
        return ResetRolePayload(role=await _role(info, key))

    @strawberry.mutation(
        extensions=[Mutates(AccountAction.ROLES_EDIT)],
        description="Deletes a role of the account's own that nobody holds and no mapping rule gives.",
    )
    async def delete_role(self, info: Info, key: str) -> DeleteRoleResult:
        async with info.context.write() as session:
            await changing.delete(session, info.context.viewer, key)
        return DeleteRolePayload(key=key)

    @strawberry.mutation(extensions=[Mutates(AccountAction.ROLES_EDIT)], description="The roles that a person is given by hand.")
    async def set_user_roles(self, info: Info, input: SetUserRolesInput) -> SetUserRolesResult:
        number = local_id("User", input.user_id)
        if number is None:
            raise Missing("There is no such person.")
        async with info.context.write() as session:
            await service.set_roles(session, info.context.viewer, user_id=number, roles=input.roles)
        user = await noun(info, "User").load(info, number)
        assert user is not None
        return SetUserRolesPayload(user=user)
