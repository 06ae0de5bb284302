"""Sessions in the API."""

from __future__ import annotations

from typing import Annotated

import strawberry

from backend.authz.actions import AccountAction
from backend.graphql.context import Info
from backend.graphql.errors import NotFound, NotPermitted
from backend.graphql.ids import local_id
from backend.graphql.mutation import Mutates, Open
from backend.identity.sessions import service
from backend.identity.types import SignedInSession


@strawberry.type
class RevokeSessionPayload:
    id: strawberry.ID


@strawberry.type
class RevokeOtherSessionsPayload:
    ended: int


@strawberry.type
class RevokeUserSessionsPayload:
    ended: int


RevokeSessionResult = Annotated[RevokeSessionPayload | NotFound | NotPermitted, strawberry.union("RevokeSessionResult")]
RevokeOtherSessionsResult = Annotated[RevokeOtherSessionsPayload | NotPermitted, strawberry.union("RevokeOtherSessionsResult")]
RevokeUserSessionsResult = Annotated[RevokeUserSessionsPayload | NotFound | NotPermitted, strawberry.union("RevokeUserSessionsResult")]


@strawberry.type
class SessionQuery:
    @strawberry.field(description="Where the viewer is signed in, the session used last first.")
    async def my_sessions(self, info: Info) -> list[SignedInSession]:
        context = info.context
        async with context.read() as session:
            rows = await service.own(session, context.viewer)
        return [SignedInSession.from_row(row, context.caller.session_id) for row in rows]

    @strawberry.field(description="Where a person is signed in. Needs account.users.")
    async def user_sessions(self, info: Info, user_id: strawberry.ID) -> list[SignedInSession]:
        context = info.context
        async with context.read() as session:
            rows = await service.of_person(session, context.viewer, user_id=local_id("User", user_id) or 0)
        return [SignedInSession.from_row(row, context.caller.session_id) for row in rows]


@strawberry.type
class SessionMutation:
    @strawberry.mutation(
        extensions=[Mutates(Open.SIGNED_IN, in_person=True)],
        description="Ends a session of one's own at once, or with account.users another's; its sockets are closed.",
    )
    async def revoke_session(self, info: Info, id: strawberry.ID) -> RevokeSessionResult:
        context = info.context
        async with context.write() as session:
            await service.revoke(session, context.viewer, session_id=local_id("Session", id) or 0)
        return RevokeSessionPayload(id=id)

    @strawberry.mutation(
        extensions=[Mutates(Open.SIGNED_IN, in_person=True)], description="Ends all of the viewer's sessions but the present one."
    )
    async def revoke_other_sessions(self, info: Info) -> RevokeOtherSessionsResult:
        context = info.context
        async with context.write() as session:
            ended = await service.revoke_others(session, context.viewer, keep=context.caller.session_id)
        return RevokeOtherSessionsPayload(ended=ended)

    @strawberry.mutation(
        extensions=[Mutates(AccountAction.USERS_EDIT)], description="Ends all sessions of a person; of oneself, all but the present one."
    )
    async def revoke_user_sessions(self, info: Info, user_id: strawberry.ID) -> RevokeUserSessionsResult:
        context = info.context
        async with context.write() as session:
            number = local_id("User", user_id) or 0
            ended = await service.revoke_of_person(session, context.viewer, user_id=number, keep=context.caller.session_id)
        return RevokeUserSessionsPayload(ended=ended)
