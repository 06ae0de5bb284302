"""Tokens as clients see them: never their secret."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from backend.graphql.context import Info
from backend.graphql.ids import global_id
from backend.graphql.nouns import noun
from backend.identity.tokens import tables

if TYPE_CHECKING:
    from backend.api.types import User


@strawberry.enum
class ApiTokenKind(Enum):
    API = strawberry.enum_value("api", description="Acts as the person who made it, within its scopes, over GraphQL and media.")
    SCIM = strawberry.enum_value("scim", description="Lets an identity provider manage the account's people over SCIM.")


@strawberry.type
class ApiToken:
    id: strawberry.ID
    name: str
    kind: ApiTokenKind
    scopes: list[str] = strawberry.field(description="`read`, or names of permissions such as `interaction.ingest`, `account.users`.")
    hint: str = strawberry.field(description="The last characters of the secret.")
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None = strawberry.field(description="To the minute.")
    revoked_at: datetime | None
    owner_id: strawberry.Private[int | None]

    @strawberry.field(description="As whom it acts; null for SCIM, which acts for the account.")
    async def owner(self, info: Info) -> Annotated[User, strawberry.lazy("backend.api.types")] | None:
        owner: User | None = await noun(info, "User").load(info, self.owner_id) if self.owner_id is not None else None
        return owner

    @classmethod
    def from_row(cls, row: tables.ApiToken) -> ApiToken:
        return cls(
            id=global_id("ApiToken", row.id),
            name=row.name,
            kind=ApiTokenKind(row.kind),
            scopes=list(row.scopes),
            hint=row.hint,
            created_at=row.created_at,
            expires_at=row.expires_at,
            last_used_at=row.last_used_at,
            revoked_at=row.revoked_at,
            owner_id=row.user_id,
        )
