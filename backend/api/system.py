"""What this installation is made of."""

from __future__ import annotations

import asyncio

import strawberry

from backend.graphql.context import Info
from backend.infra.installation import Component, Installation, installation


@strawberry.type
class SystemComponent:
    kind: str = strawberry.field(
        description="`asr`, `language`, `diarization`, `activity`, `embeddings`, `translation`, `sentiment`, `topics` or `summary`"
    )
    name: str
    version: str | None
    available: bool
    languages: list[str]
    missing: str | None = strawberry.field(description="What its absence means, in one sentence; null where it is there.")
    remedy: str | None = strawberry.field(description="The command that adds it.")

    @classmethod
    def of(cls, part: Component) -> SystemComponent:
        return cls(
            kind=part.kind,
            name=part.name,
            version=part.version,
            available=part.available,
            languages=list(part.languages),
            missing=part.missing,
            remedy=part.remedy,
        )


@strawberry.type
class System:
    version: str
    analyzer_version: str
    components: list[SystemComponent] = strawberry.field(
        description="Speech recognition, diarisation, language models: each with whether it is there and how to get it."
    )

    @classmethod
    def of(cls, found: Installation) -> System:
        parts = [SystemComponent.of(part) for part in found.components]
        return cls(version=found.version, analyzer_version=found.analyzer_version, components=parts)


@strawberry.type
class SystemQuery:
    @strawberry.field(description="The installation: version, speech engines, models, what is missing and how to add it.")
    async def system(self, info: Info) -> System:
        _ = info.context.viewer
        # It looks into folders.
        return System.of(await asyncio.to_thread(installation, info.context.services.config))
