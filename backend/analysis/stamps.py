"""Which indicators and topics an analysis was made with: a short stamp of their definitions, so that a change of them can be told."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from backend.analysis.types import Category, Settings, TopicDefinition

LENGTH = 8


def stamps(settings: Settings) -> dict[str, str]:
    """`indicators` and `topics` to the stamp of all of them; what there is none of is left out. Their order does not matter."""
    switched_off = [repr((name, "off")) for name in settings.topics_off]
    both = {"indicators": _indicators(settings.categories), "topics": _topics(settings.topics) + switched_off}
    return {name: _stamp(lines) for name, lines in both.items() if lines}


def _indicators(categories: Sequence[Category]) -> list[str]:
    return [
        repr((category.name, each.name, each.scope, sorted((word.text, word.inflections) for word in each.keywords)))
        for category in categories
        for each in category.indicators
    ]


def _topics(topics: Sequence[TopicDefinition]) -> list[str]:
    return [repr((each.name, each.sentences)) for each in topics]


def _stamp(lines: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:LENGTH]
