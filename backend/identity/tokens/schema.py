"""Tokens in the API."""

from __future__ import annotations

from typing import Annotated

import strawberry

from backend.authz.actions import AccountAction
from backend.errors import InPersonOnly
from backend.graphql.context import Info
from backend.graphql.errors import Conflict, InvalidInput, NotFound, NotPermitted
from backend.graphql.ids import local_id
from backend.graphql.mutation import Mutates, Open
from backend.identity.tokens import service
from backend.identity.tokens.rules import Kind
from backend.identity.tokens.types import ApiToken, ApiTokenKind


@strawberry.input
class CreateTokenInput:
    name: str
    scopes: list[str] = strawberry.field(description="`read`, or permissions that the viewer holds; none for SCIM.")
    days: int = strawberry.field(description="1 to 366.")
    kind: ApiTokenKind = ApiTokenKind.API


@strawberry.type
class CreateTokenPayload:
    token: ApiToken
    secret: str = strawberry.field(description="Told this one time; only its hash is kept.")


@strawberry.type
class RevokeTokenPayload:
    token: ApiToken


@strawberry.type
class RotateSigningKeyPayload:
    tokens_kept: int = strawberry.field(description="Tokens that an older key signed; they count until they expire or are revoked.")


CreateTokenResult = Annotated[CreateTokenPayload | InvalidInput | Conflict | NotPermitted, strawberry.union("CreateTokenResult")]
RevokeTokenResult = Annotated[RevokeTokenPayload | NotFound | NotPermitted, strawberry.union("RevokeTokenResult")]
RotateSigningKeyResult = Annotated[RotateSigningKeyPayload | NotPermitted, strawberry.union("RotateSigningKeyResult")]


@strawberry.type
class TokenQuery:
    @strawberry.field(description="The viewer's own tokens, newest first; those that ended in the last 90 days too.")
    async def my_tokens(self, info: Info) -> list[ApiToken]:
        if info.context.viewer.token_id is not None:
            raise InPersonOnly
        async with info.context.read() as session:
            return [ApiToken.from_row(row) for row in await service.listed(session, info.context.viewer, everybodys=False)]

    @strawberry.field(description="Every token of the account. Needs account.identity.")
    async def account_tokens(self, info: Info) -> list[ApiToken]:
        async with info.context.read() as session:
            return [ApiToken.from_row(row) for row in await service.listed(session, info.context.viewer, everybodys=True)]


@strawberry.type
class TokenMutation:
    @strawberry.mutation(
        extensions=[Mutates(Open.SIGNED_IN, in_person=True)],
        description="A token that acts as the viewer within its scopes, or one for SCIM, which needs account.identity.",
    )
    async def create_token(self, info: Info, input: CreateTokenInput) -> CreateTokenResult:
        context, new = info.context, service.NewToken(input.name, input.scopes, input.days, Kind[input.kind.name])
        async with context.write() as session:
            row, secret = await service.create(session, context.viewer, context.services.sealers, new)
        return CreateTokenPayload(token=ApiToken.from_row(row), secret=secret)

    @strawberry.mutation(
        extensions=[Mutates(Open.SIGNED_IN)], description="Ends a token of one's own at once, or any with account.identity."
    )
    async def revoke_token(self, info: Info, id: strawberry.ID) -> RevokeTokenResult:
        context = info.context
        async with context.write() as session:
            row = await service.revoke(session, context.viewer, token_id=local_id("ApiToken", id) or 0)
        return RevokeTokenPayload(token=ApiToken.from_row(row))

    @strawberry.mutation(
        extensions=[Mutates(AccountAction.IDENTITY_EDIT)],
        description="A new key signs tokens from now on. The old one verifies until the last of its tokens has ended.",
    )
    async def rotate_signing_key(self, info: Info) -> RotateSigningKeyResult:
        context = info.context
        async with context.write() as session:
            kept = await service.rotate(session, context.viewer, context.services.sealers)
        return RotateSigningKeyPayload(tokens_kept=kept)
