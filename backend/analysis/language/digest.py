"""
The summary: a digest of verbatim sentences, in order of the conversation. Nothing is written that was not said.

Reason for the contact (the consumer's first sentences with content), what became of it, the next steps, and in a long conversation
its most central sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from backend.analysis.language.courtesy import carries_no_feeling, is_agents_courtesy
from backend.analysis.language.patterns import pattern
from backend.analysis.language.sentences import Sentence
from backend.analysis.types import Passage, Summary, Vectors

EARLY = 8  # consumer sentences among which the reason is looked for
STEPS = 2
LONG_CALL = 40  # sentences with content, from which on a central one is added
CONTENT = 4  # words
NEAR = 0.85  # so near to a chosen sentence says the same


def digest(sentences: Sequence[Sentence], vectors: Vectors, next_steps: Sequence[Passage], values: Sequence[float]) -> Summary | None:
    """`values` is the sentiment of each sentence's segment. `text` holds one sentence a line, `segments` the segment of each line."""
    content = [place for place, each in enumerate(sentences) if _has_content(each)]
    if not content:
        return None
    chosen = [
        place
        for place in (_reason(sentences, content), *_steps(sentences, next_steps), _outcome(sentences, content, values))
        if place is not None
    ]
    if len(content) >= LONG_CALL:
        chosen.append(_central(content, vectors, sentences))
    kept: list[int] = []
    for place in dict.fromkeys(chosen):
        if all(float(vectors[place] @ vectors[other]) < NEAR for other in kept):
            kept.append(place)
    kept.sort()
    return Summary("\n".join(sentences[place].text for place in kept), tuple(sentences[place].segment for place in kept))


def _has_content(sentence: Sentence) -> bool:
    return sentence.words >= CONTENT and not carries_no_feeling(sentence.clean) and not is_agents_courtesy(sentence.clean)


def _reason(sentences: Sequence[Sentence], content: Sequence[int]) -> int | None:
    consumer = [place for place in content if sentences[place].role == "consumer"][:EARLY] or list(content[:EARLY])
    return max(consumer, key=lambda place: (_weight(sentences[place], consumer.index(place)), -place))


def _weight(sentence: Sentence, rank: int) -> float:
    return 2.0 * len(set(pattern("reason").findall(sentence.clean))) + min(sentence.words, 15) / 10 - 0.4 * rank


def _steps(sentences: Sequence[Sentence], next_steps: Sequence[Passage]) -> list[int]:
    best = sorted(next_steps, key=lambda passage: (-passage.score, passage.segment))[:STEPS]
    wanted = {(passage.segment, passage.text) for passage in best}
    return [place for place, each in enumerate(sentences) if (each.segment, each.text) in wanted]


def _outcome(sentences: Sequence[Sentence], content: Sequence[int], values: Sequence[float]) -> int | None:
    late = content[len(content) // 2 :]
    done = [place for place in late if sentences[place].role == "agent" and pattern("outcome").search(sentences[place].clean)]
    if done:
        return done[-1]
    moved = [place for place in late if sentences[place].role == "consumer" and abs(values[place]) >= 0.5]
    return moved[-1] if moved else None


def _central(content: Sequence[int], vectors: Vectors, sentences: Sequence[Sentence]) -> int:
    long = [place for place in content if sentences[place].words >= 2 * CONTENT] or list(content)
    means = (vectors[long] @ vectors[long].T).mean(axis=1)
    return long[int(np.argmax(means))]
