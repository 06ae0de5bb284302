"""The figures of a role: talk times, spiel, patience, response lag. Definitions: `definitions.py` says them in a reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median

from backend.analysis.constants import SPIEL_PAUSE_MS
from backend.analysis.intervals import Interval, overlap, total
from backend.analysis.types import Hold, Role, Transcript
from backend.analysis.utterances import Speech, Turn

MS_PER_MIN = 60_000


@dataclass(frozen=True, slots=True)
class Wait:
    """One change of speaker: from the end of one turn to the start of the next, less holds in between, at least 0."""

    start_ms: int
    end_ms: int
    wait_ms: int


def hold_intervals(holds: tuple[Hold, ...]) -> list[Interval]:
    return [(hold.start_ms, hold.end_ms) for hold in holds]


def talk_ms(speech: Speech, role: Role) -> int:
    return total(speech.intervals(role))


def talk_share_pct(speech: Speech, role: Role) -> float | None:
    """The role's share of what agent and consumer spoke together; None if nobody speaks."""
    both = talk_ms(speech, "agent") + talk_ms(speech, "consumer")
    return 100 * talk_ms(speech, role) / both if both else None


def interaction_share_pct(speech: Speech, role: Role, duration_ms: int) -> float | None:
    """The role's share of the whole interaction's time; None if nobody speaks."""
    nobody = not (speech.utterances["agent"] or speech.utterances["consumer"])
    return None if nobody or not duration_ms else 100 * talk_ms(speech, role) / duration_ms


def waits(speech: Speech, holds: tuple[Hold, ...], responder: Role) -> list[Wait]:
    """How long the responder waited at each change of speaker towards them."""
    pauses = hold_intervals(holds)
    found = []
    for before, after in pairwise(speech.turns):
        if after.role == responder:
            gap = after.start_ms - before.end_ms - overlap((before.end_ms, after.start_ms), pauses)
            found.append(Wait(before.end_ms, after.start_ms, max(0, gap)))
    return found


def patience_ms(speech: Speech, holds: tuple[Hold, ...], role: Role) -> float | None:
    found = [wait.wait_ms for wait in waits(speech, holds, role)]
    return fmean(found) if found else None


def response_lag_ms(speech: Speech, holds: tuple[Hold, ...]) -> float | None:
    """The consumer's median wait after the agent."""
    found = [wait.wait_ms for wait in waits(speech, holds, "consumer")]
    return float(median(found)) if found else None


def longest_spiel(speech: Speech, holds: tuple[Hold, ...], role: Role) -> tuple[int, Interval] | None:
    """Length, less holds inside, and place of the longest stretch; the first of equals. None where the role has no turn."""
    pauses = hold_intervals(holds)
    stretches = [stretch for turn in speech.turns if turn.role == role for stretch in _stretches(turn)]
    lengths = [(end - start - overlap((start, end), pauses), (start, end)) for start, end in stretches]
    return max(lengths, key=lambda found: (found[0], -found[1][0])) if lengths else None


def _stretches(turn: Turn) -> list[Interval]:
    """The turn, cut at pauses of more than 3,000 ms; a hold does not shorten a pause."""
    found: list[Interval] = []
    for utterance in turn.utterances:
        if found and utterance.start_ms - found[-1][1] <= SPIEL_PAUSE_MS:
            found[-1] = (found[-1][0], max(found[-1][1], utterance.end_ms))
        else:
            found.append((utterance.start_ms, utterance.end_ms))
    return found


def speaker_changes(speech: Speech) -> int:
    return max(0, len(speech.turns) - 1)


def words_known(transcript: Transcript, role: Role) -> bool:
    """Whether every segment of the role has its words."""
    return all(segment.text is not None for segment in transcript.segments if segment.role == role)
