"""The order of the work, and what a new interaction must be. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from backend.accounts.service import NewAgent
from backend.analysis.types import Hold, Role
from backend.errors import InvalidInput

STAGES = ("decode", "activity", "transcribe", "analyse", "index")
DONE, NONE = "done", "none"
MOST_ATTEMPTS = 4
"""How often a stage is begun before it counts as failed: a crash may be the stage's own doing."""
CHANNELS = ("voice", "video")
DIRECTIONS = ("inbound", "outbound")
ROLES = ("agent", "consumer", "other")
_LONGEST = 400


def next_stage(stage: str) -> str:
    """What comes after a stage. Raises ValueError for what is none."""
    following = (*STAGES, DONE)[STAGES.index(stage) + 1]
    return following


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a recording; `roles` are those of its channels, empty where nobody said."""

    path: Path
    name: str
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class TranscriptFile:
    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class NewInteraction:
    """What the contact centre knows of a conversation. Two one-sided recordings are two parts with one role each."""

    parts: tuple[Part, ...] = ()
    transcript: TranscriptFile | None = None
    external_id: str | None = None
    engagement_external_id: str | None = None
    agent: NewAgent | None = None
    consumer: str | None = None
    queue: str | None = None
    channel: str = "voice"
    direction: str | None = None
    language: str | None = None
    started_at: datetime | None = None
    holds: tuple[Hold, ...] = ()
    end_to_end_encrypted: bool = False
    consent: str | None = None


def check(new: NewInteraction) -> None:
    """Raises InvalidInput for the first thing that cannot be."""
    if not new.parts and new.transcript is None and not new.end_to_end_encrypted:
        raise InvalidInput("There is neither a recording nor a transcript: deliver at least one.", pointer="/input/recording")
    _one_of(new.channel, CHANNELS, "/input/channel")
    if new.direction is not None:
        _one_of(new.direction, DIRECTIONS, "/input/direction")
    if new.started_at is not None and new.started_at.tzinfo is None:
        raise InvalidInput("The start needs an offset, like 2026-11-02T09:00:00+01:00.", pointer="/input/startedAt", value=new.started_at)
    _check_texts(new)
    _check_holds(new.holds)
    _check_parts(new.parts)
    if new.language is not None:
        language_of(new.language)


def language_of(tag: str) -> str:
    """The primary subtag of a language tag, e.g. `en` of `en-GB`. Raises InvalidInput for what is no tag."""
    primary = tag.replace("_", "-").split("-")[0].lower()
    if not (primary.isascii() and primary.isalpha() and 2 <= len(primary) <= 3):
        raise InvalidInput("This is no language: write it like en or pt-BR.", pointer="/input/language", value=tag)
    return primary


def _one_of(value: str, allowed: Sequence[str], pointer: str) -> None:
    if value not in allowed:
        raise InvalidInput(f"Choose one of {', '.join(allowed)}.", pointer=pointer, value=value)


def _check_texts(new: NewInteraction) -> None:
    named = {
        "externalId": new.external_id, "engagementExternalId": new.engagement_external_id, "consumer": new.consumer,
        "queue": new.queue, "consent": new.consent,
    }  # fmt: skip
    if new.agent is not None:
        named |= {f"agent/{name}": value for name, value in _agent_texts(new.agent).items()}
        if not any((new.agent.external_id, new.agent.email, new.agent.name)):
            raise InvalidInput("An agent needs an external id, an email or a name.", pointer="/input/agent")
    for name, value in named.items():
        if value is None:
            continue
        if not value.strip() or "\0" in value:
            raise InvalidInput("This is empty: leave it out where it is unknown.", pointer=f"/input/{name}", value=value)
        if len(value) > _LONGEST:
            raise InvalidInput(f"This is longer than {_LONGEST} characters.", pointer=f"/input/{name}", value=value)


def _agent_texts(agent: NewAgent) -> dict[str, str | None]:
    return {"externalId": agent.external_id, "email": agent.email, "name": agent.name, "team": agent.team}


def _check_holds(holds: Sequence[Hold]) -> None:
    for index, hold in enumerate(holds):
        if hold.start_ms < 0:
            raise InvalidInput("A hold begins at 0 or later.", pointer=f"/input/holds/{index}/startMs", value=hold.start_ms)
        if hold.end_ms <= hold.start_ms:
            raise InvalidInput("A hold ends after it begins.", pointer=f"/input/holds/{index}/endMs", value=hold.end_ms)


def _check_parts(parts: Sequence[Part]) -> None:
    for part in parts:
        if any(role not in ROLES for role in part.roles):
            raise InvalidInput(f"Choose one of {', '.join(ROLES)}.", pointer="/input/channelRoles", value=part.roles)
    if len(parts) > 1 and [part.roles for part in parts] != [("agent",), ("consumer",)]:
        raise InvalidInput("Deliver one recording, or one of the agent and one of the consumer.", pointer="/input/recording")


def merged(holds: Sequence[Hold]) -> list[Hold]:
    """Overlapping and touching holds as one, in order."""
    result: list[Hold] = []
    for hold in sorted(holds, key=lambda each: (each.start_ms, each.end_ms)):
        if result and hold.start_ms <= result[-1].end_ms:
            result[-1] = Hold(result[-1].start_ms, max(result[-1].end_ms, hold.end_ms))
        else:
            result.append(hold)
    return result
