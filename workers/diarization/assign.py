"""
Which speaker is the agent, where no channel and nobody says so. Pure.

Evidence is added up as log odds that the first of the two main speakers is the agent and the other the consumer: the participants' names,
what agents and consumers typically say, and who speaks first. Weights are estimates, not fitted; a person's correction always wins.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backend.analysis.types import Role
from workers.diarization.phrases import AGENT, CONSUMER, GREETING

_NAMED = 8.0
_GREETED = 1.6
_PHRASE = 0.5
_MOST_PHRASES = 6
_FIRST = 0.4
_GREETING_MS = 30_000
_AGENT_TITLES = ("agent", "representative", "advisor", "rep")
_CONSUMER_TITLES = ("customer", "caller", "consumer", "client")


@dataclass(frozen=True, slots=True)
class Said:
    """A speaker's segment; `text` None where the words are unknown."""

    speaker: str
    start_ms: int
    end_ms: int
    text: str | None


@dataclass(frozen=True, slots=True)
class Assigned:
    role: Role
    confidence: float


def assign(
    said: Sequence[Said], *, names: Mapping[str, str | None], agent: str | None = None, consumer: str | None = None, outbound: bool = False
) -> dict[str, Assigned]:  # fmt: skip
    """Roles of all speakers. The two who speak most are agent and consumer; a lone speaker and everybody else is `other`."""
    talk: dict[str, int] = dict.fromkeys(names, 0)
    for each in said:
        talk[each.speaker] = talk.get(each.speaker, 0) + each.end_ms - each.start_ms
    main = sorted(talk, key=lambda speaker: -talk[speaker])[:2]
    rest = {speaker: Assigned("other", 1.0) for speaker in talk if speaker not in main}
    if len(main) < 2:
        return rest | {speaker: Assigned("other", 1.0) for speaker in main}
    first, second = main
    odds = _evidence(said, first, names.get(first), agent, consumer) - _evidence(said, second, names.get(second), agent, consumer)
    opener = min((each for each in said if each.speaker in main), key=lambda each: each.start_ms).speaker if said else first
    odds += _FIRST if (opener == first) is not outbound else -_FIRST
    if odds < 0:
        first, second, odds = second, first, -odds
    sure = round(1 / (1 + math.exp(-odds)), 3)
    return {**rest, first: Assigned("agent", sure), second: Assigned("consumer", sure)}


def _evidence(said: Sequence[Said], speaker: str, name: str | None, agent: str | None, consumer: str | None) -> float:
    """How much speaks for this speaker's being the agent."""
    own = [each for each in said if each.speaker == speaker]
    texts = [(each.start_ms, each.text.casefold().replace("’", "'")) for each in own if each.text]
    greeted = any(start <= _GREETING_MS and GREETING.search(text) for start, text in texts)
    phrases = sum(len(AGENT.findall(text)) - len(CONSUMER.findall(text)) for _, text in texts)
    named = _NAMED * (_same(name, agent, _AGENT_TITLES) - _same(name, consumer, _CONSUMER_TITLES))
    return named + _GREETED * greeted + _PHRASE * max(-_MOST_PHRASES, min(_MOST_PHRASES, phrases))


def _same(name: str | None, person: str | None, titles: Sequence[str]) -> int:
    """Whether a speaker's name is the person's, one of their names, or a title of the role."""
    if not name:
        return 0
    words = set(re.findall(r"\w+", name.casefold()))
    known = set(re.findall(r"\w+", (person or "").casefold()))
    return int(bool(words & (known | set(titles))))
