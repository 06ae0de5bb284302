"""Seats used of bought, their history, and what was bought. Giving a seat is above: it comes with a role."""

from __future__ import annotations

from typing import Annotated

import strawberry

from backend.accounts.enums import Source
from backend.authz.actions import AccountAction
from backend.errors import NotFound as Missing
from backend.graphql.connection import given, window
from backend.graphql.context import Context, Info
from backend.graphql.errors import Conflict, InvalidInput, NotFound, NotPermitted
from backend.graphql.ids import local_id
from backend.graphql.mutation import Mutates
from backend.licensing import licences, repository, service
from backend.licensing.licences import Bought
from backend.licensing.types import Licence, LicenceKind, SeatEventConnection, SeatUsage, SourceSeats, TeamSeats

USERS = AccountAction.USERS_EDIT


async def usage(context: Context) -> SeatUsage:
    """As of now."""
    account_id = context.viewer.account_id
    async with context.read() as session:
        rooms = await service.rooms_of(session, account_id)
        teams = await repository.taken_by_team(session, account_id)
        sources = await repository.taken_by_source(session, account_id)
    return SeatUsage(
        licences=[Licence.of(room) for room in rooms],
        by_team=[TeamSeats(team_id=team_id, used=used) for team_id, used in teams],
        by_source=[SourceSeats(source=source, used=sources.get(source.value, 0)) for source in Source],
    )


@strawberry.type
class LicensingQuery:
    @strawberry.field(description="Seats used of bought, by licence, by team and by how they were assigned. Needs account.users.")
    async def seat_usage(self, info: Info) -> SeatUsage:
        info.context.viewer.require_account(USERS)
        return await usage(info.context)

    @strawberry.field(description="What became of seats, newest first; of one person's where one is named. Needs account.users.")
    async def seat_history(
        self,
        info: Info,
        user_id: strawberry.ID | None = strawberry.UNSET,
        first: int | None = strawberry.UNSET,
        after: str | None = strawberry.UNSET,
    ) -> SeatEventConnection:
        info.context.viewer.require_account(USERS)
        part, person = window(given(first), given(after), None, None), given(user_id)
        number = None if person is None else local_id("User", person) or 0
        async with info.context.read() as session:
            page = await repository.history(session, info.context.viewer.account_id, user_id=number, part=part)
        return SeatEventConnection.of(page)


@strawberry.input
class SetLicenceInput:
    id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Left out: another licence.")
    name: str
    kind: LicenceKind
    bundled_with: str | None = strawberry.field(default=strawberry.UNSET, description="The product whose licence a bundle comes with.")
    seats: int


@strawberry.type
class SetLicencePayload:
    licence: Licence
    usage: SeatUsage


@strawberry.type
class RemoveLicencePayload:
    usage: SeatUsage


SetLicenceResult = Annotated[SetLicencePayload | InvalidInput | NotFound | NotPermitted | Conflict, strawberry.union("SetLicenceResult")]
RemoveLicenceResult = Annotated[
    RemoveLicencePayload | InvalidInput | NotFound | NotPermitted | Conflict, strawberry.union("RemoveLicenceResult")
]


def licence_number(value: str) -> int:
    """Raises NotFound for an id that is none of a licence."""
    number = local_id("Licence", value)
    if number is None:
        raise Missing("There is no such licence in this account.")
    return number


@strawberry.type
class LicensingMutation:
    @strawberry.mutation(
        extensions=[Mutates(USERS)],
        description="Sets what was bought. For the account's owners; fewer seats than are taken is a Conflict.",
    )
    async def set_licence(self, info: Info, input: SetLicenceInput) -> SetLicenceResult:
        context, changed = info.context, given(input.id)
        bought = Bought(input.name, input.seats, input.kind.value, given(input.bundled_with))
        number = None if changed is None else licence_number(changed)
        async with context.write() as session:
            row = await licences.set_licence(session, context.viewer, bought, licence_id=number)
        licence = await Licence.load(info, row.id)
        assert licence is not None
        return SetLicencePayload(licence=licence, usage=await usage(context))

    @strawberry.mutation(
        extensions=[Mutates(USERS)], description="For the account's owners; one in use, or given by mapping rules, is a Conflict."
    )
    async def remove_licence(self, info: Info, id: strawberry.ID) -> RemoveLicenceResult:
        async with info.context.write() as session:
            await licences.remove_licence(session, info.context.viewer, licence_id=licence_number(id))
        return RemoveLicencePayload(usage=await usage(info.context))
