"""Next steps and good questions: the form of a sentence opens the gate, a head on its vector decides and ranks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from backend.analysis.language.forms import is_commitment, is_open_question, is_threat
from backend.analysis.language.logistic import Line, probabilities
from backend.analysis.language.sentences import Sentence
from backend.analysis.types import Passage, Vectors

SHORTEST = 4  # words of a sentence that can be one or the other


def next_steps(sentences: Sequence[Sentence], vectors: Vectors, head: Line, threshold: float) -> tuple[Passage, ...]:
    """Promises, agreed actions and what has been set going, by either side; a threat is none."""

    def promises(each: Sentence) -> bool:
        return is_commitment(each.clean) and not (each.role == "consumer" and is_threat(each.clean))

    return _passages(sentences, vectors, head, threshold, promises)


def good_questions(sentences: Sequence[Sentence], vectors: Vectors, head: Line, threshold: float) -> tuple[Passage, ...]:
    """The agent's open, discovering and clarifying questions; those that fill in a form, identify or are polite do not count."""
    return _passages(sentences, vectors, head, threshold, lambda each: each.role == "agent" and is_open_question(each.clean, each.text))


def _passages(
    sentences: Sequence[Sentence], vectors: Vectors, head: Line, threshold: float, gate: Callable[[Sentence], bool]
) -> tuple[Passage, ...]:
    chosen = [place for place, each in enumerate(sentences) if each.words >= SHORTEST and gate(each)]
    if not chosen:
        return ()
    scores = np.round(probabilities(head, vectors[chosen]), 4)
    found = zip(chosen, scores, strict=True)
    return tuple(Passage(sentences[place].segment, sentences[place].text, float(score)) for place, score in found if score >= threshold)
