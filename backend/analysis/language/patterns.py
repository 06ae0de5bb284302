"""Reads the patterns of `data/language/patterns`: one alternative a line, word lists and macros by {NAME}. They match normal text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from backend.analysis.language.shipped import FOLDER


@lru_cache
def pattern(name: str) -> re.Pattern[str]:
    """The alternatives of a file as one pattern."""
    return re.compile("|".join(f"(?:{_filled(line)})" for line in _lines(name)))


@lru_cache
def words(name: str) -> tuple[str, ...]:
    """A word list of words.txt."""
    return _word_lists()[name]


@lru_cache
def _word_lists() -> Mapping[str, tuple[str, ...]]:
    lists: dict[str, tuple[str, ...]] = {}
    for line in _lines("words"):
        name, members = line.split(": ", 1)
        lists[name] = (*lists.get(name, ()), *members.split())
    return lists


@lru_cache
def _macros() -> Mapping[str, str]:
    lists = {name: f"(?:{'|'.join(map(re.escape, members))})" for name, members in _word_lists().items()}
    return lists | dict(line.split(": ", 1) for line in _lines("macros"))


def _filled(line: str) -> str:
    return re.sub(r"\{([A-Z]+)\}", lambda match: _macros()[match[1]], line)


def _lines(name: str) -> list[str]:
    text = (FOLDER / "patterns" / f"{name}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
