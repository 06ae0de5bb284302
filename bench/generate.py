"""Conversations made up by a seeded generator: words as common as those of a language, phrases planted among them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Any

from backend.analysis.types import Category, Indicator, Keyword

_SYLLABLES = ["ba", "co", "di", "fen", "gur", "ha", "il", "jo", "ker", "lu", "mat", "ne", "or", "pi", "ra", "sel", "tu", "ven", "wo", "za"]
WORD_MS = 400


def vocabulary(size: int, dice: Random) -> list[str]:
    """Different made-up words, the short ones first."""
    found: dict[str, None] = {}
    while len(found) < size:
        found["".join(dice.choices(_SYLLABLES, k=dice.randint(1, 4)))] = None
    return sorted(found, key=len)


@dataclass(frozen=True, slots=True)
class Language:
    """Words and phrases, each with a cumulated weight by Zipf's law."""

    words: list[str]
    phrases: list[str]
    word_weights: list[float]
    phrase_weights: list[float]

    def passage(self, words: int, dice: Random, *, share: float = 0.02) -> str:
        """So many words and a bit more; `share` of the draws are phrases."""
        drawn = dice.choices(self.words, cum_weights=self.word_weights, k=words)
        for place in range(words):
            if dice.random() < share:
                drawn[place] = dice.choices(self.phrases, cum_weights=self.phrase_weights)[0]
        return " ".join(drawn)


def language(dice: Random, *, words: int = 8_000, phrases: int = 2_000) -> Language:
    """Phrases are one to three of the rarer words."""
    known = vocabulary(words, dice)
    planted: dict[str, None] = {}
    while len(planted) < phrases:
        planted[" ".join(dice.choices(known[words // 20 :], k=dice.choice([1, 2, 2, 3])))] = None
    return Language(known, list(planted), _zipf(words), _zipf(phrases))


def _zipf(size: int) -> list[float]:
    return list(accumulate(1 / rank for rank in range(3, size + 3)))


def categories(found: Language, indicators: int, keywords: int) -> tuple[Category, ...]:
    """The language's phrases as indicators of one category."""
    groups = [found.phrases[start::indicators][:keywords] for start in range(indicators)]
    made = [Indicator(f"indicator {number}", tuple(map(Keyword, group))) for number, group in enumerate(groups)]
    return (Category("generated", tuple(made)),)


def conversation(found: Language, words: int, dice: Random, *, segment: int = 20) -> dict[str, Any]:
    """An interchange document: two sides in turn, every word with its time, a pause between the segments."""
    segments: list[dict[str, Any]] = []
    at = 0
    while words > 0:
        text = found.passage(min(segment, words), dice)
        spoken = [_word(word, at + number * WORD_MS) for number, word in enumerate(text.split())]
        speaker = ("agent", "consumer")[len(segments) % 2]
        segments.append({"speaker": speaker, "start_ms": at, "end_ms": spoken[-1]["end_ms"], "text": text, "words": spoken})
        at, words = spoken[-1]["end_ms"] + 1_500, words - len(spoken)
    speakers = [{"id": role, "role": role} for role in ("agent", "consumer")]
    return {"language": "en", "duration_ms": at, "speakers": speakers, "segments": segments}


def _word(text: str, start_ms: int) -> dict[str, Any]:
    return {"text": text, "start_ms": start_ms, "end_ms": start_ms + WORD_MS - 20}
