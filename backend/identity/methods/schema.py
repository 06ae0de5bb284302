"""Ways in, in the API."""

from __future__ import annotations

from typing import Annotated

import strawberry

from backend.authz.actions import AccountAction
from backend.db import doors
from backend.graphql.context import Info
from backend.graphql.errors import Conflict, NotPermitted
from backend.graphql.mutation import Mutates
from backend.identity.methods import service
from backend.identity.sign_in.service import QUESTIONS_AN_ADDRESS, address_key, take_attempt


@strawberry.type
class SignInProvider:
    id: strawberry.ID
    name: str
    url: str = strawberry.field(description="Where signing in begins; a path of this server.")


@strawberry.type
class SignInMethods:
    password: bool = strawberry.field(description="Whether people sign in with passwords. Owners with a second factor can in any case.")
    providers: list[SignInProvider]


@strawberry.type
class SetPasswordSignInPayload:
    password_sign_in: bool


SetPasswordSignInResult = Annotated[SetPasswordSignInPayload | Conflict | NotPermitted, strawberry.union("SetPasswordSignInResult")]


@strawberry.type
class SettingsIdentityFields:
    """What identity adds to the account's settings."""

    @strawberry.field(description="Whether people sign in with passwords.")
    async def password_sign_in(self, info: Info) -> bool:
        async with info.context.read() as session:
            return await service.password_sign_in(session, info.context.viewer.account_id)


@strawberry.type
class MethodQuery:
    @strawberry.field(
        description="How the people of an account sign in. Open to all: an unknown account answers like one without providers."
        " An address that asks too often is refused for a while (`sign_in_refused`), whichever accounts it asks about."
    )
    async def sign_in_methods(self, info: Info, account: str) -> SignInMethods:
        services = info.context.services
        # Before anything is looked up: the refusal says nothing of the account.
        await take_attempt(services.limiter, address_key("methods", info.context.caller), QUESTIONS_AN_ADDRESS)
        database = services.database
        # No account has the number 0: the unknown one costs the same work.
        number = await doors.account_by_slug(database, account.strip().lower()) or 0
        async with database.reading(number) as session:
            password = await service.password_sign_in(session, number)
            found = await service.providers(session, number)
        providers = [SignInProvider(id=strawberry.ID(each.id), name=each.name, url=each.url) for each in found]
        return SignInMethods(password=password, providers=providers)


@strawberry.type
class MethodMutation:
    @strawberry.mutation(
        extensions=[Mutates(AccountAction.IDENTITY_EDIT, in_person=True)],
        description="Switches sign-in with passwords on or off. Off needs an active identity provider, and an owner with a second factor.",
    )
    async def set_password_sign_in(self, info: Info, on: bool) -> SetPasswordSignInResult:
        context = info.context
        async with context.write() as session:
            await service.set_password_sign_in(session, context.viewer, on=on)
        return SetPasswordSignInPayload(password_sign_in=on)
