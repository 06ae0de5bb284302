"""
The form of a sentence: is it a commitment, is it an open question? Patterns on normal text, so that no punctuation is needed.

Embeddings do not see form ("nobody called me back" is near "we'll call you back"), so the form decides first and the head second.
"""

from __future__ import annotations

from backend.analysis.language.patterns import pattern
from backend.analysis.language.sentences import without_lead

SHORTEST_QUESTION = 4  # words
SHORTEST_MARKED = 6  # words of a question that only its mark gives away


def is_commitment(clean: str) -> bool:
    """Something that someone will do, has set going, or shall do after the conversation."""
    core = without_lead(clean)
    barred = pattern("not_commitment").search(core) and not pattern("agreed").search(core)
    return not barred and bool(pattern("commitment").search(core))


def is_threat(clean: str) -> bool:
    """A consumer who announces to leave, to complain or to sue."""
    return bool(pattern("threat").search(clean))


def is_open_question(clean: str, text: str) -> bool:
    """A question that asks for more than a detail to fill in, by its first words; a question mark is taken where there is one."""
    core = without_lead(clean)
    length = len(core.split())
    if length < SHORTEST_QUESTION or pattern("not_question").search(core):
        return False
    marked = text.rstrip().endswith("?") and length >= SHORTEST_MARKED
    return marked or bool(pattern("open_question").search(core))
