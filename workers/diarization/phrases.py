"""What agents and consumers typically say, by language: regular expressions over normal text, written for this project."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from backend.analysis.spelling import simplified
from backend.analysis.tokens import base_language, is_unspaced

_LETTER = r"[\w\u0900-\u0963]"
"""The vowels of Devanagari are marks, and letters all the same."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """`greeting`: how an agent opens a call; `agent` and `consumer`: what either says in it."""

    greeting: re.Pattern[str]
    agent: re.Pattern[str]
    consumer: re.Pattern[str]


@lru_cache
def languages() -> frozenset[str]:
    return frozenset(_listed())


@lru_cache
def _listed() -> dict[str, dict[str, list[str]]]:
    listed: dict[str, dict[str, list[str]]] = json.loads((files("workers.diarization") / "phrases.json").read_text("utf-8"))
    return listed


@lru_cache
def phrases(language: str) -> Phrases:
    """Those of the language; of all languages where it is unknown or has none."""
    base = base_language(language)
    known = [base] if base in _listed() else sorted(_listed())
    return Phrases(*(_any_of(known, kind) for kind in ("greeting", "agent", "consumer")))


def _any_of(known: list[str], kind: str) -> re.Pattern[str]:
    return re.compile("|".join(_of(language, _listed()[language][kind]) for language in known))


def _of(language: str, alternatives: list[str]) -> str:
    """At the edges of words, where the language has such; what follows a stem is free, as languages inflect."""
    joined = "|".join(alternatives)
    return f"(?:{joined})" if is_unspaced(language) or language == "ko" else f"(?<!{_LETTER})(?:{joined})"


def normal(text: str, language: str) -> str:
    """As the phrases are written: composed, case folded, apostrophes unified, Chinese in simplified characters."""
    folded = unicodedata.normalize("NFC", text).casefold().replace("’", "'").replace("ʼ", "'")
    folded = folded if base_language(language) != "hi" else unicodedata.normalize("NFC", unicodedata.normalize("NFKC", folded))
    return simplified(folded) if base_language(language) == "zh" else folded
