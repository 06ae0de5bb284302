"""
The transcript of an interaction as the interchange document, and who its speakers are.

A delivered transcript is used where the account says so; else speech is recognised where a model for the language is installed; else the
segments are those of the speech activity and their words are unknown. The language is the one that a person said; or that came with the
recording, unless the sound clearly tells another; or what the sound tells; else it is assumed. Where it stays uncertain nothing is
transcribed: no words are better than false ones.
"""

from __future__ import annotations

import asyncio
import zlib
from dataclasses import dataclass, field, replace
from typing import Any

from backend.accounts import repository as accounts
from backend.analyses import service as analyses
from backend.analyses.service import Intervals
from backend.analysis.reading import read_transcript, write_segment, write_transcript
from backend.analysis.types import Engine, Segment
from backend.interactions import repository
from backend.interactions.service import NotAnalysed
from backend.interactions.tables import HoldInterval, Interaction, SpeakerRole
from backend.interactions.transcripts import read_delivered
from backend.media.decoding import Decoded
from backend.settings.rules import LANGUAGES, NO_ENGINE, language_refusal
from backend.settings.service import settings_of
from backend.settings.tables import AccountSettings
from workers.asr.identification import Heard, contradicts
from workers.deps import Engines
from workers.diarization.assign import Call, Said, assign
from workers.recognition import recognize
from workers.runner import Work
from workers.sound import opened
from workers.speakers import MIXED, pairs
from workers.spoken import believed, listen

Document = dict[str, Any]
UNKNOWN = "und"
GUESSED = frozenset({"assumed", "uncertain"})
"""Where a language is from that nobody said and nothing told: it is looked for again."""
BY_HAND = "manual"
_FILES = {"vtt": "vtt", "webvtt": "vtt", "srt": "srt"}
_CHANNELS = ("agent", "consumer", "other")


@dataclass(frozen=True, slots=True)
class Wording:
    """`columns` are what it tells about the interaction itself, `heard` which language was told from the sound."""

    document: Document
    source: str
    roles: list[SpeakerRole]
    columns: dict[str, Any] = field(default_factory=dict)
    heard: Heard | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """What is in the database before."""

    settings: AccountSettings
    delivered: tuple[str, bytes] | None
    holds: list[HoldInterval]
    detector: str
    speakers: Intervals
    agent: str | None


async def word(work: Work) -> Wording:
    """Raises NotAnalysed where the account has switched the conversation's language off."""
    known = await _load(work)
    refusal = language_refusal(work.row.language, known.settings.languages_off)
    if refusal is not None:
        raise NotAnalysed(refusal)
    if known.delivered is not None:
        return _delivered(work.row, known, known.delivered)
    if work.row.recording_id is None or known.settings.engine == NO_ENGINE:
        return _wordless(work.row, known, work.row.language)
    installed = work.deps.engines.recognizer.languages()
    declared = None if work.row.language_source in GUESSED else work.row.language
    if declared is not None and declared not in installed:
        return _wordless(work.row, known, declared)
    if declared is None and not installed and not _can_tell(work.deps.engines):
        return _wordless(work.row, known, work.row.language)
    return await _from_sound(work, known, declared)


def _can_tell(engines: Engines) -> bool:
    return engines.detector is not None and engines.detector.available()


async def _from_sound(work: Work, known: _Known, declared: str | None) -> Wording:
    engines, row = work.deps.engines, work.row
    wanted = [code for code in LANGUAGES if code not in known.settings.languages_off]
    async with opened(work, work.progress.part(0, 0.1)) as sound:
        if declared is not None and row.language_source == BY_HAND:
            return await _recognised(work, known, sound.decoded, declared)
        heard = await asyncio.to_thread(listen, engines, sound.decoded, row, known.speakers, wanted, trials=declared is None)
        if heard is None or (declared is not None and not contradicts(heard, declared)):
            return await _unheard(work, known, sound.decoded, declared)
        _require_on(heard, known.settings)
        if not heard.certain or heard.language not in engines.recognizer.languages():
            return _told(_wordless(row, known, heard.language if heard.certain else None), heard)
        return _told(await _recognised(work, known, sound.decoded, heard.language), heard)


async def _unheard(work: Work, known: _Known, decoded: Decoded, declared: str | None) -> Wording:
    """
    In the declared language; else in that of the only model, or English. What turns out to be in another one says so, and what reads like
    none is dropped.
    """
    installed = work.deps.engines.recognizer.languages() - set(known.settings.languages_off)
    only = next(iter(installed)) if len(installed) == 1 else "en" if "en" in installed else None
    language = declared or only
    if language is None:
        return _wordless(work.row, known, None)
    found = await _recognised(work, known, decoded, language)
    heard = believed(read_transcript(found.document).segments, language)
    if heard is None:
        return found if declared else replace(found, columns={"language": language, "language_source": "assumed"})
    _require_on(heard, known.settings)
    if not heard.certain:
        return _told(_wordless(work.row, known, None), heard)
    return _told(replace(found, document=found.document | {"language": heard.language}), heard)


def _require_on(heard: Heard, settings: AccountSettings) -> None:
    refusal = language_refusal(heard.language, settings.languages_off) if heard.certain else None
    if refusal is not None:
        raise NotAnalysed(refusal)


def _told(found: Wording, heard: Heard) -> Wording:
    """With what was heard about the language; a guess that is not certain names none."""
    language, source = (heard.language, "detected") if heard.certain else (None, "uncertain")
    return replace(found, columns=found.columns | {"language": language, "language_source": source}, heard=heard)


def _wordless(row: Interaction, known: _Known, language: str | None) -> Wording:
    """From the speech activity alone."""
    segments = [{"speaker": name, "start_ms": start, "end_ms": end, "text": None}
                for name, edges in known.speakers.items() for start, end in pairs(edges)]  # fmt: skip
    return _own(row, known, segments, Engine(*_split(known.detector)), "activity", language or UNKNOWN)


async def _load(work: Work) -> _Known:
    row, account_id = work.row, work.account_id
    async with work.deps.db.reading(account_id) as session:
        sealer = await work.deps.sealers.of(session, account_id)
        file = await repository.delivered(session, account_id, row.id)
        settings = await settings_of(session, account_id)
        used = settings.use_delivered_transcripts or row.recording_id is None
        delivered = None
        if file is not None and used:
            data = zlib.decompress(sealer.open(file.body, table="delivered_transcript", column="body", row=row.id))
            delivered = (file.format, data)
        detector, speakers = await analyses.load_activity(session, account_id, row.id)
        agent = await accounts.agent(session, account_id, row.agent_id) if row.agent_id else None
        holds = await repository.holds(session, account_id, row.id)
        return _Known(settings, delivered, holds, detector, speakers, agent.name if agent else None)


def _delivered(row: Interaction, known: _Known, file: tuple[str, bytes]) -> Wording:
    kind, data = file
    document = read_delivered(data, f"delivered.{_FILES.get(kind, 'json')}", language=row.language).document
    if row.language_source == BY_HAND:
        document["language"] = row.language
    named = {each["id"]: each.get("name") for each in document["speakers"]}
    told = any(each["role"] != "other" for each in document["speakers"])
    roles = (
        [_role(row, each["id"], each["role"], "delivered", name=each.get("name")) for each in document["speakers"]]
        if told
        else _inferred(row, known, document["segments"], named, document["language"])
    )
    whole = max(row.duration_ms or 0, document["duration_ms"])
    columns: dict[str, Any] = {} if row.duration_ms else {"duration_ms": whole}
    return Wording(_whole(document | {"duration_ms": whole}, known.holds), "delivered", roles, columns)


async def _recognised(work: Work, known: _Known, decoded: Decoded, language: str) -> Wording:
    recognizer = work.deps.engines.recognizer
    spoken: list[Segment] = await asyncio.to_thread(
        recognize, work.deps.engines, decoded, work.row, known.speakers, language, work.progress.part(0.1, 1)
    )
    return _own(work.row, known, [write_segment(each) for each in spoken], recognizer.engine(language), "recognised", language)


def _own(row: Interaction, known: _Known, segments: list[Document], engine: Engine, source: str, language: str) -> Wording:
    """A transcript of our own making; speakers are channels, or told apart by a diariser."""
    by_channel = all(name.split("-")[0] in _CHANNELS for name in known.speakers)
    if list(known.speakers) == [MIXED]:
        roles = [_role(row, MIXED, "other", "inferred")]
    elif by_channel:
        roles = [_role(row, name, name.split("-")[0], "channel", name=_person(row, known, name)) for name in known.speakers]
    else:
        roles = _inferred(row, known, segments, dict.fromkeys(known.speakers), language)
    document = {
        "language": language,
        "duration_ms": row.duration_ms or 0,
        "engine": {"name": engine.name, "version": engine.version, "keeps_fillers": engine.keeps_fillers},
        "speakers": [{"id": role.speaker, "role": role.role, "name": role.name} for role in roles],
        "segments": segments,
    }
    return Wording(_whole(document, known.holds), source, roles)


def _person(row: Interaction, known: _Known, channel: str) -> str | None:
    return {"agent": known.agent, "consumer": row.consumer}.get(channel)


def _inferred(
    row: Interaction, known: _Known, segments: list[Document], named: dict[str, str | None], language: str
) -> list[SpeakerRole]:  # fmt: skip
    said = [Said(each["speaker"], each["start_ms"], each["end_ms"], each["text"]) for each in segments]
    call = Call(known.agent, row.consumer, row.direction == "outbound", language)
    found = assign(said, names=named, known=call)
    return [_role(row, speaker, each.role, "inferred", each.confidence, named.get(speaker)) for speaker, each in found.items()]


def _role(
    row: Interaction, speaker: str, role: str, source: str, confidence: float | None = None, name: str | None = None
) -> SpeakerRole:  # fmt: skip
    return SpeakerRole(
        account_id=row.account_id, interaction_id=row.id, speaker=speaker, role=role, source=source, confidence=confidence, name=name
    )


def _whole(document: Document, holds: list[HoldInterval]) -> Document:
    """With the holds that the contact centre reported, sorted as the analysis sorts: positions mean the same everywhere."""
    reported = [{"start_ms": hold.start_ms, "end_ms": hold.end_ms} for hold in holds]
    return write_transcript(read_transcript(document | {"holds": [*(document.get("holds") or []), *reported]}))


def with_roles(document: Document, roles: dict[str, str]) -> Document:
    """The same conversation with its speakers in these roles."""
    speakers = [each | {"role": roles.get(each["id"], each["role"])} for each in document["speakers"]]
    return document | {"speakers": speakers}


def _split(detector: str) -> tuple[str, str]:
    name, _, version = detector.partition(" ")
    return name or "none", version
