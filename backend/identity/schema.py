"""Who is signed in; signing in and out."""

from __future__ import annotations

from typing import Annotated

import strawberry

from backend.errors import SignInRefused as Refused
from backend.graphql.context import Context, Info
from backend.graphql.errors import SignInRefused
from backend.graphql.mutation import Mutates, Open
from backend.identity import repository, service
from backend.identity.cookies import drop_cookie, set_cookie
from backend.identity.types import Viewer


@strawberry.input
class SignInInput:
    account: str
    email: str
    password: str


@strawberry.type
class SignInPayload:
    viewer: Viewer


SignInResult = Annotated[SignInPayload | SignInRefused, strawberry.union("SignInResult")]


@strawberry.type
class SignOutPayload:
    ok: bool


async def _viewer(context: Context) -> Viewer | None:
    actor = context.actor
    if actor is None or actor.user_id is None:
        return None
    async with context.read() as session:
        return Viewer.of(await repository.user(session, actor.account_id, actor.user_id), actor)


@strawberry.type
class IdentityQuery:
    @strawberry.field(description="The person signed in, or null.")
    async def viewer(self, info: Info) -> Viewer | None:
        return await _viewer(info.context)


@strawberry.type
class IdentityMutation:
    @strawberry.mutation(extensions=[Mutates(Open.ANYBODY)])
    async def sign_in(self, info: Info, input: SignInInput) -> SignInResult:
        context, services = info.context, info.context.services
        if context.response is None:
            raise Refused("Sign in over HTTP: a socket cannot set a cookie.")
        caller = context.caller
        given = service.Credentials(input.account, input.email, input.password, caller.address, caller.user_agent, caller.token)
        opened = await service.sign_in(services.database, services.limiter, service.lifetime(services.config), given)
        assert opened.token is not None
        set_cookie(context.response, services.config, opened.token)
        context.actor = opened.actor
        viewer = await _viewer(context)
        assert viewer is not None
        return SignInPayload(viewer=viewer)

    @strawberry.mutation(extensions=[Mutates(Open.SIGNED_IN)])
    async def sign_out(self, info: Info) -> SignOutPayload:
        context, services = info.context, info.context.services
        if context.caller.token is not None:
            ended = await service.sign_out(services.database, context.viewer, context.caller.token, address=context.caller.address)
            if ended is not None:
                await services.pubsub.publish(service.session_channel(ended), {"kind": "signed_out"})
        if context.response is not None:
            drop_cookie(context.response, services.config)
        return SignOutPayload(ok=True)
