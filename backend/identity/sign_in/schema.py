"""Changing one's password, in the API."""

from __future__ import annotations

from typing import Annotated

import strawberry

from backend.errors import Conflict as Impossible
from backend.errors import SignInRefused
from backend.graphql.context import Info
from backend.graphql.errors import Conflict, InvalidInput, NotPermitted
from backend.graphql.mutation import Mutates, Open
from backend.identity import passwords
from backend.identity.renewal import hand_out, renew
from backend.identity.sign_in import password
from backend.identity.sign_in.service import ATTEMPTS_A_PERSON, take_attempt
from backend.identity.types import Viewer, viewer_here


@strawberry.input
class ChangePasswordInput:
    old: str
    new: str


@strawberry.type
class ChangePasswordPayload:
    viewer: Viewer


ChangePasswordResult = Annotated[ChangePasswordPayload | InvalidInput | Conflict | NotPermitted, strawberry.union("ChangePasswordResult")]


@strawberry.type
class PasswordMutation:
    @strawberry.mutation(
        extensions=[Mutates(Open.SIGNED_IN, in_person=True)],
        description="Changes the viewer's password. Their other sessions end, and this one goes on under a new cookie.",
    )
    async def change_password(self, info: Info, input: ChangePasswordInput) -> ChangePasswordResult:
        context, viewer = info.context, info.context.viewer
        key = f"password:{viewer.account_id}:{viewer.user_id}"
        try:
            await take_attempt(context.services.limiter, key, ATTEMPTS_A_PERSON)
        except SignInRefused as refused:
            raise Impossible(refused.message) from refused
        await password.check(context.services.database, viewer, password.Change(input.old, input.new))
        hashed = await passwords.hashed(input.new)
        async with context.write() as session:
            await password.store(session, viewer, hashed)
            token = await renew(session, context)
        hand_out(context, token)
        await context.services.limiter.forget(key)
        await context.renew()
        return ChangePasswordPayload(viewer=await viewer_here(context))
