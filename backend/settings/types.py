"""An account's decisions as clients see them."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from backend.analysis.stemming import has_stemmer
from backend.graphql.context import Info
from backend.graphql.nouns import noun
from backend.graphql.scalars import Milliseconds
from backend.infra.installation import Component, installation
from backend.infra.models.catalogue import recognising
from backend.settings import rules, service, tables

if TYPE_CHECKING:
    from backend.api.types import User


@strawberry.type
class Thresholds:
    silence_ms: Milliseconds
    silence_on: bool
    crosstalk_ms: Milliseconds
    crosstalk_on: bool

    @classmethod
    def from_row(cls, row: tables.AccountSettings) -> Thresholds:
        return cls(
            silence_ms=Milliseconds(row.silence_ms),
            silence_on=row.silence_on,
            crosstalk_ms=Milliseconds(row.crosstalk_ms),
            crosstalk_on=row.crosstalk_on,
        )


@strawberry.type
class Acknowledgement:
    required: bool
    within_days: int


@strawberry.type
class Retention:
    days: int | None = strawberry.field(description="Null: nothing is deleted because of its age.")


@strawberry.type(description="An engine that the account can choose for the recognition of speech.")
class EngineChoice:
    key: str
    name: str
    version: str | None
    available: bool
    languages: list[str] = strawberry.field(description="Those for which a model is installed.")
    missing: str | None = strawberry.field(description="What its absence means, in one sentence; null where it is there.")
    remedy: str | None = strawberry.field(description="How to add it.")


@strawberry.type
class LanguageChoice:
    code: str
    name: str
    on: bool
    beta: bool = strawberry.field(description="Its quality has not been measured yet.")
    engine: str | None = strawberry.field(description="What recognises its speech now; null where nothing does.")
    models: list[str] = strawberry.field(description="Models of the catalogue that recognise it, the one to take first.")
    inflections: bool = strawberry.field(description="Whether keywords can be found in their inflected forms.")


@strawberry.type
class Transcription:
    engine: str
    engines: list[EngineChoice]
    languages: list[LanguageChoice]
    use_delivered_transcripts: bool


@strawberry.type
class SettingEffect:
    setting: str
    effect: str = strawberry.field(description="When a change takes effect, in words.")


@strawberry.type
class SettingsFields:
    """What this domain knows; higher domains add theirs in `backend.api.types`."""

    analysis_enabled: bool
    thresholds: Thresholds
    acknowledgement: Acknowledgement
    retention: Retention
    version: int = strawberry.field(description="Goes with a change: it is refused where somebody else was quicker.")
    updated_at: datetime
    row: strawberry.Private[tables.AccountSettings]

    @strawberry.field(description="Null where it was the program, or nobody yet.")
    async def updated_by(self, info: Info) -> Annotated[User, strawberry.lazy("backend.api.types")] | None:
        number = self.row.updated_by
        found: User | None = await noun(info, "User").load(info, number) if number else None
        return found

    @strawberry.field
    async def transcription(self, info: Info) -> Transcription:
        # It looks into folders.
        offered = await asyncio.to_thread(recognizers, info)
        return _transcription(self.row, offered)

    @strawberry.field(description="When a change of each setting takes effect.")
    def effects(self) -> list[SettingEffect]:
        return [SettingEffect(setting=setting, effect=effect) for setting, effect in rules.EFFECTS.items()]

    @classmethod
    def from_row(cls, row: tables.AccountSettings) -> SettingsFields:
        return cls(
            analysis_enabled=row.analysis_enabled,
            thresholds=Thresholds.from_row(row),
            acknowledgement=Acknowledgement(required=row.acknowledgement_required, within_days=row.acknowledgement_days),
            retention=Retention(days=row.retention_days),
            version=row.version,
            updated_at=row.updated_at,
            row=row,
        )


def recognizers(info: Info) -> dict[str, Component]:
    """The speech engines of this installation by key; nothing that only tests use is among them."""
    return {part.key: part for part in installation(info.context.services.config).components if part.kind == "asr" and part.key}


def _transcription(row: tables.AccountSettings, offered: dict[str, Component]) -> Transcription:
    chosen = offered.get(row.engine)
    on = set(service.languages_on(row))
    known = dict.fromkeys(chosen.languages, chosen.name) if chosen and chosen.available else {}
    return Transcription(
        engine=row.engine,
        engines=[*(_choice(key, part) for key, part in offered.items()), _NOTHING],
        languages=[
            LanguageChoice(
                code=code,
                name=name,
                on=code in on,
                beta=code not in rules.MEASURED,
                engine=known.get(code),
                models=recognising(code),
                inflections=has_stemmer(code),
            )
            for code, name in rules.LANGUAGES.items()
        ],
        use_delivered_transcripts=row.use_delivered_transcripts,
    )


def _choice(key: str, part: Component) -> EngineChoice:
    return EngineChoice(
        key=key,
        name=part.name,
        version=part.version,
        available=part.available,
        languages=list(part.languages),
        missing=part.missing,
        remedy=part.remedy,
    )


_NOTHING = EngineChoice(
    key=rules.NO_ENGINE, name="No speech recognition", version=None, available=True, languages=[], missing=None, remedy=None
)
