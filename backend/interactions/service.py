"""What is done to an interaction after it has arrived: its stages, a retry, the roles of its speakers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from backend.authz.actions import Action
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.db.session import Session
from backend.errors import AssayError, InvalidInput, NotFound
from backend.events import InteractionChanged, StageReady
from backend.interactions import repository
from backend.interactions.rules import DONE, MOST_ATTEMPTS, NONE, ROLES
from backend.interactions.status import reason
from backend.interactions.tables import Interaction, SpeakerRole
from backend.interactions.visibility import visible_to
from backend.settings.rules import LANGUAGES, NO_ENGINE, language_refusal
from backend.settings.service import require_analysis, settings_of

REPEATED = "This stage was interrupted {times} times, so it is not begun again by itself. Look at the worker's log, then retry."


class Superseded(Exception):
    """The stage was finished by somebody else; this transaction must leave nothing."""


class NotAnalysed(AssayError):
    """What a stage raises where the account wants the conversation kept and not analysed; the message says why."""

    code = "not_analysed"


async def begin(session: Session, interaction_id: int, stage: str) -> Interaction | None:
    """
    Takes the interaction's stage up. None where there is nothing to do: another stage is due, or it has failed. One that was begun
    too often fails here.
    """
    row = await repository.interaction(session, session.account_id, interaction_id, lock=True)
    if row is None or row.stage != stage or row.failure is not None:
        return None
    if row.attempts >= MOST_ATTEMPTS:
        await fail(session, interaction_id, stage, REPEATED.format(times=row.attempts))
        return None
    await repository.begin(session, interaction_id, stage, utc_now())
    session.emit(InteractionChanged(interaction_id))
    return row


async def advance(session: Session, interaction_id: int, stage: str, following: str) -> None:
    """First statement of a stage's saving. Raises Superseded where the stage is no longer due."""
    if not await repository.advance(session, interaction_id, stage, following, utc_now()):
        raise Superseded
    if following not in (DONE, NONE):
        session.emit(StageReady(interaction_id, following))
    session.emit(InteractionChanged(interaction_id))


async def fail(session: Session, interaction_id: int, stage: str, reason: str) -> None:
    """Stops the interaction until a retry, with a sentence that says why."""
    if await repository.fail(session, interaction_id, stage, reason, utc_now()):
        repository.note(session, interaction_id, "failed", stage=stage, reason=reason)
        session.emit(InteractionChanged(interaction_id))


async def leave(session: Session, interaction_id: int, stage: str, reason: str) -> None:
    """Keeps the interaction without analysing it, or with the analysis that it had before."""
    row = await repository.interaction(session, session.account_id, interaction_id, lock=True)
    if row is None:
        return
    had = row.current_analysis_id is not None
    if await repository.leave(session, interaction_id, stage, DONE if had else NONE, None if had else reason, utc_now()):
        repository.note(session, interaction_id, "not_analysed", reason="language_off")
        session.emit(InteractionChanged(interaction_id))


async def retry(session: Session, actor: Actor, *, interaction_id: int) -> None:
    """
    Runs the stages again from the one that failed, or from the analysis where all had ended; from the first where its language was off
    and is on now. What runs already is left alone.
    """
    row = await _found(session, actor, interaction_id, Action.INTERACTION_RETRY)
    await _require_language(session, row, "/id")
    if row.stage == NONE and row.failure is None:
        raise InvalidInput(reason(row) or "This interaction is never analysed.", pointer="/id")
    if row.failure is None and row.stage != DONE:
        return
    first = "decode" if row.recording_id is not None else "transcribe"
    stage = {DONE: "analyse", NONE: first}.get(row.stage, row.stage)
    repository.note(session, row.id, "retried", stage=stage)
    await _restart(session, row, stage)


async def assign_role(session: Session, actor: Actor, *, interaction_id: int, speaker: str, role: str) -> None:
    """Says who a speaker is, for good; everything that depends on it is computed again."""
    if role not in ROLES:
        raise InvalidInput(f"Choose one of {', '.join(ROLES)}.", pointer="/input/role", value=role)
    row = await _found(session, actor, interaction_id, Action.INTERACTION_ASSIGN_ROLE)
    await _require_language(session, row, "/input/interactionId")
    known = {each.speaker: each for each in await repository.speaker_roles(session, actor.account_id, interaction_id)}
    if speaker not in known:
        raise InvalidInput(
            f"This conversation has the speakers {', '.join(known) or 'unknown yet'}.", pointer="/input/speaker", value=speaker
        )
    known[speaker].role, known[speaker].source, known[speaker].confidence = role, "manual", None
    repository.note(session, interaction_id, "role_assigned", speaker=speaker, role=role)
    if row.stage in (DONE, "index", "analyse"):
        await _restart(session, row, "analyse")


async def set_language(session: Session, actor: Actor, *, interaction_id: int, language: str) -> None:
    """
    Says in which language a conversation is, for good; it is transcribed again where it has a recording, and analysed. Raises InvalidInput
    for a language that the product does not have or the account has switched off, and while the conversation is being worked on.
    """
    row = await _found(session, actor, interaction_id, Action.INTERACTION_RETRY)
    settings = await require_analysis(session, session.account_id)
    if language not in LANGUAGES:
        raise InvalidInput(f"Choose among {', '.join(LANGUAGES)}.", pointer="/input/language", value=language)
    refusal = language_refusal(language, settings.languages_off)
    if refusal is not None:
        raise InvalidInput(refusal, pointer="/input/language", value=language)
    if row.stage == NONE and row.failure is None:
        raise InvalidInput(reason(row) or "This interaction is never analysed.", pointer="/input/interactionId")
    if row.stage not in (DONE, NONE) and row.failure is None:
        raise InvalidInput("This conversation is being worked on. Say its language when that has ended.", pointer="/input/interactionId")
    repository.note(session, interaction_id, "language_assigned", language=language)
    await repository.set_values(session, interaction_id, language=language, language_source="manual")
    first = row.stage in (NONE, "decode", "activity") and row.recording_id is not None
    await _restart(session, row, "decode" if first else "transcribe")


async def _require_language(session: Session, row: Interaction, pointer: str) -> None:
    """Raises AnalysisOff, or InvalidInput where the account has switched the interaction's language off."""
    settings = await require_analysis(session, session.account_id)
    refusal = language_refusal(row.language, settings.languages_off)
    if refusal is not None and not row.end_to_end_encrypted:
        raise InvalidInput(refusal, pointer=pointer, value=row.language)


async def save_roles(session: Session, interaction_id: int, roles: Sequence[SpeakerRole]) -> dict[str, str]:
    """
    Keeps who the speakers are, as found out now. What a person has assigned stays. Returns every speaker's role.
    """
    known = {each.speaker: each for each in await repository.speaker_roles(session, session.account_id, interaction_id)}
    for role in roles:
        before = known.pop(role.speaker, None)
        if before is None:
            session.add(role)
        elif before.source != "manual":
            before.role, before.source, before.confidence, before.name = role.role, role.source, role.confidence, role.name
    for gone in known.values():
        if gone.source != "manual":
            await session.delete(gone)
    await session.flush()
    return {each.speaker: each.role for each in await repository.speaker_roles(session, session.account_id, interaction_id)}


async def transcribe_again(session: Session, languages: Sequence[str]) -> list[int]:
    """
    Sends interactions without words through recognition, now that a model for their language is there, where the account wants speech
    recognised in it. Returns their ids.
    """
    settings = await settings_of(session, session.account_id)
    wanted = [] if settings.engine == NO_ENGINE else [each for each in languages if each not in settings.languages_off]
    rows = await repository.without_words(session, session.account_id, wanted)
    for row in rows:
        repository.note(session, row.id, "retranscribed", stage="transcribe")
        await _restart(session, row, "transcribe")
    return [row.id for row in rows]


async def _restart(session: Session, row: Interaction, stage: str) -> None:
    values: dict[str, Any] = {"stage": stage, "failure": None, "attempts": 0, "stage_started_at": None, "changed_at": utc_now()}
    await repository.set_values(session, row.id, **values)
    session.emit(StageReady(row.id, stage))
    session.emit(InteractionChanged(row.id))


async def _found(session: AsyncSession, actor: Actor, interaction_id: int, action: Action) -> Interaction:
    """The interaction, if the actor may do this to it; a foreign and a missing one are the same."""
    actor.require(action)
    query = select(Interaction).where(
        col(Interaction.account_id) == actor.account_id, col(Interaction.id) == interaction_id, visible_to(actor, action)
    )
    row = (await session.execute(query.with_for_update())).scalar_one_or_none()
    if row is None:
        raise NotFound("There is no such interaction.")
    return row
