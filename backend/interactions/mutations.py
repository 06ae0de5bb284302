"""Taking interactions in, running their stages again, saying who a speaker is and which language is spoken."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from backend.accounts import repository as accounts
from backend.accounts.service import NewAgent
from backend.accounts.tables import Agent as AgentRow
from backend.analysis.types import Hold, Role
from backend.audit import service as audit
from backend.authz.actions import Action, Scope
from backend.db.session import ReadSession
from backend.errors import InvalidInput as Invalid
from backend.errors import NotFound as Missing
from backend.errors import NotPermitted as NotAllowed
from backend.graphql.context import Context, Info
from backend.graphql.errors import AnalysisOff, InvalidInput, NotFound, NotPermitted
from backend.graphql.ids import local_id
from backend.graphql.mutation import Mutates
from backend.graphql.nouns import noun
from backend.graphql.scalars import Milliseconds, Upload
from backend.graphql.uploads import UploadedFile
from backend.interactions import ingest as intake
from backend.interactions import loaders, service
from backend.interactions.enums import Channel, Direction
from backend.interactions.rules import NewInteraction, Part, TranscriptFile
from backend.media.types import SpeakerRole

if TYPE_CHECKING:
    from backend.api.types import Interaction

_ROLES: dict[SpeakerRole, Role] = {SpeakerRole.AGENT: "agent", SpeakerRole.CONSUMER: "consumer", SpeakerRole.OTHER: "other"}
_GONE = "There is no such interaction, or you may not do this to it."


@strawberry.input
class AgentInput:
    external_id: str | None = strawberry.UNSET
    email: str | None = strawberry.UNSET
    name: str | None = strawberry.UNSET
    team: str | None = strawberry.UNSET


@strawberry.input
class HoldInput:
    start_ms: Milliseconds
    end_ms: Milliseconds


@strawberry.input
class IngestInteractionInput:
    external_id: str | None = strawberry.UNSET
    engagement_external_id: str | None = strawberry.UNSET
    agent: AgentInput | None = strawberry.UNSET
    consumer: str | None = strawberry.UNSET
    queue: str | None = strawberry.UNSET
    channel: Channel = Channel.VOICE
    direction: Direction | None = strawberry.UNSET
    language: str | None = strawberry.UNSET
    started_at: datetime | None = strawberry.UNSET
    holds: list[HoldInput] | None = strawberry.UNSET
    end_to_end_encrypted: bool = False
    consent: str | None = strawberry.UNSET
    recording: Upload | None = strawberry.field(
        default=strawberry.UNSET, description="One recording with everybody on it, one or two channels, …"
    )
    channel_roles: list[SpeakerRole] | None = strawberry.field(
        default=strawberry.UNSET,
        description="… whose channels carry these roles (two-channel recordings; the first is the agent unless said) …",
    )
    agent_recording: Upload | None = strawberry.field(default=strawberry.UNSET, description="… or one recording a side.")
    consumer_recording: Upload | None = strawberry.UNSET
    transcript: Upload | None = strawberry.field(
        default=strawberry.UNSET, description="WebVTT, SRT, or JSON of Assay, AWS, Whisper, Deepgram or AssemblyAI."
    )


@strawberry.type
class IngestInteractionPayload:
    interaction: Annotated[Interaction, strawberry.lazy("backend.api.types")]
    created: bool = strawberry.field(description="False where the external id was known already.")


@strawberry.type
class RetryAnalysisPayload:
    interaction: Annotated[Interaction, strawberry.lazy("backend.api.types")]


@strawberry.input
class AssignSpeakerRoleInput:
    interaction_id: strawberry.ID
    speaker: str
    role: SpeakerRole


@strawberry.type
class AssignSpeakerRolePayload:
    interaction: Annotated[Interaction, strawberry.lazy("backend.api.types")]


@strawberry.input
class SetInteractionLanguageInput:
    interaction_id: strawberry.ID
    language: str = strawberry.field(description="One of the languages under Settings, e.g. `de`.")


@strawberry.type
class SetInteractionLanguagePayload:
    interaction: Annotated[Interaction, strawberry.lazy("backend.api.types")]


IngestInteractionResult = Annotated[
    IngestInteractionPayload | InvalidInput | NotPermitted | AnalysisOff, strawberry.union("IngestInteractionResult")
]
RetryAnalysisResult = Annotated[
    RetryAnalysisPayload | InvalidInput | NotFound | NotPermitted | AnalysisOff, strawberry.union("RetryAnalysisResult")
]
AssignSpeakerRoleResult = Annotated[
    AssignSpeakerRolePayload | InvalidInput | NotFound | NotPermitted | AnalysisOff, strawberry.union("AssignSpeakerRoleResult")
]
SetInteractionLanguageResult = Annotated[
    SetInteractionLanguagePayload | InvalidInput | NotFound | NotPermitted | AnalysisOff, strawberry.union("SetInteractionLanguageResult")
]


@strawberry.type
class InteractionMutation:
    @strawberry.mutation(
        extensions=[Mutates(Action.INTERACTION_INGEST)],
        description=(
            "Takes an interaction in: its facts, and its recording either as one file or as one file a side. The same external id twice\n"
            "changes nothing and returns the interaction that is there."
        ),
    )
    async def ingest_interaction(self, info: Info, input: IngestInteractionInput) -> IngestInteractionResult:
        context, services = info.context, info.context.services
        ports = intake.Intake(services.database, services.object_store, services.keys, services.sealers)
        new = new_interaction(input)
        await _within_reach(context, new.agent)
        done = await intake.ingest(ports, context.viewer, new)
        context.note("interaction.ingest", "Interaction", done.interaction_id, created=done.created)
        return IngestInteractionPayload(interaction=await _afterwards(info, done.interaction_id), created=done.created)

    @strawberry.mutation(
        extensions=[Mutates(Action.INTERACTION_RETRY)],
        description="Runs the stages again from the one that failed, or from the start of the analysis where it had ended.",
    )
    async def retry_analysis(self, info: Info, id: strawberry.ID) -> RetryAnalysisResult:
        context = info.context
        number = _number(id)
        async with context.services.database.writing(context.viewer.account_id) as session:
            await service.retry(session, context.viewer, interaction_id=number)
            _record(session, context, "interaction.retry", number)
        return RetryAnalysisPayload(interaction=await _afterwards(info, number))

    @strawberry.mutation(
        extensions=[Mutates(Action.INTERACTION_ASSIGN_ROLE)],
        description="Says who a speaker is; everything that depends on it is computed again.",
    )
    async def assign_speaker_role(self, info: Info, input: AssignSpeakerRoleInput) -> AssignSpeakerRoleResult:
        context = info.context
        number, role = _number(input.interaction_id), input.role.value
        async with context.services.database.writing(context.viewer.account_id) as session:
            await service.assign_role(session, context.viewer, interaction_id=number, speaker=input.speaker, role=role)
            _record(session, context, "interaction.assign_role", number, speaker=input.speaker, role=role)
        return AssignSpeakerRolePayload(interaction=await _afterwards(info, number))

    @strawberry.mutation(
        extensions=[Mutates(Action.INTERACTION_RETRY)],
        description="Says in which language a conversation is; it is transcribed and analysed again.",
    )
    async def set_interaction_language(self, info: Info, input: SetInteractionLanguageInput) -> SetInteractionLanguageResult:
        context = info.context
        number, language = _number(input.interaction_id), input.language
        async with context.services.database.writing(context.viewer.account_id) as session:
            await service.set_language(session, context.viewer, interaction_id=number, language=language)
            _record(session, context, "interaction.set_language", number, language=language)
        return SetInteractionLanguagePayload(interaction=await _afterwards(info, number))


def _record(session: Any, context: Context, action: str, number: int, **detail: Any) -> None:
    audit.record(session, context.viewer, action, "Interaction", number, address=context.caller.address, detail=detail)


def _number(id: str) -> int:
    number = local_id("Interaction", id)
    if number is None:
        raise Missing(_GONE)
    return number


async def _afterwards(info: Info, number: int) -> Interaction:
    """The interaction as the mutation left it."""
    row = await info.context.load(loaders.interactions, number)
    if row is None:
        raise NotAllowed(Action.INTERACTION_READ)
    changed: Interaction = noun(info, "Interaction").from_row(row)
    return changed


async def _within_reach(context: Context, agent: NewAgent | None) -> None:
    """Raises InvalidInput where the call's agent is, or would be, beyond the viewer's scope."""
    viewer = context.viewer
    scope = viewer.require(Action.INTERACTION_INGEST)
    if scope is Scope.ALL:
        return
    async with context.read() as session:
        known = await _known(session, viewer.account_id, agent)
        team = await accounts.team_by_name(session, viewer.account_id, agent.team) if agent and agent.team else None
    team_id = known.team_id if known else team.id if team else None
    led = scope is Scope.TEAM and team_id in viewer.team_ids
    if not (led or (known and known.id in viewer.agent_ids)):
        message = (
            "You take in the calls of agents in your teams: name such an agent, or a new one with one of your teams."
            if scope is Scope.TEAM
            else "You take in your own calls: name the agent that you are."
        )
        raise Invalid(message, pointer="/input/agent", value=agent and (agent.external_id or agent.email or agent.name))
    await context.renew()


async def _known(session: ReadSession, account_id: int, agent: NewAgent | None) -> AgentRow | None:
    found = None
    if agent and agent.external_id:
        found = await accounts.agent_by_external_id(session, account_id, agent.external_id)
    if agent and agent.email and not found:
        found = await accounts.agent_by_email(session, account_id, agent.email)
    return found


def new_interaction(given: IngestInteractionInput) -> NewInteraction:
    """The input as the value that ingest takes. Raises InvalidInput where a file is none."""
    transcript = _file(given.transcript, "/input/transcript")
    return NewInteraction(
        parts=_parts(given),
        transcript=TranscriptFile(transcript.path, transcript.name) if transcript else None,
        external_id=given.external_id or None,
        engagement_external_id=given.engagement_external_id or None,
        agent=_agent(given.agent or None),
        consumer=given.consumer or None,
        queue=given.queue or None,
        channel=given.channel.value,
        direction=given.direction.value if given.direction else None,
        language=given.language or None,
        started_at=given.started_at or None,
        holds=tuple(Hold(hold.start_ms, hold.end_ms) for hold in given.holds or []),
        end_to_end_encrypted=given.end_to_end_encrypted,
        consent=given.consent or None,
    )


def _agent(given: AgentInput | None) -> NewAgent | None:
    if given is None:
        return None
    return NewAgent(given.external_id or None, given.email or None, given.name or None, given.team or None)


def _parts(given: IngestInteractionInput) -> tuple[Part, ...]:
    whole = _file(given.recording, "/input/recording")
    agent = _file(given.agent_recording, "/input/agentRecording")
    consumer = _file(given.consumer_recording, "/input/consumerRecording")
    if whole and (agent or consumer):
        raise Invalid("Deliver one recording, or one recording a side, not both.", pointer="/input/recording", value=whole.name)
    if bool(agent) is not bool(consumer):
        missing = "consumerRecording" if agent else "agentRecording"
        raise Invalid("One recording a side needs both sides.", pointer=f"/input/{missing}")
    if agent and consumer:
        return Part(agent.path, agent.name, ("agent",)), Part(consumer.path, consumer.name, ("consumer",))
    roles = tuple(_ROLES[role] for role in given.channel_roles or [])
    return (Part(whole.path, whole.name, roles),) if whole else ()


def _file(value: Any, pointer: str) -> UploadedFile | None:
    if value is None or value is strawberry.UNSET:
        return None
    if not isinstance(value, UploadedFile):
        raise Invalid("Send this file as a part of a multipart request.", pointer=pointer)
    return value
