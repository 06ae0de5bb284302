"""Talk that carries no feeling of its own: numbers, yes and no, greetings and closings, an agent's apologies. Punctuation is not needed."""

from __future__ import annotations

from backend.analysis.language.patterns import pattern, words


def carries_no_feeling(clean: str) -> bool:
    """Nothing but numbers, dates, yes, no, thanks and the like, or a closing phrase."""
    return all(map(_is_plain, clean.split())) or bool(pattern("closing").match(clean))


def is_agents_empathy(clean: str) -> bool:
    """An apology, a regret, or the consumer's feeling said back."""
    return bool(pattern("empathy").search(clean))


def is_agents_courtesy(clean: str) -> bool:
    """The polite phrases of the trade."""
    return bool(pattern("courtesy").search(clean))


def _is_plain(word: str) -> bool:
    return word in words("PLAIN") or any(map(str.isdigit, word))
