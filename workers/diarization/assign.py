"""
Which speaker is the agent, where no channel and nobody says so. Pure.

Evidence is added up as log odds that the first of the two main speakers is the agent and the other the consumer: the participants' names
on their lines and on their lips, what agents and consumers typically say in the language, and who speaks first. Weights are estimates, not
fitted; a person's correction always wins.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from backend.analysis.types import Role
from workers.diarization.phrases import normal, phrases

_NAMED = 8.0
_GREETED = 1.6
_PHRASE = 0.5
_MOST_PHRASES = 6
_FIRST = 0.4
_OWN_NAME = 2.0
"""For whoever first says the agent's name: agents introduce themselves."""
_CONSUMERS_NAME = 1.0
"""Against whoever first says the consumer's name, where the consumer calls."""
_GREETING_MS = 30_000
_NAMING_MS = 60_000
_LEAST_LETTERS = 3
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


@dataclass(frozen=True, slots=True)
class Call:
    """What the contact centre knows of the call: the participants, its direction, its language (`und` where unknown)."""

    agent: str | None = None
    consumer: str | None = None
    outbound: bool = False
    language: str = "und"


def assign(said: Sequence[Said], *, names: Mapping[str, str | None], known: Call | None = None) -> dict[str, Assigned]:
    """Roles of all speakers. The two who speak most are agent and consumer; a lone speaker and everybody else is `other`."""
    known = known or Call()
    talk: dict[str, int] = dict.fromkeys(names, 0)
    for each in said:
        talk[each.speaker] = talk.get(each.speaker, 0) + each.end_ms - each.start_ms
    main = sorted(talk, key=lambda speaker: -talk[speaker])[:2]
    rest = {speaker: Assigned("other", 1.0) for speaker in talk if speaker not in main}
    if len(main) < 2:
        return rest | {speaker: Assigned("other", 1.0) for speaker in main}
    first, second = main
    texts = [replace(each, text=normal(each.text, known.language)) for each in said if each.text and each.speaker in main]
    odds = _evidence(texts, first, names.get(first), known) - _evidence(texts, second, names.get(second), known)
    opener = min((each for each in said if each.speaker in main), key=lambda each: each.start_ms).speaker if said else first
    odds += _FIRST if (opener == first) is not known.outbound else -_FIRST
    if odds < 0:
        first, second, odds = second, first, -odds
    sure = round(1 / (1 + math.exp(-odds)), 3)
    return {**rest, first: Assigned("agent", sure), second: Assigned("consumer", sure)}


def _evidence(texts: Sequence[Said], speaker: str, name: str | None, known: Call) -> float:
    """How much speaks for this speaker's being the agent."""
    listed = phrases(known.language)
    own = [(each.start_ms, each.text or "") for each in texts if each.speaker == speaker]
    greeted = any(start <= _GREETING_MS and listed.greeting.search(text) for start, text in own)
    typical = sum(len(listed.agent.findall(text)) - len(listed.consumer.findall(text)) for _, text in own)
    named = _NAMED * (_same(name, known.agent, _AGENT_TITLES) - _same(name, known.consumer, _CONSUMER_TITLES))
    spoken = _OWN_NAME * (_first_to_say(texts, known.agent) == speaker)
    if not known.outbound:
        spoken -= _CONSUMERS_NAME * (_first_to_say(texts, known.consumer) == speaker)
    return named + spoken + _GREETED * greeted + _PHRASE * max(-_MOST_PHRASES, min(_MOST_PHRASES, typical))


def _first_to_say(texts: Sequence[Said], person: str | None) -> str | None:
    """Who first says one of a person's names, in the first minute."""
    parts = [part for part in re.findall(r"\w+", (person or "").casefold()) if len(part) >= _LEAST_LETTERS]
    if not parts:
        return None
    spoken = re.compile(rf"\b(?:{'|'.join(map(re.escape, parts))})\b")
    begun = (each for each in sorted(texts, key=lambda each: each.start_ms) if each.start_ms <= _NAMING_MS)
    return next((each.speaker for each in begun if spoken.search(each.text or "")), None)


def _same(name: str | None, person: str | None, titles: Sequence[str]) -> int:
    """Whether a speaker's name is the person's, one of their names, or a title of the role."""
    if not name:
        return 0
    words = set(re.findall(r"\w+", name.casefold()))
    known = set(re.findall(r"\w+", (person or "").casefold()))
    return int(bool(words & (known | set(titles))))
