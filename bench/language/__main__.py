"""
Figures of the language parts beside baselines, on the blind and the frozen test set and on whatever data is given.

    python -m bench.language [DATA]

DATA holds banking77/, nlupp/, harper-valley/ (default: ../shared/data); what is absent is named. With OPENBLAS_NUM_THREADS=1 the cost is
that of one core.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from backend.infra.embedder import MiniLM, load
from bench.language import blind, calls, frozen, guided, unrelated

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data"
    embedder = load()
    for title, table in TABLES.items():
        print(f"\n{title}")
        for line in table(embedder, data):
            print(f"  {line}")


TABLES: dict[str, Callable[[MiniLM, Path], list[str]]] = {
    "Sentiment of utterances (blind test set)": blind.sentiment,
    "Next steps and good questions (blind test set)": blind.callouts,
    "Seven default topics (blind test set)": blind.topics,
    "False hits of topics on unrelated turns (blind test set)": blind.false_hits,
    "False hits of topics on unrelated turns": unrelated.false_hits,
    "Sentiment of utterances (frozen test set)": frozen.sentiment,
    "Next steps and good questions (frozen test set)": frozen.callouts,
    "Seven default topics (frozen test set)": frozen.topics,
    "Topics from guiding sentences: banking77, ten coarse topics": guided.banking77,
    "Topics from guiding sentences: NLU++ intents": guided.nlupp,
    "False alarms on calm calls (harper-valley)": calls.false_alarms,
    "Cost of a call": calls.cost,
}

if __name__ == "__main__":
    main()
