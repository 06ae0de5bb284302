"""The frozen test set: lines by the author of the training lines, none of which is among them. Its rules stand in frozen/README.md."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from backend.analysis.language import language_parts
from backend.analysis.language.forms import is_commitment, is_open_question
from backend.analysis.language.sentences import normal
from backend.analysis.language.shipped import default_topics, shipped
from backend.analysis.types import Embed, LanguageParts, Role, Segment, Settings, Speaker, TopicDefinition, Transcript
from backend.infra.embedder import MiniLM
from bench.language.figures import accuracy, macro_f1, macro_f1_sets, recall, share

HERE = Path(__file__).resolve().parent / "frozen"
LABELS = {"-": "negative", "0": "neutral", "+": "positive"}


def lines(name: str, separator: str = " ") -> list[tuple[str, str]]:
    """(label, text) of each line."""
    read = [line for line in (HERE / name).read_text("utf-8").splitlines() if line]
    return [(line.split(separator, 1)[0], line.split(separator, 1)[1]) for line in read]


def said(texts: Sequence[str], role: Role) -> Transcript:
    """A transcript in which one side says them all."""
    segments = tuple(Segment("s", role, 3000 * place, 3000 * place + 2500, text) for place, text in enumerate(texts))
    return Transcript("en", 3000 * len(texts) + 1, (Speaker("s", role),), segments)


def parts(embed: Embed, texts: Sequence[str], role: Role, own: tuple[TopicDefinition, ...] = ()) -> LanguageParts:
    return language_parts(said(texts, role), Settings(topics=own), embed, lambda step, done: None)


def labels(embed: Embed, texts: Sequence[str], role: Role) -> list[str]:
    return [each.label if each else "none" for each in parts(embed, texts, role).sentiments]


def sentiment(embedder: MiniLM, data: Path) -> list[str]:
    items = lines("sentiment.txt")
    truth, texts = [LABELS[sign] for sign, _ in items], [text for _, text in items]

    def plain(some: Sequence[str]) -> np.ndarray:
        return embedder(some)

    rows = {
        "own upper layers, as consumer": labels(embedder, texts, "consumer"),
        "own upper layers, as agent": labels(embedder, texts, "agent"),
        "baseline: head on frozen vectors": labels(plain, texts, "consumer"),
        "baseline: always neutral": ["neutral"] * len(texts),
    }
    return [_sentiment_row(name, truth, given) for name, given in rows.items()]


def _sentiment_row(name: str, truth: list[str], given: list[str]) -> str:
    return (
        f"{name:34} n {len(truth)}  accuracy {accuracy(truth, given):.3f}  macro-F1 {macro_f1(truth, given):.3f}  "
        f"negative recall {recall(truth, given, 'negative'):.3f}  "
        f"neutral as negative {share(truth, given, 'neutral', 'negative'):.3f}, positive {share(truth, given, 'neutral', 'positive'):.3f}"
    )


def callouts(embedder: MiniLM, data: Path) -> list[str]:
    found = []
    gates: dict[str, Callable[[str], bool]] = {
        "next_steps": lambda text: is_commitment(normal(text)),
        "good_questions": lambda text: is_open_question(normal(text), text),
    }
    for name, gate in gates.items():
        items = lines(f"{name}.txt")
        texts = [text for _, text in items]
        wanted = [sign == "+" for sign, _ in items]
        hits = {passage.segment for passage in getattr(parts(embedder, texts, "agent"), name)}
        found.append(_row(f"{name}: form and head", wanted, [place in hits for place in range(len(texts))]))
        found.append(_row(f"{name}: baseline, form alone", wanted, [gate(text) for text in texts]))
    return found


def _row(name: str, wanted: list[bool], given: list[bool]) -> str:
    right = sum(a and b for a, b in zip(wanted, given, strict=True))
    return f"{name:40} n {len(wanted)}  precision {right / max(1, sum(given)):.3f}  recall {right / sum(wanted):.3f}"


def topics(embedder: MiniLM, data: Path) -> list[str]:
    items = lines("topics.txt", ": ")
    truth, texts = [{name} - {"none"} for name, _ in items], [text for _, text in items]
    given: list[set[str]] = [set() for _ in texts]
    for topic in parts(embedder, texts, "consumer").topics:
        for segment, _ in topic.passages:
            given[segment].add(topic.name)
    vectors = embedder(texts)
    near = {name: (vectors @ guides.T).max(axis=1) >= 0.5 for name, guides in shipped().guides.items()}
    cosine = [{name for name in near if near[name][place]} for place in range(len(texts))]
    alarms = sum(bool(one) for one, true in zip(given, truth, strict=True) if not true)
    names, none = list(default_topics()), truth.count(set())
    shipped_f1, cosine_f1 = (macro_f1_sets(truth, one, names) for one in (given, cosine))
    return [
        f"shipped heads                n {len(texts)}  macro-F1 {shipped_f1:.3f}  alarms on {alarms} of {none} about no topic",
        f"baseline: max cosine >= .5   n {len(texts)}  macro-F1 {cosine_f1:.3f}",
    ]
