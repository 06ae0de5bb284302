"""The figures of one role together, and the reasons where one is missing."""

from __future__ import annotations

from dataclasses import dataclass

from backend.analysis.figures import (
    MS_PER_MIN,
    interaction_share_pct,
    longest_spiel,
    patience_ms,
    talk_ms,
    talk_share_pct,
    words_known,
)
from backend.analysis.fillers import count_fillers, filler_phrases
from backend.analysis.sentiment import segment_words
from backend.analysis.stream import Streams
from backend.analysis.tokens import base_language, is_unspaced
from backend.analysis.types import Role, Skipped, Transcript
from backend.analysis.utterances import Speech, other_role


@dataclass(frozen=True, slots=True)
class RoleFigures:
    """Times in milliseconds, shares in percent, rates a minute of the role's speech."""

    talk_ms: int
    talk_share_pct: float | None
    interaction_share_pct: float | None
    longest_spiel_ms: int | None
    fillers_per_min: float | None
    words_per_min: float | None
    speed_unit: str
    patience_ms: float | None


def role_figures(transcript: Transcript, speech: Speech, role: Role, said: Streams) -> RoleFigures:
    """`said` holds the role's words as `streams` gives them."""
    spiel = longest_spiel(speech, transcript.holds, role)
    return RoleFigures(
        talk_ms=talk_ms(speech, role),
        talk_share_pct=talk_share_pct(speech, role),
        interaction_share_pct=interaction_share_pct(speech, role, transcript.duration_ms),
        longest_spiel_ms=None if spiel is None else spiel[0],
        fillers_per_min=_per_min(fillers(transcript, role, said), speech, role),
        words_per_min=_per_min(words(transcript, role), speech, role),
        speed_unit="characters" if is_unspaced(transcript.language) else "words",
        patience_ms=patience_ms(speech, transcript.holds, role),
    )


def words(transcript: Transcript, role: Role) -> int | None:
    """The role's words, those of no length too; None where some are unknown."""
    if not words_known(transcript, role):
        return None
    unspaced = is_unspaced(transcript.language)
    return sum(segment_words(segment, unspaced=unspaced) for segment in transcript.segments if segment.role == role)


def fillers(transcript: Transcript, role: Role, said: Streams) -> int | None:
    """The role's fillers; None where words are unknown, the engine drops fillers, or the language has no list."""
    drops = transcript.engine is not None and transcript.engine.keeps_fillers is False
    return None if drops or not words_known(transcript, role) else count_fillers(said, transcript.language)


def _per_min(count: int | None, speech: Speech, role: Role) -> float | None:
    spoken = talk_ms(speech, role)
    return None if count is None or not spoken else count * MS_PER_MIN / spoken


def skipped_rates(transcript: Transcript) -> list[Skipped]:
    """Why rates are missing, or are to be read with care."""
    unknown = [role for role in ("agent", "consumer") if not words_known(transcript, role)]
    found = [Skipped(f"{role}.words_per_min", "the words are unknown") for role in unknown]
    found += [Skipped(f"{role}.fillers_per_min", "the words are unknown") for role in unknown]
    engine = transcript.engine
    if not any(segment.text for segment in transcript.segments if segment.role != "other"):
        return found
    if filler_phrases(transcript.language) is None:
        found.append(Skipped("fillers_per_min", f"there is no list of fillers for the language {base_language(transcript.language)!r}"))
    elif engine is not None and engine.keeps_fillers is False:
        found.append(Skipped("fillers_per_min", f"the engine {engine.name} leaves fillers out of its transcripts"))
    elif engine is None or engine.keeps_fillers is None:
        found.append(Skipped("fillers_per_min", "it is unknown whether the engine keeps fillers, so the true figure may be higher"))
    return found


def skipped_figures(speech: Speech, role: Role, figures: RoleFigures) -> list[Skipped]:
    """Why figures of a role are missing for want of speech, turns or answers."""
    silent = not speech.utterances[role]
    other = other_role(role)
    reasons = {
        "talk_share_pct": "neither the agent nor the consumer speaks",
        "interaction_share_pct": "neither the agent nor the consumer speaks",
        "longest_spiel_ms": f"the {role} says nothing but short words while the {other} speaks",
        "patience_ms": f"the {role} never answers the {other}",
    }
    if silent:
        reasons |= dict.fromkeys(("longest_spiel_ms", "patience_ms", "words_per_min", "fillers_per_min"), f"the {role} does not speak")
    return [Skipped(f"{role}.{name}", reason) for name, reason in reasons.items() if getattr(figures, name) is None]
