"""The port: some seconds of speech in, how likely each language is out. And what is decided from that. Pure but for the port."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from workers.asr.base import Interval, Sound

SURE = 0.6
"""A language is named from here on; below, the conversation is analysed without words rather than with false ones. Not fitted."""
SURER = 0.9
"""What the sound must be sure of to outweigh a language that was delivered with the recording."""
_FAIR_SHARE = 0.5
_NEIGHBOURS = (frozenset({"da", "no", "sv"}), frozenset({"uk", "ru", "be"}), frozenset({"es", "pt", "gl", "ca"}), frozenset({"hi", "ur"}),
               frozenset({"zh", "yue"}), frozenset({"nl", "af"}))  # fmt: skip
"""Languages that are taken for each other."""
LEAST_MS = 3_000
"""With less speech nothing is told."""
WINDOW_MS = 10_000
WINDOWS = 3
_PLACES = (0.1, 0.45, 0.8)
"""Where in the speech the windows begin: an announcement at the start may be in a language of its own."""

Slice = tuple[int, int, int]
"""A channel and a stretch of it."""


class LanguageDetector(Protocol):
    @property
    def name(self) -> str:
        """Engine and model with their version."""
        ...

    def available(self) -> bool:
        """Whether the engine and a model are there."""
        ...

    def detect(self, sound: Sound) -> Mapping[str, float]:
        """Primary subtag to probability, over all languages that the model knows."""
        ...


@dataclass(frozen=True, slots=True)
class Heard:
    """
    The likeliest language and its probability. Where it is not `certain`, nothing is transcribed. `by`: engine, or `transcripts` where
    recognition in each language was compared.
    """

    language: str
    confidence: float
    certain: bool
    by: str = ""


def decide(likely: Mapping[str, float], wanted: Collection[str], by: str = "") -> Heard | None:
    """
    The language, among those that the account wants where they hold more than half of the probability: neighbours that nobody speaks
    here must not take it away. A language outside that is sure itself is named: then it is said and nothing is transcribed in another.
    """
    if not likely:
        return None
    first = max(likely, key=lambda language: likely[language])
    inside = {language: chance for language, chance in likely.items() if language in wanted}
    if not inside or (first not in inside and likely[first] >= SURE):
        return Heard(first, round(likely[first], 3), likely[first] >= SURE, by)
    best, share = max(inside, key=lambda language: inside[language]), sum(inside.values())
    confidence = inside[best] / share if share > _FAIR_SHARE else inside[best]
    return Heard(best, round(confidence, 3), confidence >= SURE, by)


def contradicts(heard: Heard, declared: str) -> bool:
    """Whether the sound says clearly that it is in another language, and not in one that is easily taken for it."""
    near = any({heard.language, declared} <= group for group in _NEIGHBOURS)
    return heard.language != declared and heard.certain and heard.confidence >= SURER and not near


def mean(heard: Sequence[tuple[int, Mapping[str, float]]]) -> dict[str, float]:
    """The probabilities of several windows as one, each by its length."""
    whole = sum(length for length, _ in heard)
    languages = {language for _, likely in heard for language in likely}
    return (
        {language: sum(length * likely.get(language, 0.0) for length, likely in heard) / whole for language in languages} if whole else {}
    )


def windows(speech: Sequence[Sequence[Interval]]) -> list[list[Slice]]:
    """
    Up to three windows of ten seconds of speech, from all channels in order of time; all of it where there is not more. Empty where
    there is too little.
    """
    slices = sorted(((index, start, end) for index, spans in enumerate(speech) for start, end in spans if end > start), key=lambda s: s[1])
    whole = sum(end - start for _, start, end in slices)
    if whole < LEAST_MS:
        return []
    if whole <= WINDOW_MS * WINDOWS:
        starts = list(range(0, whole, WINDOW_MS))
    else:
        starts = [min(round(place * whole), whole - WINDOW_MS) for place in _PLACES]
    found = [_window(slices, start, min(whole, start + WINDOW_MS)) for start in starts]
    return [window for window in found if sum(end - start for _, start, end in window) >= LEAST_MS or len(found) == 1]


def _window(slices: Sequence[Slice], first: int, last: int) -> list[Slice]:
    """The stretches from one instant of all speech to another."""
    found, at = [], 0
    for channel, start, end in slices:
        begin, finish = max(first, at), min(last, at + end - start)
        if finish > begin:
            found.append((channel, start + begin - at, start + finish - at))
        at += end - start
    return found
