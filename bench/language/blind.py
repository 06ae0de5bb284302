"""
The blind test set: lines by an author who saw neither training lines nor guiding sentences, never used to train or choose anything.

Its rules stand in blind/README.md. Commonplaces that the training lines happen to hold as well ("I'm furious.") are left out of every
figure.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from backend.analysis.language.forms import is_commitment, is_open_question
from backend.analysis.language.sentences import normal
from backend.analysis.language.shipped import default_topics, shipped
from backend.analysis.types import Embed, LanguageParts, Role
from backend.infra.embedder import MiniLM
from bench.language.figures import accuracy, macro_f1, macro_f1_sets, recall, share
from bench.language.frozen import labels, parts
from bench.language.unrelated import GUIDES, banking

HERE = Path(__file__).resolve().parent / "blind"
ROOT = HERE.parents[2]
SEEN = ("scripts/train_heads/material", "bench/language/frozen", "backend/analysis/data/language")
ROLES: tuple[Role, ...] = ("agent", "consumer")


def rows(name: str) -> list[list[str]]:
    """The tab-separated columns of each line."""
    return [line.split("\t") for line in (HERE / name).read_text("utf-8").splitlines()]


def plain(text: str) -> str:
    """Words alone: two lines that differ in punctuation are the same line."""
    return " ".join(re.findall(r"[\w']+", text.lower()))


@lru_cache
def seen() -> frozenset[str]:
    """Every line that somebody looked at while the heads were made, with and without its first word, which may be a label."""
    files = [path for folder in SEEN for path in sorted((ROOT / folder).rglob("*.txt"))]
    lines = [plain(line) for path in files for line in path.read_text("utf-8").splitlines()]
    guides = [plain(sentence) for sentences in default_topics().values() for sentence in sentences]
    return frozenset([*lines, *(line.partition(" ")[2] for line in lines), *guides])


def unseen(name: str) -> list[list[str]]:
    return [row for row in rows(name) if plain(row[-1]) not in seen()]


def sentiment(embedder: MiniLM, data: Path) -> list[str]:
    items = unseen("sentiment.tsv")
    said = {role: [(label, text) for who, label, text in items if who == role] for role in ROLES}

    def frozen_vectors(some: Sequence[str]) -> np.ndarray:
        return embedder(some)

    ours, frozen = _labels_of(embedder, said), _labels_of(frozen_vectors, said)
    both = [pair for role in ROLES for pair in said[role]]
    return [
        *(_sentiment_row(f"shipped, said by {role}s", said[role], ours[role]) for role in ROLES),
        _sentiment_row("shipped, both", both, [*ours["agent"], *ours["consumer"]]),
        _sentiment_row("baseline: head on frozen vectors", both, [*frozen["agent"], *frozen["consumer"]]),
        _sentiment_row("baseline: always neutral", both, ["neutral"] * len(both)),
    ]


def _labels_of(embed: Embed, said: dict[Role, list[tuple[str, str]]]) -> dict[Role, list[str]]:
    return {role: labels(embed, [text for _, text in pairs], role) for role, pairs in said.items()}


def _sentiment_row(name: str, pairs: Sequence[tuple[str, str]], given: list[str]) -> str:
    truth = [label for label, _ in pairs]
    return (
        f"{name:34} n {len(truth)}  accuracy {accuracy(truth, given):.3f} ±{margin(accuracy(truth, given), len(truth)):.3f}  "
        f"macro-F1 {macro_f1(truth, given):.3f}  negative recall {recall(truth, given, 'negative'):.3f}  "
        f"of {truth.count('neutral')} neutral: negative {share(truth, given, 'neutral', 'negative'):.3f}, "
        f"positive {share(truth, given, 'neutral', 'positive'):.3f}"
    )


def margin(rate: float, count: int) -> float:
    """Half the 95% confidence interval of a share (Agresti and Coull)."""
    size = count + 4
    centre = (rate * count + 2) / size
    return 1.96 * math.sqrt(centre * (1 - centre) / size)


def callouts(embedder: MiniLM, data: Path) -> list[str]:
    gates: dict[str, Callable[[str], bool]] = {
        "next_steps": lambda text: is_commitment(normal(text)),
        "good_questions": lambda text: is_open_question(normal(text), text),
    }
    found = []
    for name, gate in gates.items():
        items = unseen(f"{name}.tsv")
        wanted, texts = [label == "yes" for label, _ in items], [text for _, text in items]
        hits = {passage.segment for passage in getattr(parts(embedder, texts, "agent"), name)}
        found.append(_callout_row(f"{name}: shipped", wanted, [place in hits for place in range(len(texts))]))
        found.append(_callout_row(f"{name}: baseline, form alone", wanted, [gate(text) for text in texts]))
    return found


def _callout_row(name: str, wanted: list[bool], given: list[bool]) -> str:
    right = sum(a and b for a, b in zip(wanted, given, strict=True))
    return f"{name:40} n {len(wanted)}  precision {right / max(1, sum(given)):.3f}  recall {right / sum(wanted):.3f}"


def topics(embedder: MiniLM, data: Path) -> list[str]:
    items = unseen("topics.tsv")
    truth, texts = [{name} - {"none"} for name, _ in items], [text for _, text in items]
    given: list[set[str]] = [set() for _ in texts]
    for name, segment in _hits(parts(embedder, texts, "consumer")):
        given[segment].add(name)
    vectors = embedder(texts)
    near = {name: (vectors @ guides.T).max(axis=1) >= 0.5 for name, guides in shipped().guides.items()}
    cosine = [{name for name in near if near[name][place]} for place in range(len(texts))]
    names = list(default_topics())
    return [
        f"shipped heads                n {len(texts)}  macro-F1 {macro_f1_sets(truth, given, names):.3f}",
        f"baseline: max cosine >= .5   n {len(texts)}  macro-F1 {macro_f1_sets(truth, cosine, names):.3f}",
    ]


def false_hits(embedder: MiniLM, data: Path) -> list[str]:
    """Hits of the default topics, and of ten banking topics where their data is there, on turns that are about none of them."""
    texts = [text for (text,) in unseen("unrelated.txt")] + [text for name, text in unseen("topics.tsv") if name == "none"]
    own = banking(data)
    found = _hits(parts(embedder, texts, "consumer", own))
    more = f"{len(own)} banking topics of {GUIDES} sentences" if own else "no banking topics: banking77 is absent"
    rate = 1000 * len(found) / len(texts)
    total = f"{len(texts)} turns: {len(found)} false hits, {rate:.1f} per 1,000 turns, of the seven default topics and {more}"
    return [total, *(f"{name}: {texts[place]}" for name, place in found)]


def _hits(found: LanguageParts) -> list[tuple[str, int]]:
    return [(topic.name, segment) for topic in found.topics for segment, _ in topic.passages]
