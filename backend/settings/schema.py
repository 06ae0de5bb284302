"""Settings: a part of the account for everybody who acts on it, and the page of those who decide."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from backend.authz.actions import AccountAction
from backend.graphql.context import Info
from backend.graphql.errors import Conflict, InvalidInput, NotPermitted
from backend.graphql.mutation import Mutates
from backend.graphql.nouns import noun
from backend.graphql.scalars import Milliseconds
from backend.settings import loaders, rules, service
from backend.settings.types import Thresholds, recognizers

if TYPE_CHECKING:
    from backend.api.types import Settings


@strawberry.type
class AccountSettingsFields:
    @strawberry.field
    async def analysis_enabled(self, info: Info) -> bool:
        return (await info.context.load(loaders.settings, info.context.viewer.account_id)).analysis_enabled

    @strawberry.field
    async def thresholds(self, info: Info) -> Thresholds:
        return Thresholds.from_row(await info.context.load(loaders.settings, info.context.viewer.account_id))


@strawberry.input(description="What is left out stays as it is.")
class UpdateSettingsInput:
    version: int = strawberry.field(description="That of the settings that were looked at.")
    analysis_enabled: bool | None = strawberry.UNSET
    silence_ms: Milliseconds | None = strawberry.UNSET
    silence_on: bool | None = strawberry.UNSET
    crosstalk_ms: Milliseconds | None = strawberry.UNSET
    crosstalk_on: bool | None = strawberry.UNSET
    acknowledgement_required: bool | None = strawberry.UNSET
    acknowledgement_days: int | None = strawberry.UNSET
    retention_days: int | None = strawberry.field(default=strawberry.UNSET, description="Null: nothing is deleted because of its age.")
    engine: str | None = strawberry.field(default=strawberry.UNSET, description="The key of one that `engines` offers.")
    languages: list[str] | None = strawberry.field(default=strawberry.UNSET, description="All that are on.")
    use_delivered_transcripts: bool | None = strawberry.UNSET

    def given(self) -> dict[str, Any]:
        """The settings that are not left out."""
        return {name: value for name in rules.NAMES if (value := getattr(self, name)) is not strawberry.UNSET}


@strawberry.type
class UpdateSettingsPayload:
    settings: Annotated[Settings, strawberry.lazy("backend.api.types")]


UpdateSettingsResult = Annotated[UpdateSettingsPayload | InvalidInput | NotPermitted | Conflict, strawberry.union("UpdateSettingsResult")]


async def _settings(info: Info) -> Settings:
    found: Settings = noun(info, "Settings").from_row(await info.context.load(loaders.settings, info.context.viewer.account_id))
    return found


@strawberry.type
class SettingsQuery:
    @strawberry.field(description="What the account has decided. Needs account.settings.")
    async def settings(self, info: Info) -> Annotated[Settings, strawberry.lazy("backend.api.types")]:
        info.context.viewer.require_account(AccountAction.SETTINGS_EDIT)
        return await _settings(info)


@strawberry.type
class SettingsMutation:
    @strawberry.mutation(
        extensions=[Mutates(AccountAction.SETTINGS_EDIT)],
        description="Changes settings, all or none; `effects` says from when on. A stale version is a Conflict.",
    )
    async def update_settings(self, info: Info, input: UpdateSettingsInput) -> UpdateSettingsResult:
        context = info.context
        engines = {*await asyncio.to_thread(recognizers, info), rules.NO_ENGINE}
        async with context.services.database.writing(context.viewer.account_id) as session:
            await service.update(
                session, context.viewer, input.given(), version=input.version, engines=engines, address=context.caller.address
            )
        return UpdateSettingsPayload(settings=await _settings(info))
