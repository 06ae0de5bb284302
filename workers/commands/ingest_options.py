"""From the options of `assay ingest` to interactions. Pure but for the names of files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

from backend.accounts.service import NewAgent
from backend.analysis.types import Hold, Role
from backend.errors import InvalidInput
from backend.interactions.rules import ROLES, NewInteraction, Part, TranscriptFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The options as they were typed."""

    files: Sequence[Path]
    agent: Path | None = None
    consumer: Path | None = None
    transcript: Path | None = None
    external_id: str | None = None
    engagement: str | None = None
    agent_id: str | None = None
    agent_email: str | None = None
    agent_name: str | None = None
    team: str | None = None
    consumer_name: str | None = None
    queue: str | None = None
    channel: str = "voice"
    direction: str | None = None
    language: str | None = None
    started_at: str | None = None
    holds: Sequence[str] = ()
    channel_roles: str | None = None
    consent: str | None = None
    end_to_end_encrypted: bool = False


def interactions(given: Given) -> list[NewInteraction]:
    """Raises InvalidInput, naming the option, where they do not fit together."""
    recordings = _recordings(given)
    if len(recordings) > 1:
        for option, value in (("external-id", given.external_id), ("transcript", given.transcript)):
            if value is not None:
                raise InvalidInput("This belongs to one interaction: take the files in one by one.", pointer=f"--{option}", value=value)
    return [_one(given, parts) for parts in recordings]


def _recordings(given: Given) -> list[tuple[Part, ...]]:
    if given.agent is None and given.consumer is None:
        roles = _roles(given.channel_roles)
        if not given.files and given.transcript is None and not given.end_to_end_encrypted:
            raise InvalidInput("Name a recording, both sides of one, or a transcript.", pointer="FILE")
        return [(Part(path, path.name, roles),) for path in given.files] or [()]
    if given.files:
        raise InvalidInput("Give one recording, or one a side, not both.", pointer="FILE", value=given.files[0])
    if given.agent is None or given.consumer is None:
        missing = "consumer" if given.consumer is None else "agent"
        raise InvalidInput("One recording a side needs both sides.", pointer=f"--{missing}")
    return [(Part(given.agent, given.agent.name, ("agent",)), Part(given.consumer, given.consumer.name, ("consumer",)))]


def _one(given: Given, parts: tuple[Part, ...]) -> NewInteraction:
    named = (given.agent_id, given.agent_email, given.agent_name)
    if given.team is not None and not any(named):
        raise InvalidInput("A team is an agent's: say whose with --agent-id or --agent-email.", pointer="--team", value=given.team)
    return NewInteraction(
        parts=parts,
        transcript=TranscriptFile(given.transcript, given.transcript.name) if given.transcript else None,
        external_id=given.external_id,
        engagement_external_id=given.engagement,
        agent=NewAgent(*named, given.team) if any(named) else None,
        consumer=given.consumer_name,
        queue=given.queue,
        channel=given.channel,
        direction=given.direction,
        language=given.language,
        started_at=_instant(given.started_at),
        holds=tuple(_hold(text) for text in given.holds),
        end_to_end_encrypted=given.end_to_end_encrypted,
        consent=given.consent,
    )


def _roles(text: str | None) -> tuple[Role, ...]:
    roles = tuple(part.strip() for part in text.split(",")) if text else ()
    if any(role not in ROLES for role in roles):
        raise InvalidInput(f"Write roles out of {', '.join(ROLES)}, like consumer,agent.", pointer="--channel-roles", value=text)
    return cast(tuple[Role, ...], roles)


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput("Write it like 2026-11-02T09:00:00+01:00.", pointer="--started-at", value=text) from error


def _hold(text: str) -> Hold:
    start, _, end = text.partition("-")
    if not (start.isdigit() and end.isdigit()):
        raise InvalidInput("Write a hold like 30000-42000, in milliseconds.", pointer="--hold", value=text)
    return Hold(int(start), int(end))
