"""What an indicator must be."""

from __future__ import annotations

from collections.abc import Sequence

from backend.analysis.types import Keyword
from backend.errors import InvalidInput

MOST = 250
"""Indicators an account."""
SCOPES = ("agent", "consumer", "both")


def checked(name: str, scope: str, keywords: Sequence[Keyword]) -> tuple[Keyword, ...]:
    """The keywords, each once. Raises InvalidInput where a name, a scope or a keyword cannot be."""
    if not name.strip():
        raise InvalidInput("An indicator needs a name.", pointer="/input/name", value=name)
    if scope not in SCOPES:
        raise InvalidInput("Whose words count: agent, consumer or both.", pointer="/input/scope", value=scope)
    for index, keyword in enumerate(keywords):
        if not any(character.isalnum() for character in keyword.text):
            raise InvalidInput("A keyword needs a letter or a digit.", pointer=f"/input/keywords/{index}/text", value=keyword.text)
    unique = {" ".join(keyword.text.split()): keyword.inflections for keyword in keywords}
    if not unique:
        raise InvalidInput("An indicator needs at least one keyword.", pointer="/input/keywords")
    return tuple(Keyword(text, inflections) for text, inflections in unique.items())


def require_room(count: int) -> None:
    """Raises InvalidInput where the account has as many indicators as it may."""
    if count >= MOST:
        raise InvalidInput(f"An account holds at most {MOST} indicators: delete one first.", pointer="/input")
