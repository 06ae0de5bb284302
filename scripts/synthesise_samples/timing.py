"""Where in time everything stands: lines after lines, with the true times of what was spoken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from scripts.synthesise_samples.dialogue import Dialogue, Line, Mark, Side, sentences
from scripts.synthesise_samples.voices import Samples

Speak = Callable[[Side, str], Samples]

_LEAD_MS = 700
_TAIL_MS = 900
_BREATH_MS = (160, 380)
_SAME_SIDE_MS = (350, 800)
_OTHER_SIDE_MS = (260, 980)
_AROUND_HOLD_MS = (500, 900)
_PAUSE_MS = 110
_FRAME_MS = 10
_WORD_WEIGHT = 1.6
"""Letters that a word's beginning and end are worth, beside its own."""


@dataclass(frozen=True, slots=True)
class SpokenWord:
    text: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence at its place. `samples` begin exactly at `start_ms`."""

    side: Side
    text: str
    start_ms: int
    end_ms: int
    words: tuple[SpokenWord, ...]
    samples: Samples = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Timeline:
    spoken: tuple[Spoken, ...]
    holds: tuple[tuple[int, int], ...]
    duration_ms: int


def lay(dialogue: Dialogue, speak: Speak, rate: int, random: np.random.Generator) -> Timeline:
    """Places every line; the pauses that the dialogue leaves open are drawn from `random`."""
    return _Layer(speak, rate, random).run(dialogue)


class _Layer:
    def __init__(self, speak: Speak, rate: int, random: np.random.Generator) -> None:
        self._speak, self._rate, self._random = speak, rate, random
        self._spoken: list[Spoken] = []
        self._holds: list[tuple[int, int]] = []
        self._clock = _LEAD_MS
        self._line = (_LEAD_MS, _LEAD_MS)
        self._last: Side | None = None
        self._fresh = True

    def run(self, dialogue: Dialogue) -> Timeline:
        for part in dialogue.parts:
            if isinstance(part, Mark):
                self._mark(part)
            else:
                self._place(part)
        ordered = sorted(self._spoken, key=lambda one: (one.start_ms, one.end_ms))
        return Timeline(tuple(ordered), tuple(self._holds), self._clock + _TAIL_MS)

    def _mark(self, mark: Mark) -> None:
        if mark.kind == "hold":
            start = self._clock + self._draw(_AROUND_HOLD_MS)
            self._holds.append((start, start + mark.duration_ms))
            self._clock = start + mark.duration_ms + self._draw(_AROUND_HOLD_MS)
        else:
            self._clock += mark.duration_ms
        self._fresh = True

    def _place(self, line: Line) -> None:
        if line.inside is not None:
            begin, end = self._line
            self._say(line, begin + round((end - begin) * line.inside))
            return
        start = max(0, self._clock + self._gap(line))
        end = self._say(line, start)
        self._line, self._clock, self._last, self._fresh = (start, end), max(end, self._clock), line.side, False

    def _gap(self, line: Line) -> int:
        if line.gap_ms is not None:
            return line.gap_ms
        if self._fresh:
            return 0
        return self._draw(_SAME_SIDE_MS if line.side == self._last else _OTHER_SIDE_MS)

    def _say(self, line: Line, start: int) -> int:
        at = start
        for number, sentence in enumerate(sentences(line.text)):
            if number:
                at += self._draw(_BREATH_MS)
            at = self._sentence(line.side, sentence, at)
        return at

    def _sentence(self, side: Side, text: str, start: int) -> int:
        samples = self._speak(side, text)
        end = start + round(len(samples) * 1000 / self._rate)
        words = tuple(SpokenWord(w, start + a, start + b) for w, a, b in word_times(text, samples, self._rate))
        self._spoken.append(Spoken(side, text, start, end, words, samples))
        return end

    def _draw(self, bounds: tuple[int, int]) -> int:
        return int(self._random.integers(*bounds))


def word_times(text: str, samples: Samples, rate: int) -> list[tuple[str, int, int]]:
    """
    Words with start and end in ms of the sentence. Where its pauses can be told from its punctuation the clauses are placed
    exactly; within a clause a word gets its share by letters.
    """
    words = text.split()
    total = round(len(samples) * 1000 / rate)
    ends = [i + 1 for i, word in enumerate(words[:-1]) if word[-1] in ",;:—…." or word.endswith("...")]
    pauses = sorted(sorted(_pauses(samples, rate), key=lambda p: p[0] - p[1])[: len(ends)])
    if len(pauses) != len(ends):
        ends, pauses = [], []
    bounds = [0, *ends, len(words)]
    starts = [0, *(end for _, end in pauses)]
    stops = [*(start for start, _ in pauses), total]
    timed: list[tuple[str, int, int]] = []
    for i, (start, stop) in enumerate(zip(starts, stops, strict=True)):
        timed += _share(words[bounds[i] : bounds[i + 1]], start, stop)
    return timed


def _pauses(samples: Samples, rate: int) -> list[tuple[int, int]]:
    """Stretches in ms, inside the sentence, in which the voice rests."""
    step = rate * _FRAME_MS // 1000
    frames = samples[: len(samples) // step * step].reshape(-1, step)
    quiet = np.sqrt(np.mean(frames**2, axis=1)) < 0.03 * np.abs(samples).max()
    edges = np.flatnonzero(np.diff(np.concatenate(([0], quiet.astype(int), [0]))))
    runs = [(int(a) * _FRAME_MS, int(b) * _FRAME_MS) for a, b in edges.reshape(-1, 2)]
    return [(a, b) for a, b in runs if b - a >= _PAUSE_MS and a > 0 and b < len(frames) * _FRAME_MS]


def _share(words: list[str], start: int, stop: int) -> list[tuple[str, int, int]]:
    weights = np.cumsum([0.0, *(len(word) + _WORD_WEIGHT for word in words)])
    marks = start + np.round(weights / weights[-1] * (stop - start)).astype(int)
    return [(word, int(marks[i]), int(marks[i + 1])) for i, word in enumerate(words)]
