"""
A summary that a model wrote. None of its sentences was said, so each stands with the passages nearest to it, and goes where there are none.

A sentence is held to be supported where its meaning comes near to something that was said and it names nothing (a number, a name) that
nobody named. That rules out what a model makes up from nowhere; it does not prove that every word of it is true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

from backend.analysis.language.ports import Writer
from backend.analysis.language.sentences import Sentence, spans
from backend.analysis.types import Embed, Summary, Vectors

SUPPORT = 0.45
"""Least cosine between a sentence and something that was said, by the shipped encoder."""
BESIDE = 0.12
"""So much less near than the nearest one, a passage is named too."""
SOURCES = 3
_NAMES = {"agent": "Agent", "consumer": "Customer"}
_PARTIES = frozenset({"agent", "customer", "consumer", "caller", "client", "representative", "i", "he", "she", "they"})
_NUMBER = re.compile(r"\d[\d.,:]*")
_NAME = re.compile(r"(?<=[\w,;] )[A-Z][\w'’-]+")


def written(said: Sequence[Sentence], texts: Sequence[str], vectors: Vectors, embed: Embed, writer: Writer) -> tuple[Summary | None, int]:
    """
    The summary, None where nothing of it is supported, and how many sentences were left out. `texts` are what was said (in English where
    it was translated), `vectors` theirs by `embed`.
    """
    if not said:
        return None, 0
    lines = [f"{_NAMES[each.role]}: {text}" for each, text in zip(said, texts, strict=True)]
    sentences = list(dict.fromkeys(sentence for part in writer(lines) for sentence in _split(part)))
    if not sentences:
        return None, 0
    near = embed(sentences) @ vectors.T
    known = _words(texts)
    kept = [
        (sentence, _sources(row, said))
        for sentence, row in zip(sentences, near, strict=True)
        if float(row.max()) >= SUPPORT and _names_nothing_new(sentence, known)
    ]
    if not kept:
        return None, len(sentences)
    found = Summary(
        "\n".join(sentence for sentence, _ in kept), tuple(sources[0] for _, sources in kept),
        writer.name, tuple(sources for _, sources in kept),
    )  # fmt: skip
    return found, len(sentences) - len(kept)


def _split(text: str) -> list[str]:
    clean = " ".join(text.split())
    return [clean[start:end] for start, end in spans(clean) if any(map(str.isalpha, clean[start:end]))]


def _sources(row: np.ndarray[tuple[int], np.dtype[np.float32]], said: Sequence[Sentence]) -> tuple[int, ...]:
    """The segments of the nearest passages, the nearest first."""
    order = np.argsort(-row, kind="stable")[: 2 * SOURCES]
    best = float(row[order[0]])
    segments = [said[int(place)].segment for place in order if float(row[place]) >= max(SUPPORT, best - BESIDE)]
    return tuple(dict.fromkeys(segments))[:SOURCES]


def _names_nothing_new(sentence: str, known: frozenset[str]) -> bool:
    numbers = {match.strip(".,:") for match in _NUMBER.findall(sentence)}
    names = {name.lower().removesuffix("'s").removesuffix("’s") for name in _NAME.findall(sentence)} - _PARTIES
    return numbers <= known and names <= known


def _words(texts: Iterable[str]) -> frozenset[str]:
    joined = " ".join(texts)
    words = {word.lower().removesuffix("'s").removesuffix("’s") for word in re.findall(r"[^\W\d_][\w'’-]*", joined)}
    return frozenset(words | {number.strip(".,:") for number in _NUMBER.findall(joined)})
