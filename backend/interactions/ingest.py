"""
An interaction arrives. Its recording goes sealed into the object store first; then everything else is one transaction, so that a
conversation is either there with all that belongs to it, or not at all. The same external id twice changes nothing.
"""

from __future__ import annotations

import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import IntegrityError

from backend.accounts import service as accounts
from backend.accounts.tables import Agent
from backend.authz.actions import Action
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.db.sealed import Sealers
from backend.db.session import Database, Session, next_id
from backend.errors import InvalidInput, MediaRefused
from backend.events import InteractionCreated, StageReady
from backend.infra.keys.base import KeyProvider
from backend.infra.object_store.base import ObjectStore
from backend.interactions import repository
from backend.interactions.rules import NONE, NewInteraction, Part, TranscriptFile, check, language_of, merged
from backend.interactions.tables import DeliveredTranscript, Engagement, HoldInterval, Interaction, Queue
from backend.interactions.transcripts import Delivered, read_delivered
from backend.media.tables import Recording
from backend.media.vault import DataKey, Vault
from backend.settings.rules import language_refusal
from backend.settings.service import require_analysis, settings_of

MOST_BYTES = 4 * 2**30
MOST_TRANSCRIPT_BYTES = 64 * 2**20
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Intake:
    """Where interactions are taken in."""

    db: Database
    store: ObjectStore
    keys: KeyProvider
    sealers: Sealers
    most_bytes: int = MOST_BYTES


@dataclass(frozen=True, slots=True)
class Ingested:
    """`created` is False where the external id was there already."""

    interaction_id: int
    created: bool


@dataclass(frozen=True, slots=True)
class _Sealed:
    """A recording in the object store, before a row names it."""

    key: DataKey
    parts: list[dict[str, Any]] = field(default_factory=list)


async def ingest(intake: Intake, actor: Actor, new: NewInteraction) -> Ingested:
    """Raises InvalidInput, MediaRefused, NotPermitted, AnalysisOff; then nothing is left behind."""
    actor.require(Action.INTERACTION_INGEST)
    check(new)
    async with intake.db.reading(actor.account_id) as session:
        await require_analysis(session, actor.account_id)
        known = await repository.by_external_id(session, actor.account_id, new.external_id) if new.external_id else None
    if known is not None:
        return Ingested(known, created=False)
    if new.end_to_end_encrypted:
        return await _write(intake, actor, new, None, None)
    data = _transcript_bytes(new.transcript) if new.transcript else None
    delivered = (data, read_delivered(data, new.transcript.name, language=new.language)) if data is not None and new.transcript else None
    return await _with_recording(intake, actor, new, delivered)


_Transcript = tuple[bytes, Delivered]


async def _with_recording(intake: Intake, actor: Actor, new: NewInteraction, delivered: _Transcript | None) -> Ingested:
    """Seals the parts, writes the rows, and takes the parts away again where the rows did not come to be."""
    vault = Vault(intake.store, intake.keys)
    sealed = _Sealed(await vault.new_key(actor.account_id)) if new.parts else None
    done: Ingested | None = None
    try:
        for index, part in enumerate(new.parts):
            assert sealed is not None
            sealed.parts.append(await _seal(intake, vault, actor.account_id, sealed.key, index, part))
        done = await _write(intake, actor, new, sealed, delivered)
        return done
    finally:
        if sealed is not None and (done is None or not done.created):
            for stored in sealed.parts:
                await vault.delete(stored["key"])


async def _seal(intake: Intake, vault: Vault, account_id: int, key: DataKey, index: int, part: Part) -> dict[str, Any]:
    size = part.path.stat().st_size
    if size == 0:
        raise MediaRefused(f"{part.name} is empty: there is nothing to analyse.")
    if size > intake.most_bytes:
        most = f"{intake.most_bytes // 2**20:,} MiB"
        raise MediaRefused(f"{part.name} has {size // 2**20:,} MiB, more than the {most} that are taken (MAX_UPLOAD_MB).")
    stored = await vault.put(account_id, key.key, f"original-{index}", part.path)
    facts = {"name": part.name[-200:], "key": stored.object_key, "size": stored.size, "sha256": stored.sha256}
    return facts | {"roles": list(part.roles)}


def _transcript_bytes(file: TranscriptFile) -> bytes:
    size = file.path.stat().st_size
    if size > MOST_TRANSCRIPT_BYTES:
        raise InvalidInput(f"A transcript has at most {MOST_TRANSCRIPT_BYTES // 2**20} MiB.", pointer="/input/transcript", value=file.name)
    return file.path.read_bytes()


async def _write(
    intake: Intake, actor: Actor, new: NewInteraction, sealed: _Sealed | None, delivered: _Transcript | None
) -> Ingested:  # fmt: skip
    """Tries again where another process made the same engagement, agent, queue or interaction in the same moment."""
    return await _again(lambda: _write_once(intake, actor, new, sealed, delivered))


async def _again(write: Callable[[], Awaitable[Ingested]]) -> Ingested:
    for _ in range(_TRIES - 1):
        try:
            return await write()
        except IntegrityError:
            continue
    return await write()


async def _write_once(
    intake: Intake, actor: Actor, new: NewInteraction, sealed: _Sealed | None, delivered: _Transcript | None
) -> Ingested:  # fmt: skip
    async with intake.db.writing(actor.account_id) as session:
        if new.external_id and (known := await repository.by_external_id(session, actor.account_id, new.external_id)):
            return Ingested(known, created=False)
        number = await next_id(session, "interaction")
        engagement = await _engagement(session, new.engagement_external_id)
        recording = await _recording(session, engagement.id, sealed) if sealed else None
        row = await _row(session, new, number, engagement.id, recording, delivered)
        session.add(row)
        await session.flush()
        if delivered is not None:
            await _keep_transcript(session, intake.sealers, number, delivered)
            if row.language_source == "detected":
                sure = delivered[1].language_confidence
                repository.note(session, number, "language_detected", language=row.language, confidence=sure, by="transcript")
        for hold in merged(new.holds):
            session.add(HoldInterval(account_id=actor.account_id, interaction_id=number, start_ms=hold.start_ms, end_ms=hold.end_ms))
        _tell(session, row)
    return Ingested(number, created=True)


async def _row(
    session: Session, new: NewInteraction, number: int, engagement_id: int, recording: Recording | None, delivered: _Transcript | None
) -> Interaction:  # fmt: skip
    now = utc_now()
    started = new.started_at or now
    agent = await accounts.upsert_agent(session, new.agent) if new.agent else None
    language, source = _language(new, delivered)
    unwanted = language_refusal(language, (await settings_of(session, session.account_id)).languages_off)
    never = new.end_to_end_encrypted
    return Interaction(
        account_id=session.account_id,
        id=number,
        engagement_id=engagement_id,
        position=await repository.last_position(session, session.account_id, engagement_id) + 1,
        external_id=new.external_id,
        agent_id=agent.id if agent else None,
        team_id=await _team(session, new, agent),
        queue_id=await _queue(session, new.queue) if new.queue else None,
        recording_id=recording.id if recording else None,
        channel=new.channel,
        direction=new.direction,
        consumer=new.consumer,
        language=language,
        language_source=source,
        started_at=started,
        day=started.astimezone(await accounts.zone_of(session, session.account_id)).date(),
        duration_ms=delivered[1].document["duration_ms"] if delivered and recording is None else None,
        end_to_end_encrypted=new.end_to_end_encrypted,
        consent=new.consent,
        stage=NONE if never or unwanted else "decode" if recording else "transcribe",
        failure=None if never else unwanted,
        changed_at=now,
    )


def _language(new: NewInteraction, delivered: _Transcript | None) -> tuple[str | None, str | None]:
    """Primary subtag and where it is from; a hint is believed over the transcript's own word."""
    if new.language:
        return language_of(new.language), "hinted"
    named = delivered[1].document.get("language") if delivered else None
    return (None, None) if named in (None, "und") or not delivered else (language_of(str(named)), delivered[1].language_source)


async def _team(session: Session, new: NewInteraction, agent: Agent | None) -> int | None:
    """The team at the time of the call: the one that was delivered, else the agent's now."""
    if new.agent is not None and new.agent.team:
        return (await accounts.team_named(session, new.agent.team)).id
    return agent.team_id if agent else None


async def _engagement(session: Session, external_id: str | None) -> Engagement:
    found = await repository.engagement_by_external_id(session, session.account_id, external_id) if external_id else None
    if found is None:
        found = Engagement(account_id=session.account_id, external_id=external_id, created_at=utc_now())
        session.add(found)
        await session.flush()
    return found


async def _queue(session: Session, name: str) -> int:
    found = await repository.queue_by_name(session, session.account_id, name)
    if found is None:
        found = Queue(account_id=session.account_id, name=name)
        session.add(found)
        await session.flush()
    return found.id


async def _recording(session: Session, engagement_id: int, sealed: _Sealed) -> Recording:
    row = Recording(
        account_id=session.account_id,
        engagement_id=engagement_id,
        provider_key=sealed.key.provider,
        wrapped_key=sealed.key.wrapped,
        parts={"originals": sealed.parts},
        created_at=utc_now(),
    )
    session.add(row)
    await session.flush()
    return row


async def _keep_transcript(session: Session, sealers: Sealers, number: int, delivered: _Transcript) -> None:
    sealer = await sealers.of(session, session.account_id)
    body = sealer.seal(zlib.compress(delivered[0]), table="delivered_transcript", column="body", row=number)
    session.add(DeliveredTranscript(account_id=session.account_id, interaction_id=number, format=delivered[1].format, body=body))


def _tell(session: Session, row: Interaction) -> None:
    repository.note(session, row.id, "received")
    session.emit(InteractionCreated(row.id))
    if row.stage == NONE:
        repository.note(session, row.id, "not_analysed", reason="language_off" if row.failure else "end_to_end_encrypted")
    else:
        session.emit(StageReady(row.id, row.stage))
