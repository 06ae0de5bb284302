"""
Word error rate: (substitutions + deletions + insertions) ÷ words of the reference, over all files together.

Both sides are normalised first, so that "twenty percent" and "20%", "you'll" and "you will" are the same (the English text normaliser that
was published with Whisper); the alignment is Kaldi's. Other languages: lower case, no punctuation.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_MARK = re.compile(r"<[^>]*>|\[[^\]]*\]")
_WORD = re.compile(r"[\w']+")
Words = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class WordErrors:
    """Counts of words. `rate` may exceed 1: insertions have no bound."""

    reference: int = 0
    substitutions: int = 0
    deletions: int = 0
    insertions: int = 0

    @property
    def rate(self) -> float:
        return (self.substitutions + self.deletions + self.insertions) / self.reference if self.reference else 0.0

    def __add__(self, other: WordErrors) -> WordErrors:
        return WordErrors(
            self.reference + other.reference,
            self.substitutions + other.substitutions,
            self.deletions + other.deletions,
            self.insertions + other.insertions,
        )


def word_errors(reference: str, hypothesis: str, words: Words | None = None) -> WordErrors:
    """Of one text. `words` cuts and normalises; default: English with numbers and contractions made equal."""
    import kaldialign

    cut = words or english
    wanted, found = cut(reference), cut(hypothesis)
    counts = kaldialign.edit_distance(wanted, found)
    return WordErrors(len(wanted), counts["sub"], counts["del"], counts["ins"])


def english(text: str) -> list[str]:
    """Words with numbers, contractions, spellings, and fillers made equal; marks such as <crosstalk> are no words."""
    return _normaliser()(_MARK.sub(" ", text)).split()


def plain(text: str) -> list[str]:
    """Words in lower case, nothing else made equal: any language, and the baseline that shows what normalisation is worth."""
    return _WORD.findall(_MARK.sub(" ", text).lower())


@lru_cache
def _normaliser() -> Callable[[str], str]:
    with warnings.catch_warnings():
        # Its first import compiles patterns that newer Pythons warn of.
        warnings.simplefilter("ignore")
        from whisper_normalizer.english import EnglishTextNormalizer

    normaliser: Callable[[str], str] = EnglishTextNormalizer()
    return normaliser


def read_words(path: Path) -> str:
    """The text of a transcript: `.nlp` (a token a line, columns by |), `.ctm` (the fifth column), anything else as it stands."""
    text = path.read_text("utf-8")
    if path.suffix == ".nlp":
        return " ".join(line.split("|", 1)[0] for line in text.splitlines()[1:])
    if path.suffix == ".ctm":
        return " ".join(parts[4] for line in text.splitlines() if len(parts := line.split()) >= 5)
    return text


def rank(
    references: Mapping[str, Path], engines: Mapping[str, Mapping[str, Path]], words: Words | None = None
) -> list[tuple[str, WordErrors]]:
    """
    The engines, best first. Keys of the inner mappings name recordings; an engine is judged on all of the references, a missing file
    counts as nothing recognised.
    """
    found = []
    for engine, files in engines.items():
        total = WordErrors()
        for name, path in references.items():
            total += word_errors(read_words(path), read_words(files[name]) if name in files else "", words)
        found.append((engine, total))
    return sorted(found, key=lambda pair: (pair[1].rate, pair[0]))


def table(ranked: Sequence[tuple[str, WordErrors]], raw: Mapping[str, WordErrors]) -> list[str]:
    """Lines for people; `raw` is the baseline without normalisation."""
    return [
        f"{place}. {name:24} WER {each.rate:7.2%}  (sub {each.substitutions:,}, del {each.deletions:,}, ins {each.insertions:,}; "
        f"n {each.reference:,}; baseline, not normalised: {raw[name].rate:.2%})"
        for place, (name, each) in enumerate(ranked, 1)
    ]
