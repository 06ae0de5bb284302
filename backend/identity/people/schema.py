"""People and their seats: what those who manage people ask and change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from backend.accounts import tables
from backend.authz.actions import AccountAction
from backend.errors import NoSeatLeft as Refusal
from backend.errors import NotFound as Missing
from backend.graphql.connection import given, window
from backend.graphql.context import Context, Info
from backend.graphql.errors import Conflict, InvalidInput, NoSeatLeft, NotFound, NotPermitted
from backend.graphql.ids import local_id
from backend.graphql.mutation import Mutates
from backend.graphql.nouns import noun
from backend.identity.people import admission, repository, service
from backend.identity.people.repository import PeopleFilter
from backend.identity.people.types import AssignSeatInput, CreateUserInput, UpdateUserInput, UserConnection, UserFilter
from backend.licensing.schema import licence_number, usage
from backend.licensing.service import key_of_licence
from backend.licensing.types import SeatUsage

if TYPE_CHECKING:
    from backend.api.types import User

USERS = AccountAction.USERS_EDIT


@strawberry.type
class PeopleQuery:
    @strawberry.field(description="The account's people, by name. Needs account.users.")
    async def users(
        self,
        info: Info,
        filter: UserFilter | None = strawberry.UNSET,
        first: int | None = strawberry.UNSET,
        after: str | None = strawberry.UNSET,
        last: int | None = strawberry.UNSET,
        before: str | None = strawberry.UNSET,
    ) -> UserConnection:
        info.context.viewer.require_account(USERS)
        part = window(given(first), given(after), given(last), given(before))
        wanted = filter.value() if filter else PeopleFilter()
        async with info.context.read() as session:
            page = await repository.page(session, info.context.viewer.account_id, wanted, part)
        return UserConnection.of(page, wanted, info)

    @strawberry.field(description="One person, or null where there is none. Needs account.users.")
    async def user(self, info: Info, id: strawberry.ID) -> Annotated[User, strawberry.lazy("backend.api.types")] | None:
        info.context.viewer.require_account(USERS)
        number = local_id("User", id)
        found: User | None = await noun(info, "User").load(info, number) if number else None
        return found


@strawberry.type
class CreateUserPayload:
    user: Annotated[User, strawberry.lazy("backend.api.types")]
    password: str | None = strawberry.field(description="Made for the person, shown this once; null where one was given or none is used.")


@strawberry.type
class UpdateUserPayload:
    user: Annotated[User, strawberry.lazy("backend.api.types")]


@strawberry.type
class ResetPasswordPayload:
    user: Annotated[User, strawberry.lazy("backend.api.types")]
    password: str = strawberry.field(description="Shown this once.")


@strawberry.type
class AssignSeatPayload:
    user: Annotated[User, strawberry.lazy("backend.api.types")]
    usage: SeatUsage


@strawberry.type
class ReleaseSeatPayload:
    user: Annotated[User, strawberry.lazy("backend.api.types")]
    usage: SeatUsage


CreateUserResult = Annotated[
    CreateUserPayload | InvalidInput | NotFound | NotPermitted | NoSeatLeft | Conflict, strawberry.union("CreateUserResult")
]
UpdateUserResult = Annotated[UpdateUserPayload | InvalidInput | NotFound | NotPermitted | Conflict, strawberry.union("UpdateUserResult")]
ResetPasswordResult = Annotated[
    ResetPasswordPayload | InvalidInput | NotFound | NotPermitted | Conflict, strawberry.union("ResetPasswordResult")
]
AssignSeatResult = Annotated[
    AssignSeatPayload | InvalidInput | NotFound | NotPermitted | NoSeatLeft | Conflict, strawberry.union("AssignSeatResult")
]
ReleaseSeatResult = Annotated[ReleaseSeatPayload | InvalidInput | NotFound | NotPermitted, strawberry.union("ReleaseSeatResult")]


def _user_id(value: str) -> int:
    number = local_id("User", value)
    if number is None:
        raise Missing("There is no such person in this account.")
    return number


def _shown(info: Info, row: tables.User) -> User:
    user: User = noun(info, "User").from_row(row)
    return user


async def _loaded(info: Info, number: int) -> User:
    user: User | None = await noun(info, "User").load(info, number)
    if user is None:
        raise Missing("There is no such person in this account.")
    return user


async def _give_seat(context: Context, user_id: int, licence: str | None) -> None:
    """A refusal is raised after the commit: it belongs to the history."""
    refusal: Refusal | None = None
    number = None if licence is None else licence_number(licence)
    async with context.write() as session:
        key = None if number is None else await key_of_licence(session, number)
        try:
            await service.give_seat(session, context.viewer, user_id=user_id, licence_key=key)
        except Refusal as error:
            refusal = error
    if refusal is not None:
        raise refusal


@strawberry.type
class PeopleMutation:
    @strawberry.mutation(
        extensions=[Mutates(USERS)], description="Makes a person, with a seat and roles where they are asked for: all of it or nothing."
    )
    async def create_user(self, info: Info, input: CreateUserInput) -> CreateUserResult:
        licence, role = given(input.licence), given(input.account_role)
        asked = admission.Asked(
            email=input.email,
            name=input.name,
            account_role=role.value if role else "member",
            password=given(input.password),
            seat=bool(given(input.seat)) or licence is not None,
            licence_id=None if licence is None else licence_number(licence),
            roles=tuple(given(input.roles) or ()),
        )
        admitted = await admission.admit(info.context.write, info.context.viewer, asked)
        return CreateUserPayload(user=_shown(info, admitted.user), password=admitted.password)

    @strawberry.mutation(extensions=[Mutates(USERS)], description="Only owners change owners; the last active one stays.")
    async def update_user(self, info: Info, input: UpdateUserInput) -> UpdateUserResult:
        number = _user_id(input.id)
        async with info.context.write() as session:
            row = await service.change(session, info.context.viewer, user_id=number, changes=input.value())
        return UpdateUserPayload(user=_shown(info, row))

    @strawberry.mutation(extensions=[Mutates(USERS, in_person=True)], description="Makes a new password, and ends the person's sessions.")
    async def reset_password(self, info: Info, id: strawberry.ID) -> ResetPasswordResult:
        admitted = await admission.reset_password(info.context.write, info.context.viewer, _user_id(id))
        assert admitted.password is not None
        return ResetPasswordPayload(user=_shown(info, admitted.user), password=admitted.password)

    @strawberry.mutation(extensions=[Mutates(USERS)], description="Whoever gets a seat and holds no role becomes an agent.")
    async def assign_seat(self, info: Info, input: AssignSeatInput) -> AssignSeatResult:
        number = _user_id(input.user_id)
        await _give_seat(info.context, number, given(input.licence))
        return AssignSeatPayload(user=await _loaded(info, number), usage=await usage(info.context))

    @strawberry.mutation(extensions=[Mutates(USERS)], description="From the next request on the person sees no conversation.")
    async def release_seat(self, info: Info, user_id: strawberry.ID) -> ReleaseSeatResult:
        number = _user_id(user_id)
        async with info.context.write() as session:
            await service.take_seat(session, info.context.viewer, user_id=number)
        return ReleaseSeatPayload(user=await _loaded(info, number), usage=await usage(info.context))
