"""What settings add to the account."""

from __future__ import annotations

import strawberry

from backend.graphql.context import Info
from backend.settings import loaders
from backend.settings.types import Thresholds


@strawberry.type
class AccountSettingsFields:
    @strawberry.field
    async def analysis_enabled(self, info: Info) -> bool:
        return (await info.context.load(loaders.settings, info.context.viewer.account_id)).analysis_enabled

    @strawberry.field
    async def thresholds(self, info: Info) -> Thresholds:
        return Thresholds.from_row(await info.context.load(loaders.settings, info.context.viewer.account_id))
