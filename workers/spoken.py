"""
Which language a recording is in, where nobody said.

A model for that hears some seconds of its speech; without one, but with several languages to recognise, each engine transcribes the same
seconds, and what reads most like a language that it was recognised in wins; else it is assumed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from backend.analyses.service import Intervals
from backend.analysis.segmenting import segments_of
from backend.analysis.types import Segment, Word
from backend.interactions.tables import Interaction
from backend.interactions.transcripts.language import UNKNOWN, guess_language
from backend.media.decoding import Decoded
from workers.asr.base import RATE, Recognizer, Sound, Wave
from workers.asr.identification import SURE, Heard, Slice, contradicts, decide, mean, windows
from workers.deps import Engines
from workers.sound import as_sound
from workers.speakers import names, pairs

TRANSCRIPTS = "transcripts"
_CLEARLY = 1.15
"""The best trial transcript must be that much better than the next."""
_FEWEST = 30
"""Words from which on a text is taken for another language's."""
_FEW = 10
"""Words from which on nearly every text reads like its language (of the samples' calls 96 of 100 at twelve words, none at eight)."""
_LEAST_CONFIDENCE = 0.6
"""Mean confidence of words below which a text that reads like no language is not believed. Not fitted."""


def listen(
    engines: Engines, decoded: Decoded, row: Interaction, speakers: Intervals, wanted: Collection[str], *, trials: bool
) -> Heard | None:
    """
    What can be told from the sound; None where nothing can. `wanted` are the account's languages; `trials`: whether recognition may be
    tried in several. Takes long: call it in a thread.
    """
    pieces = _pieces(decoded, row, speakers)
    if not pieces:
        return None
    with engines.turn:
        if engines.detector is not None and engines.detector.available():
            likely = mean([(piece.size, engines.detector.detect(piece)) for piece in pieces])
            return decide(likely, wanted, engines.detector.name)
        installed = sorted(engines.recognizer.languages() & set(wanted), key=lambda language: (language != "en", language))
        return compare(engines.recognizer, np.concatenate(pieces), installed) if trials and len(installed) > 1 else None


def _pieces(decoded: Decoded, row: Interaction, speakers: Intervals) -> list[Wave]:
    channels = names(decoded.roles)
    alone = len(channels) == 1
    speech = [[span for name, edges in speakers.items() if alone or name == channel for span in pairs(edges)] for channel in channels]
    sounds = [as_sound(path, row.from_ms, row.to_ms) for path in decoded.channels]
    return [np.concatenate([_cut(sounds, each) for each in window]) for window in windows(speech)]


def _cut(sounds: Sequence[Sound], piece: Slice) -> Wave:
    channel, start, end = piece
    return sounds[channel][start * RATE // 1000 : end * RATE // 1000]


@dataclass(frozen=True, slots=True)
class Trial:
    """How well a transcript reads: `clear` as its language, and how sure the recogniser was of its words."""

    language: str
    clear: float
    sure: float

    @property
    def score(self) -> float:
        return self.clear * self.sure


def compare(recognizer: Recognizer, sound: Sound, languages: Sequence[str]) -> Heard | None:
    """The language whose trial transcript is the best; uncertain where two are as good, or where none reads like its language."""
    trials = sorted(_trials(recognizer, sound, languages), key=lambda trial: -trial.score)
    if not trials:
        return None
    best = trials[0]
    ahead = len(trials) == 1 or best.score >= _CLEARLY * trials[1].score
    return Heard(best.language, round(best.score, 3), ahead and best.score >= SURE, TRANSCRIPTS)


def _trials(recognizer: Recognizer, sound: Sound, languages: Sequence[str]) -> Iterator[Trial]:
    """
    A trial of each engine that reads like one of its languages: several languages may be one model's, which writes whichever it hears,
    or the one that it is told; so it is told the next one only where that changed its words.
    """
    groups: dict[object, list[str]] = {}
    for language in languages:
        groups.setdefault(recognizer.engine(language), []).append(language)
    for group in groups.values():
        yield from _of_one_engine(recognizer, sound, group)


def _of_one_engine(recognizer: Recognizer, sound: Sound, languages: Sequence[str]) -> Iterator[Trial]:
    said: list[str] = []
    for language in languages:
        words = recognizer.recognize(sound, language, [(0, len(sound) * 1000 // RATE)], lambda share: None)
        texts = [word.text for word in words]
        if texts == said:
            break
        said = texts
        guess = guess_language(_text(words, language))
        if guess.language in languages:
            yield Trial(guess.language, guess.confidence, _mean_confidence(words))
            return
    if len(said) >= _FEWEST:
        yield Trial(UNKNOWN, 0.0, 0.0)


def _text(words: Sequence[Word], language: str) -> str:
    return " ".join(segment.text or "" for segment in segments_of({"x": words}, language))


def _mean_confidence(words: Sequence[Word]) -> float:
    """1 where the engine does not say."""
    known = [word.confidence for word in words if word.confidence is not None]
    return sum(known) / len(known) if known else 1.0


def believed(segments: Sequence[Segment], language: str) -> Heard | None:
    """
    Whether a transcript is in the language that it was recognised in. None where it is, or is too short to tell; else the language that it
    is in (a multilingual model writes whichever it hears), or no certain one where it reads like none and the recogniser was unsure.
    """
    words = [word for segment in segments for word in segment.words or ()]
    guess = guess_language(" ".join(segment.text or "" for segment in segments))
    if len(words) < _FEW or guess.language == language:
        return None
    if guess.language != UNKNOWN:
        if len(words) < _FEWEST:
            return None
        other = Heard(guess.language, guess.confidence, guess.confidence >= SURE, TRANSCRIPTS)
        return other if contradicts(other, language) else None
    sure = _mean_confidence(words)
    return None if sure >= _LEAST_CONFIDENCE else Heard(language, round(sure, 3), False, TRANSCRIPTS)


def as_note(heard: Heard) -> Mapping[str, object]:
    """For the interaction's history; `confidence` is what clients are shown."""
    return {"language": heard.language, "confidence": heard.confidence, "by": heard.by}
