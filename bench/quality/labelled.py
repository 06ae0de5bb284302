"""The shipped language parts on labelled lines of anybody: a TSV of label and text."""

from __future__ import annotations

from pathlib import Path

from backend.infra.embedder import MiniLM
from bench.language.figures import accuracy, macro_f1, recall, share
from bench.language.frozen import labels

SENTIMENTS = ("negative", "neutral", "positive")


def read(path: Path) -> list[tuple[str, str]]:
    """(label, text). Raises ValueError with the line that is neither."""
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        label, tab, text = line.partition("\t")
        if not tab or label not in SENTIMENTS:
            raise ValueError(f"{path}, line {number}: begin it with negative, neutral or positive and a tab; it begins with {line[:40]!r}.")
        found.append((label, text))
    return found


def sentiment(embedder: MiniLM, path: Path) -> list[str]:
    """Each line as a consumer's utterance, beside the commonest label."""
    truth, texts = zip(*read(path), strict=True)
    commonest = max(SENTIMENTS, key=list(truth).count)
    given = labels(embedder, texts, "consumer")
    return [_row("shipped", truth, given), _row(f"baseline: always {commonest}", truth, [commonest] * len(truth))]


def _row(name: str, truth: tuple[str, ...], given: list[str]) -> str:
    return (
        f"{name:28} n {len(truth)}  accuracy {accuracy(truth, given):.3f}  macro-F1 {macro_f1(truth, given):.3f}  negative recall "
        f"{recall(truth, given, 'negative'):.3f}  neutral as negative {share(truth, given, 'neutral', 'negative'):.3f}, "
        f"positive {share(truth, given, 'neutral', 'positive'):.3f}"
    )
