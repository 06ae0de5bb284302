"""The second factor in the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from backend.authz.actions import AccountAction
from backend.errors import Conflict as Impossible
from backend.errors import SignInRefused
from backend.graphql.context import Context, Info
from backend.graphql.errors import Conflict, InvalidInput, NotFound, NotPermitted
from backend.graphql.ids import local_id
from backend.graphql.mutation import Mutates, Open
from backend.graphql.nouns import noun
from backend.identity.factor import service
from backend.identity.renewal import hand_out, renew
from backend.identity.sessions.service import revoke_of_person
from backend.identity.sign_in.service import ATTEMPTS_A_CODE, code_key, take_attempt
from backend.identity.types import Viewer, viewer_here

if TYPE_CHECKING:
    from backend.api.types import User


@strawberry.type
class BeginTwoFactorPayload:
    secret: str = strawberry.field(description="To type into an app that cannot read the picture; base32.")
    uri: str = strawberry.field(description="The same as an address, `otpauth://totp/…`.")
    qr: str = strawberry.field(description="The address as a picture: an SVG element.")


@strawberry.type
class ConfirmTwoFactorPayload:
    viewer: Viewer
    recovery_codes: list[str] = strawberry.field(description="Each stands in for the app once. They are told this one time.")


@strawberry.type
class DisableTwoFactorPayload:
    viewer: Viewer


@strawberry.type
class ResetTwoFactorPayload:
    user: Annotated[User, strawberry.lazy("backend.api.types")]


BeginTwoFactorResult = Annotated[BeginTwoFactorPayload | Conflict | NotPermitted, strawberry.union("BeginTwoFactorResult")]
ConfirmTwoFactorResult = Annotated[
    ConfirmTwoFactorPayload | InvalidInput | Conflict | NotPermitted, strawberry.union("ConfirmTwoFactorResult")
]
DisableTwoFactorResult = Annotated[
    DisableTwoFactorPayload | InvalidInput | Conflict | NotPermitted, strawberry.union("DisableTwoFactorResult")
]
ResetTwoFactorResult = Annotated[ResetTwoFactorPayload | NotFound | NotPermitted | Conflict, strawberry.union("ResetTwoFactorResult")]


async def _take_attempt(context: Context) -> None:
    """Codes are counted together with those of signing in. Raises Conflict beyond the limit."""
    viewer = context.viewer
    try:
        await take_attempt(context.services.limiter, code_key(viewer.account_id, viewer.user_id or 0), ATTEMPTS_A_CODE)
    except SignInRefused as refused:
        raise Impossible(refused.message) from refused


async def _forget_attempts(context: Context) -> None:
    await context.services.limiter.forget(code_key(context.viewer.account_id, context.viewer.user_id or 0))


@strawberry.type
class FactorMutation:
    @strawberry.mutation(
        extensions=[Mutates(Open.SIGNED_IN, in_person=True)],
        description="A new secret for an authenticator app. It counts once `confirmTwoFactor` has had a code of it.",
    )
    async def begin_two_factor(self, info: Info) -> BeginTwoFactorResult:
        context = info.context
        async with context.write() as session:
            made = await service.begin(session, context.viewer, context.services.sealers)
        return BeginTwoFactorPayload(secret=made.secret, uri=made.uri, qr=made.qr)

    @strawberry.mutation(
        extensions=[Mutates(Open.SIGNED_IN, in_person=True)],
        description="Signing in asks for a code from now on. The viewer's other sessions end.",
    )
    async def confirm_two_factor(self, info: Info, code: str) -> ConfirmTwoFactorResult:
        context = info.context
        await _take_attempt(context)
        async with context.write() as session:
            codes = await service.confirm(session, context.viewer, context.services.sealers, code)
            token = await renew(session, context)
        hand_out(context, token)
        await _forget_attempts(context)
        await context.renew()
        return ConfirmTwoFactorPayload(viewer=await viewer_here(context), recovery_codes=codes)

    @strawberry.mutation(
        extensions=[Mutates(Open.SIGNED_IN, in_person=True)],
        description="Signing in asks for no code any more. Needs a code; the viewer's other sessions end.",
    )
    async def disable_two_factor(self, info: Info, code: str) -> DisableTwoFactorResult:
        context = info.context
        await _take_attempt(context)
        async with context.write() as session:
            await service.disable(session, context.viewer, context.services.sealers, code)
            token = await renew(session, context)
        hand_out(context, token)
        await _forget_attempts(context)
        await context.renew()
        return DisableTwoFactorPayload(viewer=await viewer_here(context))

    @strawberry.mutation(
        extensions=[Mutates(AccountAction.USERS_EDIT, in_person=True)],
        description="Takes the second factor of somebody who has lost it, and ends their sessions.",
    )
    async def reset_two_factor(self, info: Info, user_id: strawberry.ID) -> ResetTwoFactorResult:
        context, number = info.context, local_id("User", user_id) or 0
        async with context.write() as session:
            await service.reset(session, context.viewer, user_id=number)
            await revoke_of_person(session, context.viewer, user_id=number, keep=context.caller.session_id)
        await context.renew()
        return ResetTwoFactorPayload(user=await noun(info, "User").load(info, number))
