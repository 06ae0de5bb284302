"""
False hits of topics on turns that are about none of them. What the lines are stands in unrelated/README.md.

Thresholds may be chosen on two of the files; the third is the one to trust.
"""

from __future__ import annotations

import math
from pathlib import Path

from backend.analysis.types import TopicDefinition
from backend.infra.embedder import MiniLM
from bench.language.frozen import parts
from bench.language.guided import banking_topics

HERE = Path(__file__).resolve().parent / "unrelated"
GUIDES = 20
CHOOSING = ("everyday.txt", "service.txt")
REPORTED = ("reported.txt",)
CONFIDENCE = 0.95


def turns(names: tuple[str, ...]) -> list[str]:
    """The lines of these files."""
    return [line for name in names for line in (HERE / name).read_text("utf-8").splitlines()]


def false_hits(embedder: MiniLM, data: Path) -> list[str]:
    """Hits of the default topics, and of ten banking topics where their data is there."""
    own = banking(data)
    more = f"{len(own)} banking topics of {GUIDES} sentences" if own else "no banking topics: banking77 is absent"
    found = [f"topics: the seven default ones and {more}"]
    for title, names in (("reported", REPORTED), ("for choosing thresholds", CHOOSING)):
        texts = turns(names)
        found += _rows(title, hits(embedder, texts, own), texts)
    return found


def hits(embedder: MiniLM, texts: list[str], own: tuple[TopicDefinition, ...]) -> list[tuple[str, int]]:
    """(topic, place) of each hit."""
    return [(topic.name, place) for topic in parts(embedder, texts, "consumer", own).topics for place, _ in topic.passages]


def _rows(name: str, found: list[tuple[str, int]], texts: list[str]) -> list[str]:
    rate, most = 1000 * len(found) / len(texts), 1000 * bound(len(found)) / len(texts)
    total = f"{name:30} {len(texts)} turns: {len(found)} false hits, {rate:.1f} per 1,000 turns (at 95% at most {most:.1f})"
    return [total, *(f"  {topic}: {texts[place]}" for topic, place in found)]


def bound(count: int) -> float:
    """The largest mean at which so few events still happen in one of twenty cases (exact, Poisson, one-sided)."""
    low, high = float(count), 3.0 * count + 10
    for _ in range(60):
        middle = (low + high) / 2
        fewer = sum(math.exp(-middle) * middle**each / math.factorial(each) for each in range(count + 1))
        low, high = (middle, high) if fewer > 1 - CONFIDENCE else (low, middle)
    return low


def banking(data: Path) -> tuple[TopicDefinition, ...]:
    """The ten banking topics, none where banking77 is absent."""
    path = data / "banking77" / "train.csv"
    if not path.exists():
        return ()
    return tuple(TopicDefinition(name, tuple(sentences)) for name, sentences in banking_topics(path, GUIDES).items())
