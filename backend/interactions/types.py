"""Interactions as clients see them. Higher domains add their fields in `backend.api.types`."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Self

import strawberry

from backend.accounts import loaders as accounts
from backend.accounts.types import Agent, Team
from backend.authz.actions import Action
from backend.graphql.context import Info
from backend.graphql.ids import global_id
from backend.graphql.nouns import Node, noun
from backend.graphql.scalars import BigInteger, Milliseconds
from backend.interactions import loaders, tables
from backend.interactions.enums import Channel, Direction, InteractionStatus, TagKind
from backend.interactions.status import ENDED, reason, status
from backend.interactions.visibility import permits
from backend.media.loaders import recordings
from backend.media.types import Media, SpeakerRole
from backend.settings.service import languages_on, settings_of

if TYPE_CHECKING:
    from backend.api.types import Interaction


@strawberry.type
class Queue(Node):
    id: strawberry.ID
    name: str

    @classmethod
    def from_row(cls, row: tables.Queue) -> Queue:
        return cls(id=global_id("Queue", row.id), name=row.name)


@strawberry.type
class Engagement(Node):
    id: strawberry.ID
    external_id: str | None
    number: strawberry.Private[int]

    @strawberry.field(description="In order, only those that the viewer may see.")
    async def interactions(self, info: Info) -> list[Annotated[Interaction, strawberry.lazy("backend.api.types")]]:
        rows = await info.context.load(loaders.siblings, self.number)
        return [noun(info, "Interaction").from_row(row) for row in rows]

    @classmethod
    def from_row(cls, row: tables.Engagement) -> Engagement:
        return cls(id=global_id("Engagement", row.id), external_id=row.external_id, number=row.id)


@strawberry.type
class InteractionProgress:
    interaction_id: strawberry.ID
    status: InteractionStatus
    percent: int | None = strawberry.field(description="Share of the running stage that is done, 0…100; null where it cannot be known.")
    reason: str | None = strawberry.field(description="Why it failed or is not analysed, in one sentence.")
    updated_at: datetime

    @classmethod
    def from_row(cls, row: tables.Interaction, percent: int | None = None) -> InteractionProgress:
        now = status(row)
        return cls(
            interaction_id=global_id("Interaction", row.id),
            status=InteractionStatus(now),
            # A figure that was sent while a stage ran may be heard after the end: of what has ended nothing is running.
            percent=None if now in ENDED else percent,
            reason=reason(row),
            updated_at=row.changed_at,
        )


@strawberry.type
class Speaker:
    id: str = strawberry.field(description="As in the transcript, e.g. `agent`, `channel-1`, `speaker-2`.")
    name: str | None
    role: SpeakerRole
    role_source: str = strawberry.field(description="`channel`, `delivered`, `inferred` or `manual`.")
    confidence: float | None

    @classmethod
    def from_row(cls, row: tables.SpeakerRole) -> Speaker:
        return cls(id=row.speaker, name=row.name, role=SpeakerRole(row.role), role_source=row.source, confidence=row.confidence)


@strawberry.type
class InteractionEvent:
    at: datetime
    what: str
    detail: str | None

    @classmethod
    def from_row(cls, row: tables.InteractionEvent) -> InteractionEvent:
        return cls(at=row.at, what=row.what, detail=": ".join(str(value) for value in row.detail.values() if value is not None) or None)


@strawberry.type
class InteractionTag:
    kind: TagKind
    id: strawberry.ID
    name: str
    count: int


@strawberry.type
class InteractionAbilities:
    play: bool
    read_transcript: bool
    retry: bool
    set_language: bool
    assign_speaker_role: bool


def _can_run_again(row: tables.Interaction) -> bool:
    """A call in a language that was off can be run once it is on."""
    ended = status(row)
    return ended in {"DONE", "FAILED"} or (ended == "NOT_ANALYSED" and row.failure is not None)


@strawberry.type
class InteractionFields(Node):
    """What this domain knows of an interaction."""

    row: strawberry.Private[tables.Interaction]
    percent: strawberry.Private[int | None]
    id: strawberry.ID
    number: BigInteger = strawberry.field(description="The number that people quote, e.g. 104218.")
    external_id: str | None
    position: int = strawberry.field(description="1 for the engagement's first interaction.")
    consumer: str | None
    channel: Channel
    direction: Direction | None
    language: str | None
    language_source: str | None = strawberry.field(
        description=(
            "`manual` (a person said it), `hinted` (it came with the recording), `delivered` (the transcript names it), `detected` (told\n"
            "from the sound or the words), `assumed`, or `uncertain`: looked for and not found, so that nothing was transcribed."
        )
    )
    started_at: datetime
    day: date
    duration_ms: Milliseconds | None
    offline: bool
    end_to_end_encrypted: bool
    consent: str | None = strawberry.field(description="The consent flag as the contact centre delivered it.")
    engagement_score: int | None
    sentiment_score: int | None
    without_words: bool = strawberry.field(
        description="True where the conversation was analysed from speech activity alone, for want of a transcript."
    )
    indicator_mentions: int

    @strawberry.field
    async def engagement(self, info: Info) -> Engagement:
        row = await info.context.load(loaders.engagements, self.row.engagement_id)
        assert row is not None
        return Engagement.from_row(row)

    @strawberry.field
    async def agent(self, info: Info) -> Agent | None:
        row = await info.context.load(accounts.agents, self.row.agent_id) if self.row.agent_id else None
        return Agent.from_row(row) if row else None

    @strawberry.field(description="The agent's team at the time of the call.")
    async def team(self, info: Info) -> Team | None:
        row = await info.context.load(accounts.teams, self.row.team_id) if self.row.team_id else None
        return Team.from_row(row) if row else None

    @strawberry.field
    async def queue(self, info: Info) -> Queue | None:
        row = await info.context.load(loaders.queues, self.row.queue_id) if self.row.queue_id else None
        return Queue.from_row(row) if row else None

    @strawberry.field
    def progress(self) -> InteractionProgress:
        return InteractionProgress.from_row(self.row, self.percent)

    @strawberry.field
    async def speakers(self, info: Info) -> list[Speaker]:
        return [Speaker.from_row(row) for row in await info.context.load(loaders.speakers, self.row.id)]

    @strawberry.field(description="The recording, for whoever may hear it.")
    async def media(self, info: Info) -> Media | None:
        if not await permits(info.context, Action.RECORDING_PLAY, self.row):
            return None
        row = await info.context.load(recordings, self.row.recording_id) if self.row.recording_id else None
        return Media.from_row(row, self.id) if row else None

    @strawberry.field(description="How sure the detection of the language was, 0…1; null where it was not detected.")
    async def language_confidence(self, info: Info) -> float | None:
        if self.row.language_source not in ("detected", "uncertain"):
            return None
        events = await info.context.load(loaders.history, self.row.id)
        found = [event.detail.get("confidence") for event in events if event.what == "language_detected"]
        return found[-1] if found else None

    @strawberry.field(
        description="What a viewer may say that the language is: those that the account has on; none for whoever may not say it."
    )
    async def language_choices(self, info: Info) -> list[str]:
        context = info.context
        if not _can_run_again(self.row) or not await permits(context, Action.INTERACTION_RETRY, self.row):
            return []
        async with context.read() as session:
            return languages_on(await settings_of(session, context.viewer.account_id))

    @strawberry.field(description="What has happened to this interaction, oldest first.")
    async def history(self, info: Info) -> list[InteractionEvent]:
        return [InteractionEvent.from_row(row) for row in await info.context.load(loaders.history, self.row.id)]

    @strawberry.field
    async def viewer_can(self, info: Info) -> InteractionAbilities:
        context, ended, again = info.context, status(self.row), _can_run_again(self.row)
        return InteractionAbilities(
            play=await permits(context, Action.RECORDING_PLAY, self.row),
            read_transcript=await permits(context, Action.TRANSCRIPT_READ, self.row),
            retry=again and await permits(context, Action.INTERACTION_RETRY, self.row),
            set_language=again and await permits(context, Action.INTERACTION_RETRY, self.row),
            assign_speaker_role=ended == "DONE" and await permits(context, Action.INTERACTION_ASSIGN_ROLE, self.row),
        )

    @classmethod
    def from_row(cls, row: tables.Interaction, percent: int | None = None) -> Self:
        same: dict[str, Any] = {name: getattr(row, name) for name in _SAME}
        return cls(
            row=row,
            percent=percent,
            id=global_id("Interaction", row.id),
            number=BigInteger(row.id),
            channel=Channel(row.channel),
            direction=Direction(row.direction) if row.direction else None,
            **same,
        )


_SAME = (
    "external_id", "position", "consumer", "language", "language_source", "started_at", "day", "duration_ms", "offline",
    "end_to_end_encrypted", "consent", "engagement_score", "sentiment_score", "without_words", "indicator_mentions",
)  # fmt: skip
