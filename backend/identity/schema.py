"""Who is signed in; signing in and out; and all that the parts of identity bring, composed."""

from __future__ import annotations

from typing import Annotated

import strawberry

from backend.errors import SignInRefused as Refused
from backend.graphql.context import Info
from backend.graphql.errors import SecondFactorNeeded, SignInRefused
from backend.graphql.mutation import Mutates, Open
from backend.identity import service
from backend.identity.cookies import drop_cookie, set_cookie
from backend.identity.factor.schema import FactorMutation
from backend.identity.methods.schema import MethodMutation, MethodQuery
from backend.identity.saml.signing_out import logout_address
from backend.identity.sessions.schema import SessionMutation, SessionQuery
from backend.identity.sign_in.schema import PasswordMutation
from backend.identity.sign_in.service import Credentials, Doorkeeper, sign_in
from backend.identity.tokens.schema import TokenMutation, TokenQuery
from backend.identity.types import Viewer, viewer_of


@strawberry.input
class SignInInput:
    account: str
    email: str
    password: str
    code: str | None = strawberry.field(default=None, description="Of the second factor: what the app shows, or a recovery code.")


@strawberry.type
class SignInPayload:
    viewer: Viewer


SignInResult = Annotated[SignInPayload | SignInRefused | SecondFactorNeeded, strawberry.union("SignInResult")]


@strawberry.type
class SignOutPayload:
    ok: bool
    redirect: str | None = strawberry.field(
        description="Where the browser goes to sign out at the identity provider too; null where there is nothing to end."
    )


@strawberry.type
class IdentityQuery(SessionQuery, TokenQuery, MethodQuery):
    @strawberry.field(description="The person signed in, or null.")
    async def viewer(self, info: Info) -> Viewer | None:
        return await viewer_of(info.context)


@strawberry.type
class IdentityMutation(SessionMutation, FactorMutation, PasswordMutation, TokenMutation, MethodMutation):
    @strawberry.mutation(extensions=[Mutates(Open.ANYBODY)])
    async def sign_in(self, info: Info, input: SignInInput) -> SignInResult:
        context, services = info.context, info.context.services
        if context.response is None:
            raise Refused("Sign in over HTTP and without a token: nothing else can take a cookie.")
        keeper = Doorkeeper(services.database, services.sealers, services.limiter, service.lifetime(services.config))
        given = Credentials(input.account, input.email, input.password, input.code)
        opened = await sign_in(keeper, given, context.caller)
        assert opened.token is not None
        set_cookie(context.response, services.config, opened.token)
        context.actor = opened.actor
        viewer = await viewer_of(context)
        assert viewer is not None
        return SignInPayload(viewer=viewer)

    @strawberry.mutation(extensions=[Mutates(Open.SIGNED_IN)])
    async def sign_out(self, info: Info) -> SignOutPayload:
        context, services = info.context, info.context.services
        redirect = None
        if context.caller.token is not None and context.caller.session_id is not None:
            async with context.write() as session:
                redirect = await logout_address(session, services, context.caller.session_id)
            await service.sign_out(services.database, context.viewer, context.caller.token, address=context.caller.address)
        if context.response is not None:
            drop_cookie(context.response, services.config)
        return SignOutPayload(ok=True, redirect=redirect)
