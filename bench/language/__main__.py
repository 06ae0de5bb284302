"""
Figures of the language parts beside baselines, on the frozen test set and on whatever data is given.

    python bench/language [DATA]     DATA holds banking77/, nlupp/, harper-valley/ (default: ../shared/data); absent parts are named
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(Path(__file__).resolve().parent), str(ROOT)]

import calls  # noqa: E402
import frozen  # noqa: E402
import guided  # noqa: E402

from backend.infra.embedder import MiniLM, load  # noqa: E402


def main() -> None:
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data"
    embedder = load()
    for title, table in TABLES.items():
        print(f"\n{title}")
        for line in table(embedder, data):
            print(f"  {line}")


TABLES: dict[str, Callable[[MiniLM, Path], list[str]]] = {
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
