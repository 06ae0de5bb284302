"""
Utterances, backchannels and turns.

An utterance is a run of one role's words; it ends at a pause of more than 1,000 ms, or at a shorter one in which the other role
begins and ends a word or a wordless segment. Words of no length are words and no speech: they count in the utterance in which they lie,
and neither make, lengthen nor cut one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from backend.analysis.constants import BACKCHANNEL_CHARACTERS, BACKCHANNEL_WORDLESS_MS, BACKCHANNEL_WORDS, UTTERANCE_PAUSE_MS
from backend.analysis.tokens import count_words, has_word, is_unspaced
from backend.analysis.types import Role, Segment, Transcript

SPEAKING: tuple[Role, Role] = ("agent", "consumer")


class Unit(NamedTuple):
    """
    The smallest piece of speech: a word with times, or a whole segment without. `words` is None where they are unknown. A named tuple:
    they are made by the ten thousand.
    """

    start_ms: int
    end_ms: int
    segment: int
    words: int | None


@dataclass(frozen=True, slots=True)
class Utterance:
    role: Role
    start_ms: int
    end_ms: int
    units: tuple[Unit, ...]

    @property
    def words(self) -> int | None:
        counts = [unit.words for unit in self.units if unit.words is not None]
        return sum(counts) if len(counts) == len(self.units) else None


@dataclass(frozen=True, slots=True)
class Turn:
    """A maximal run of one role's utterances that are no backchannels."""

    role: Role
    start_ms: int
    end_ms: int
    utterances: tuple[Utterance, ...]


@dataclass(frozen=True, slots=True)
class Speech:
    """Who spoke when. `utterances` holds everything that either role said, `turns` and `backchannels` share it out."""

    utterances: dict[Role, tuple[Utterance, ...]]
    turns: tuple[Turn, ...]
    backchannels: tuple[Utterance, ...]

    def intervals(self, role: Role) -> list[tuple[int, int]]:
        """The role's speech, disjoint and in order."""
        return [(utterance.start_ms, utterance.end_ms) for utterance in self.utterances[role]]


def segment_units(index: int, segment: Segment, *, unspaced: bool) -> list[Unit]:
    """The pieces of a segment, those of no length too. Pieces without a letter or digit are no words."""
    if segment.words is None:
        words = None if segment.text is None else count_words(segment.text, unspaced=unspaced)
        return [Unit(segment.start_ms, segment.end_ms, index, words)]
    return [
        Unit(word.start_ms, word.end_ms, index, count_words(word.text, unspaced=True) if unspaced else 1)
        for word in segment.words
        if has_word(word.text)
    ]


def find_speech(transcript: Transcript) -> Speech:
    """Who spoke when: utterances, turns, backchannels. Speakers of the role `other` count nowhere."""
    unspaced = is_unspaced(transcript.language)
    units: dict[Role, list[Unit]] = {"agent": [], "consumer": []}
    for index, segment in enumerate(transcript.segments):
        if segment.role in units:
            units[segment.role] += segment_units(index, segment, unspaced=unspaced)
    spoken = {role: sorted(unit for unit in units[role] if unit.end_ms > unit.start_ms) for role in SPEAKING}
    utterances = {
        role: _with_moments(
            _runs(role, spoken[role], Pieces(spoken[other_role(role)])), [unit for unit in units[role] if unit.end_ms == unit.start_ms]
        )
        for role in SPEAKING
    }
    backchannels = _backchannels(utterances, unspaced=unspaced)
    aside = {id(utterance) for utterance in backchannels}
    rest = [utterance for role in SPEAKING for utterance in utterances[role] if id(utterance) not in aside]
    return Speech({**utterances}, _turns(rest), tuple(backchannels))


def other_role(role: Role) -> Role:
    return "consumer" if role == "agent" else "agent"


class Pieces:
    """What the others say, sorted by start, for the question whether one of them speaks in a pause."""

    def __init__(self, spans: Sequence[tuple[int, int]] | Sequence[Unit]) -> None:
        self._spans = [(span[0], span[1]) for span in spans]
        self._starts = [start for start, _ in self._spans]

    def end_utterance(self, end: int, start: int) -> bool:
        """Whether the pause from `end` to `start` ends an utterance: it is long, or somebody begins and ends a piece in it."""
        if start - end > UTTERANCE_PAUSE_MS:
            return True
        index = bisect_left(self._starts, end)
        while index < len(self._spans) and self._starts[index] < start:
            if self._spans[index][1] <= start:
                return True
            index += 1
        return False


def _runs(role: Role, units: list[Unit], others: Pieces) -> list[Utterance]:
    found: list[Utterance] = []
    run: list[Unit] = []
    end = 0
    for unit in units:
        if run and others.end_utterance(end, unit.start_ms):
            found.append(_utterance(role, run))
            run = []
        end = max(end, unit.end_ms) if run else unit.end_ms
        run.append(unit)
    return [*found, _utterance(role, run)] if run else found


def _with_moments(utterances: list[Utterance], moments: list[Unit]) -> tuple[Utterance, ...]:
    """The utterances with the words of no length that lie in them, bounds included."""
    starts = [utterance.start_ms for utterance in utterances]
    inside: dict[int, list[Unit]] = {}
    for moment in moments:
        index = bisect_right(starts, moment.start_ms) - 1
        if index >= 0 and moment.start_ms <= utterances[index].end_ms and moment.words is not None:
            inside.setdefault(index, []).append(moment)
    for index, more in inside.items():
        utterances[index] = replace(utterances[index], units=(*utterances[index].units, *more))
    return tuple(utterances)


def _utterance(role: Role, units: list[Unit]) -> Utterance:
    return Utterance(role, units[0].start_ms, max(unit.end_ms for unit in units), tuple(units))


def _backchannels(utterances: dict[Role, tuple[Utterance, ...]], *, unspaced: bool) -> list[Utterance]:
    found = []
    for role in SPEAKING:
        others = utterances[other_role(role)]
        starts = [utterance.start_ms for utterance in others]
        for utterance in utterances[role]:
            # Utterances of a role are disjoint, so only the last one that starts no later can hold this one.
            before = bisect_left(starts, utterance.start_ms + 1) - 1
            if before >= 0 and _inside(utterance, others[before]) and _is_short(utterance, unspaced=unspaced):
                found.append(utterance)
    return sorted(found, key=lambda utterance: (utterance.start_ms, utterance.end_ms))


def _inside(inner: Utterance, outer: Utterance) -> bool:
    within = outer.start_ms <= inner.start_ms and inner.end_ms <= outer.end_ms
    return within and outer.end_ms - outer.start_ms > inner.end_ms - inner.start_ms


def _is_short(utterance: Utterance, *, unspaced: bool) -> bool:
    words = utterance.words
    if words is None:
        return utterance.end_ms - utterance.start_ms <= BACKCHANNEL_WORDLESS_MS
    return words <= (BACKCHANNEL_CHARACTERS if unspaced else BACKCHANNEL_WORDS)


def _turns(utterances: list[Utterance]) -> tuple[Turn, ...]:
    ordered = sorted(utterances, key=lambda utterance: (utterance.start_ms, utterance.end_ms, utterance.role))
    runs: list[list[Utterance]] = []
    for utterance in ordered:
        if runs and runs[-1][0].role == utterance.role:
            runs[-1].append(utterance)
        else:
            runs.append([utterance])
    return tuple(Turn(run[0].role, run[0].start_ms, max(u.end_ms for u in run), tuple(run)) for run in runs)
