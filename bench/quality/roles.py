"""
Agent or consumer on one channel: of how many calls whose roles are known are they told rightly, once the labels are taken away.

Real calls and chats of others where they are given, and the sample calls of this project, which its author wrote as the phrases of
`workers.diarization`: they are shown apart and prove less.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from workers.diarization.assign import Call, Said, assign

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "truth"
AFTER_GREETING_MS = 30_000
Labels = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Known:
    """A call with the speaker who is the agent."""

    said: tuple[Said, ...]
    agent: str
    call: Call


def harper_valley(data: Path) -> list[Known]:
    found = []
    for path in sorted((data / "harper-valley").glob("*.json")):
        document = json.loads(path.read_text("utf-8"))
        said = tuple(
            Said(each["speaker_role"], each["offset_ms"], each["offset_ms"] + each["duration_ms"], each["human_transcript"])
            for each in document["segments"]
            if "segments" in document
        )
        if said:
            found.append(Known(said, "agent", Call(document["agent"]["name"], document["caller"]["name"], language="en")))
    return found


def chat(data: Path) -> list[Known]:
    """A chat has no times: a line takes a second."""
    found = []
    path = data / "azure-speech" / "Json_input_customer_support.json"
    for each in json.loads(path.read_text("utf-8-sig"))["analysisInput"]["conversations"] if path.exists() else ():
        lines = enumerate(each["conversationItems"])
        said = tuple(Said(line["participantId"].lower(), at * 3_000, at * 3_000 + 1_000, line["text"]) for at, line in lines)
        found.append(Known(said, "agent", Call(language=each["language"])))
    return found


def samples() -> list[Known]:
    found = []
    for path in sorted(SAMPLES.glob("*.json")):
        document = json.loads(path.read_text("utf-8"))
        who = {each["id"]: each for each in document["speakers"]}
        agents = [name for name, each in who.items() if each["role"] == "agent"]
        if len(agents) == 1 and any(each["role"] == "consumer" for each in who.values()):
            said = tuple(Said(each["speaker"], each["start_ms"], each["end_ms"], each["text"]) for each in document["segments"])
            found.append(Known(said, agents[0], Call(language=document["language"])))
    return found


def told(known: Known) -> bool:
    """Speakers under names that tell nothing."""
    hidden = {speaker: f"speaker-{place}" for place, speaker in enumerate(sorted({each.speaker for each in known.said}))}
    said = [replace(each, speaker=hidden[each.speaker]) for each in known.said]
    return assign(said, names=dict.fromkeys(hidden.values()), known=known.call)[hidden[known.agent]].role == "agent"


def opener(known: Known) -> bool:
    return min(known.said, key=lambda each: each.start_ms).speaker == known.agent


def nameless(known: Known) -> Known:
    return replace(known, call=Call(language=known.call.language, outbound=known.call.outbound))


def late(known: Known) -> Known:
    """Without its first half minute."""
    return replace(nameless(known), said=tuple(each for each in known.said if each.start_ms >= AFTER_GREETING_MS))


def wordless(known: Known) -> Known:
    return replace(known, said=tuple(replace(each, text=None) for each in known.said))


def table(data: Path) -> list[str]:
    real = [*harper_valley(data), *chat(data)]
    rows = [] if real else [f"left out: {data} holds neither harper-valley nor a chat"]
    for title, calls in (("real calls and a chat", real), ("sample calls, written here", samples())):
        if calls:
            rows += [row for rule in _RULES for row in _row(title, calls, *rule)]
    return rows


def _row(title: str, calls: Iterable[Known], rule: str, change: Callable[[Known], Known], decide: Callable[[Known], bool]) -> list[str]:
    changed = [each for each in map(change, calls) if len({said.speaker for said in each.said}) > 1]
    right = sum(map(decide, changed))
    return [f"{title:28} {rule:44} {right:3} of {len(changed):3} right"] if changed else []


_RULES: tuple[tuple[str, Callable[[Known], Known], Callable[[Known], bool]], ...] = (
    ("words and participants' names", lambda known: known, told),
    ("words alone", nameless, told),
    ("words alone, from the 30th second on", late, told),
    ("speech activity alone", wordless, told),
    ("baseline: who speaks first is the agent", nameless, opener),
)
