"""
How a figure came about: its definition, the computation with this conversation's numbers, and the passages that made it.

Evidence is computed again from the transcript by the code that made the figure, so it cannot tell another story.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from backend.analysis import constants as c
from backend.analysis.definitions import DEFINITIONS
from backend.analysis.engagement import engagement_score
from backend.analysis.figures import MS_PER_MIN, Wait, longest_spiel, response_lag_ms, speaker_changes, talk_ms, waits
from backend.analysis.fillers import filler_phrases, places
from backend.analysis.reading import read_transcript
from backend.analysis.role_figures import fillers, words
from backend.analysis.sentiment import Weighed, score, weigh
from backend.analysis.stream import Placed, streams
from backend.analysis.types import Role, SegmentSentiment, Transcript
from backend.analysis.utterances import Speech, Turn, Utterance, find_speech

Document = dict[str, Any]
MOST_ITEMS = 40


@dataclass(frozen=True, slots=True)
class Item:
    """One passage. `contribution` is its share of the figure, −1…1, where that has a meaning."""

    start_ms: int
    end_ms: int
    value: str
    role: Role | None = None
    segment: int | None = None
    quote: str | None = None
    contribution: float | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    figure: str
    definition: str
    computation: str
    source: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    transcript: Transcript
    speech: Speech
    analysis: Document


def evidence(figure: str, transcript: Document, analysis: Document) -> Evidence:
    """The evidence of a figure (a key of DEFINITIONS; KeyError for another) from the stored transcript and analysis documents."""
    read = read_transcript(transcript)
    case = _Case(read, find_speech(read), analysis)
    computation, items = _MAKERS[figure](case)
    return Evidence(figure, DEFINITIONS[figure], computation, _source(figure, analysis), tuple(items))


def _source(figure: str, analysis: Document) -> str:
    versions = analysis.get("versions", {})
    analyzer = f"Assay analyser {versions.get('analyzer', c.ANALYZER_VERSION)}"
    model = versions.get("models", {}).get("sentiment")
    return f"{analyzer}, sentiment model {model}" if figure == "SENTIMENT_SCORE" and model else analyzer


def _engagement(case: _Case) -> tuple[str, list[Item]]:
    found = engagement_score(case.speech, case.transcript.holds)
    if found is None:
        return "The consumer does not speak, so there is no score.", []
    agent, consumer = talk_ms(case.speech, "agent"), talk_ms(case.speech, "consumer")
    lag = response_lag_ms(case.speech, case.transcript.holds)
    answers = "the consumer never answers" if lag is None else f"the consumer answers within {seconds(lag)}"
    computation = (
        f"100 × ({c.BALANCE_WEIGHT} × {found.balance:.2f} + {c.RESPONSE_WEIGHT} × {found.responsiveness:.2f}"
        f" + {c.INTERACTION_WEIGHT} × {found.interactivity:.2f}) = {found.value}: balance {found.balance:.2f}, as the consumer speaks"
        f" {100 * consumer / (agent + consumer):.1f} % of the talk; responsiveness {found.responsiveness:.2f}, as {answers};"
        f" interactivity {found.interactivity:.2f}, from {counted(speaker_changes(case.speech), 'change')} of speaker"
        f" in {minutes(agent + consumer)} of speech"
    )
    turns = case.speech.turns[:MOST_ITEMS]
    return computation, [_stretch(case, turn, f"turn of {seconds(turn.end_ms - turn.start_ms)}") for turn in turns]


def _stretch(case: _Case, spoken: Turn | Utterance, value: str, contribution: float | None = None) -> Item:
    """A turn or an utterance, with the words at its start."""
    opening = _opening(case, spoken.role, spoken.start_ms)
    return Item(spoken.start_ms, spoken.end_ms, value, spoken.role, *opening, contribution)


def _opening(case: _Case, role: Role, ms: int) -> tuple[int | None, str | None]:
    """The segment in which the role speaks at a moment, and its words."""
    for index, segment in enumerate(case.transcript.segments):
        if segment.role == role and segment.start_ms <= ms < segment.end_ms:
            return index, segment.text
    return None, None


def _sentiment(case: _Case) -> tuple[str, list[Item]]:
    labels = [
        None if entry["value"] is None else SegmentSentiment(entry["sentiment"], entry["value"]) for entry in case.analysis["utterances"]
    ]
    weighed = weigh(case.transcript, labels)
    total = sum(item.weight for item in weighed)
    if not total:
        return "No words could be judged, so there is no score.", []
    mean = sum(item.weight * item.value for item in weighed) / total
    computation = f"50 + 50 × {signed(mean)} = {score(weighed)}: the mean of {counted(len(weighed), 'passage')}, each weighed by its words"
    strongest = sorted(weighed, key=lambda item: -abs(item.weight * item.value))[:MOST_ITEMS]
    return computation, [_weighed_item(case, item, total) for item in strongest]


def _weighed_item(case: _Case, item: Weighed, total: int) -> Item:
    segment = case.transcript.segments[item.segment]
    weight = c.CONSUMER_WEIGHT if item.role == "consumer" else c.AGENT_WEIGHT
    value = f"{signed(item.value)} × {counted(item.weight // weight, 'word')}" + (f" × {weight}" if weight != 1 else "")
    return Item(segment.start_ms, segment.end_ms, value, item.role, item.segment, segment.text, item.weight * item.value / total)


def _talk_share(case: _Case) -> tuple[str, list[Item]]:
    agent, consumer = talk_ms(case.speech, "agent"), talk_ms(case.speech, "consumer")
    both = agent + consumer
    if not both:
        return "Nobody speaks, so there is no share.", []
    computation = f"{seconds(agent)} ÷ ({seconds(agent)} + {seconds(consumer)}) = {100 * agent / both:.1f} %"
    longest = sorted(case.speech.utterances["agent"], key=lambda u: u.start_ms - u.end_ms)[:MOST_ITEMS]
    return computation, [_stretch(case, u, seconds(u.end_ms - u.start_ms), (u.end_ms - u.start_ms) / both) for u in longest]


def _spiel(case: _Case) -> tuple[str, list[Item]]:
    found = longest_spiel(case.speech, case.transcript.holds, "agent")
    if found is None:
        return "The agent has no turn.", []
    length, (start, end) = found
    held = end - start - length
    computation = f"{seconds(end - start)} − {seconds(held)} of holds = {seconds(length)}" if held else f"{seconds(length)} at a stretch"
    return computation, [Item(start, end, seconds(length), "agent", *_opening(case, "agent", start))]


def _fillers(case: _Case) -> tuple[str, list[Item]]:
    said = streams(case.transcript, case.speech, "agent")
    count = fillers(case.transcript, "agent", said)
    spoken = talk_ms(case.speech, "agent")
    phrases = filler_phrases(case.transcript.language)
    if count is None or not spoken or phrases is None:
        return _not_here(case, "fillers_per_min"), []
    found = [(run, *place) for run in said for place in places([placed.text for placed in run], phrases)]
    items = [_placed_item(case, run[first], run[after - 1]) for run, first, after in found[:MOST_ITEMS]]
    return f"{count} ÷ {minutes(spoken)} = {count * MS_PER_MIN / spoken:.1f} per minute", items


def _not_here(case: _Case, name: str) -> str:
    """Why a figure of the agent is missing, as the analysis said it."""
    for feature in (f"agent.{name}", name):
        for entry in case.analysis.get("skipped", ()):
            if entry["feature"] == feature:
                return f"It cannot be computed here: {entry['reason']}."
    return "It cannot be computed here."


def _placed_item(case: _Case, first: Placed, last: Placed) -> Item:
    segment = case.transcript.segments[first.segment]
    quote = (segment.text or "")[first.start : last.end] if first.segment == last.segment else segment.text
    start = first.word.start_ms if first.word else segment.start_ms
    end = last.word.end_ms if last.word else case.transcript.segments[last.segment].end_ms
    return Item(start, max(start, end), "1", "agent", first.segment, quote)


def _speed(case: _Case) -> tuple[str, list[Item]]:
    count, spoken = words(case.transcript, "agent"), talk_ms(case.speech, "agent")
    if count is None or not spoken:
        return _not_here(case, "words_per_min"), []
    unit = case.analysis["agent"]["speed_unit"]
    runs = sorted(case.speech.utterances["agent"], key=lambda u: -(u.words or 0))[:MOST_ITEMS]
    items = [_spoken_item(case, run, unit[:-1], count) for run in runs]
    return f"{count} {unit} ÷ {minutes(spoken)} = {count * MS_PER_MIN / spoken:.0f} {unit} per minute", items


def _spoken_item(case: _Case, run: Utterance, noun: str, count: int) -> Item:
    held = run.words or 0
    return _stretch(case, run, f"{counted(held, noun)} in {seconds(run.end_ms - run.start_ms)}", held / count if count else None)


def _patience(case: _Case) -> tuple[str, list[Item]]:
    found = waits(case.speech, case.transcript.holds, "agent")
    if not found:
        return "The agent never answers the consumer.", []
    total = sum(wait.wait_ms for wait in found)
    computation = f"{seconds(total)} ÷ {counted(len(found), 'answer')} = {seconds(total / len(found))}"
    return computation, _wait_items(case, found, "agent", total)


def _lag(case: _Case) -> tuple[str, list[Item]]:
    found = waits(case.speech, case.transcript.holds, "consumer")
    lag = response_lag_ms(case.speech, case.transcript.holds)
    if lag is None:
        return "The consumer never answers the agent.", []
    return f"The middle of {counted(len(found), 'answer')} = {seconds(lag)}", _wait_items(case, found, "consumer", None)


def _wait_items(case: _Case, found: list[Wait], role: Role, total: int | None) -> list[Item]:
    longest = sorted(found, key=lambda wait: -wait.wait_ms)[:MOST_ITEMS]
    return [
        Item(
            min(w.start_ms, w.end_ms), max(w.start_ms, w.end_ms), seconds(w.wait_ms), role, *_opening(case, role, w.end_ms),
            w.wait_ms / total if total else None,
        )
        for w in longest
    ]  # fmt: skip


def _events(kind: str) -> Callable[[_Case], tuple[str, list[Item]]]:
    def make(case: _Case) -> tuple[str, list[Item]]:
        found = [event for event in case.analysis["events"] if event["type"] == kind]
        threshold = case.analysis.get("settings", {}).get(f"{kind}_ms")
        beyond = f" longer than {seconds(threshold)}" if threshold else ""
        total = sum(event["end_ms"] - event["start_ms"] for event in found)
        items = [Item(e["start_ms"], e["end_ms"], seconds(e["end_ms"] - e["start_ms"]), e["role"]) for e in found]
        return f"{len(found)}{beyond}, {seconds(total)} in all", items[:MOST_ITEMS]

    return make


_MAKERS: dict[str, Callable[[_Case], tuple[str, list[Item]]]] = {
    "ENGAGEMENT_SCORE": _engagement,
    "SENTIMENT_SCORE": _sentiment,
    "TALK_SHARE": _talk_share,
    "LONGEST_SPIEL": _spiel,
    "FILLERS_PER_MIN": _fillers,
    "TALKING_SPEED": _speed,
    "PATIENCE": _patience,
    "RESPONSE_LAG": _lag,
    "SILENCES": _events("silence"),
    "CROSSTALKS": _events("crosstalk"),
    "HOLDS": _events("hold"),
}


def seconds(ms: float) -> str:
    """`8.2 s`, or `1 min 12 s` from a minute on."""
    if ms < 59_950:
        return f"{ms / 1000:.1f} s"
    whole, rest = divmod(round(ms / 1000), 60)
    return f"{whole} min {rest} s"


def minutes(ms: float) -> str:
    return f"{ms / MS_PER_MIN:.2f} min"


def counted(number: int, noun: str) -> str:
    """`1 answer`, `2 answers`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def signed(value: float) -> str:
    """With a sign, and a true minus."""
    return f"{value:+.2f}".replace("-", "−")
