"""Filler words: counted by a list for each language. "um" is a filler in English and a word in German."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files

from backend.analysis.normal import tokenize
from backend.analysis.segmentation import words_of
from backend.analysis.spelling import spelt
from backend.analysis.stream import Placed, Streams
from backend.analysis.tokens import base_language

Phrases = dict[str, tuple[tuple[str, ...], ...]]


@lru_cache
def filler_phrases(language: str) -> Phrases | None:
    """Fillers by their first token, longest first, in the language's one spelling; None for a language without a list."""
    document = json.loads((files("backend.analysis") / "data" / "fillers.json").read_text("utf-8"))
    listed = document["languages"].get(base_language(language))
    if listed is None:
        return None
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in listed:
        tokens = tuple(spelt(language, token.text) for token in tokenize(phrase))
        table.setdefault(tokens[0], []).append(tokens)
    return {first: tuple(sorted(phrases, key=len, reverse=True)) for first, phrases in table.items()}


def count_fillers(said: Streams, language: str) -> int | None:
    """Fillers in a role's words, one of several words counted once; None for a language without a list."""
    phrases = filler_phrases(language)
    return None if phrases is None else sum(len(fillers_in(run, language)) for run in said)


def fillers_in(run: list[Placed], language: str) -> list[tuple[int, int]]:
    """First token and token after the last of each filler; where no spaces part words, a filler is a word and not a part of one."""
    found = places([spelt(language, placed.text) for placed in run], filler_phrases(language) or {})
    words = words_of(language, run) if found else None
    return [place for place in found if words is None or words.whole(*place)]


def places(texts: list[str], phrases: Phrases) -> list[tuple[int, int]]:
    """First token and token after the last of each filler, from left to right, the longest at each place."""
    found = []
    after = 0
    for at, text in enumerate(texts):
        if text in phrases and at >= after:
            size = next((len(p) for p in phrases[text] if tuple(texts[at : at + len(p)]) == p), 0)
            if size:
                after = at + size
                found.append((at, after))
    return found
