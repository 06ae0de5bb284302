"""
How a figure came about: its definition, the computation with this conversation's numbers, and the passages that made it.

Evidence is computed again from the transcript by the code that made the figure, so it cannot tell another story.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from backend.analysis import constants as c
from backend.analysis.definitions import DEFINITIONS
from backend.analysis.engagement import EngagementScore, engagement_score
from backend.analysis.figures import MS_PER_MIN, Wait, longest_spiel, response_lag_ms, speaker_changes, talk_ms, waits
from backend.analysis.fillers import filler_phrases, fillers_in
from backend.analysis.findings import FINDINGS, why_missing
from backend.analysis.proof import MOST_ITEMS, Case, Document, Factor, Found, Item, Maker, counted, minutes, seconds, signed
from backend.analysis.reading import read_transcript
from backend.analysis.role_figures import fillers, words
from backend.analysis.sentiment import Weighed, score, weigh
from backend.analysis.stream import Placed, streams
from backend.analysis.types import Role, SegmentSentiment
from backend.analysis.uncertainty import MODELS, uncertainty
from backend.analysis.utterances import Turn, Utterance, find_speech


@dataclass(frozen=True, slots=True)
class Evidence:
    """`source` names the rule or model with its version; `uncertainty` says how far the figure can be trusted."""

    figure: str
    definition: str
    computation: str
    source: str
    uncertainty: str
    factors: tuple[Factor, ...]
    items: tuple[Item, ...]


def evidence(figure: str, transcript: Document, analysis: Document) -> Evidence:
    """The evidence of a figure (a key of DEFINITIONS; KeyError for another) from the stored transcript and analysis documents."""
    read = read_transcript(transcript)
    case = Case(read, find_speech(read), analysis)
    found = MAKERS[figure](case)
    items = tuple(_in_turns(found.items, analysis))
    doubt = uncertainty(figure, case)
    return Evidence(figure, DEFINITIONS[figure], found.computation, _source(figure, analysis), doubt, found.factors, items)


def _source(figure: str, analysis: Document) -> str:
    versions = analysis.get("versions", {})
    parts = [f"Assay analyser {versions.get('analyzer', c.ANALYZER_VERSION)}"]
    model, encoder = (versions.get("models", {}).get(name) for name in (MODELS.get(figure), "encoder"))
    if model:
        parts.append(f"{MODELS[figure].replace('_', ' ')} model {model}")
        # A model of the installation brings an encoder of its own.
        parts += [f"on the encoder {encoder}"] if encoder and figure != "SUMMARY" and "(transformers" not in model else []
        parts += _translated(figure, analysis)
    stamps = analysis.get("settings", {}).get("definitions", {})
    for of, name in (("CALL_OUTS", "indicators"), ("TOPICS", "topics")):
        parts += [f"the account's {name} as of {stamps[name]}"] if figure == of and name in stamps else []
    return ", ".join(parts)


def _translated(figure: str, analysis: Document) -> list[str]:
    engine = analysis.get("versions", {}).get("models", {}).get("translation")
    return [f"in the English translation by {engine}"] if engine and figure in ("TOPICS", "SUMMARY") else []


def _in_turns(items: list[Item], analysis: Document) -> list[Item]:
    """Each with the turn in which it lies, where it lies in one."""
    spoken = sorted((*analysis["turns"], *analysis.get("backchannels", ())), key=lambda turn: (turn["start_ms"], turn["end_ms"]))
    turn_of = {segment: place for place, turn in enumerate(spoken) for segment in turn["segments"]}
    return [item if item.segment is None else replace(item, turn=turn_of.get(item.segment)) for item in items]


def _engagement(case: Case) -> Found:
    found = engagement_score(case.speech, case.transcript.holds)
    if found is None:
        return Found("The consumer does not speak, so there is no score.", [])
    agent, consumer = talk_ms(case.speech, "agent"), talk_ms(case.speech, "consumer")
    lag = response_lag_ms(case.speech, case.transcript.holds)
    answers = "the consumer never answers" if lag is None else f"the consumer answers within {seconds(lag)}"
    computation = (
        f"100 × ({c.BALANCE_WEIGHT} × {found.balance:.2f} + {c.RESPONSE_WEIGHT} × {found.responsiveness:.2f}"
        f" + {c.INTERACTION_WEIGHT} × {found.interactivity:.2f}) = {found.value}: balance {found.balance:.2f}, as the consumer speaks"
        f" {100 * consumer / (agent + consumer):.1f}% of the talk; responsiveness {found.responsiveness:.2f}, as {answers};"
        f" interactivity {found.interactivity:.2f}, from {counted(speaker_changes(case.speech), 'change')} of speaker"
        f" in {minutes(agent + consumer)} of speech"
    )
    turns = case.speech.turns[:MOST_ITEMS]
    items = [_stretch(case, turn, f"turn of {seconds(turn.end_ms - turn.start_ms)}") for turn in turns]
    return Found(computation, items, _engagement_factors(case, found))


def _engagement_factors(case: Case, found: EngagementScore) -> tuple[Factor, ...]:
    agent, consumer = talk_ms(case.speech, "agent"), talk_ms(case.speech, "consumer")
    lag, changes = response_lag_ms(case.speech, case.transcript.holds), speaker_changes(case.speech)
    rate = changes * MS_PER_MIN / (agent + consumer)
    parts = (
        ("balance", found.balance, c.BALANCE_WEIGHT, f"the consumer speaks {100 * consumer / (agent + consumer):.1f}% of the talk"),
        ("responsiveness", found.responsiveness, c.RESPONSE_WEIGHT, "no answer" if lag is None else f"answers within {seconds(lag)}"),
        ("interactivity", found.interactivity, c.INTERACTION_WEIGHT, f"{rate:.1f} changes of speaker a minute"),
    )
    return tuple(Factor(name, value, weight, 100 * weight * value, note) for name, value, weight, note in parts)


def _sentiment_factors(weighed: list[Weighed], total: int) -> tuple[Factor, ...]:
    """What each role's passages moved the score away from 50."""
    found = []
    for role in ("consumer", "agent"):
        mine = [item for item in weighed if item.role == role]
        weight = sum(item.weight for item in mine)
        if weight:
            mean = sum(item.weight * item.value for item in mine) / weight
            found.append(Factor(role, mean, weight / total, 50 * mean * weight / total, counted(len(mine), "passage")))
    return tuple(found)


def _stretch(case: Case, spoken: Turn | Utterance, value: str, contribution: float | None = None) -> Item:
    """A turn or an utterance, with the words at its start."""
    opening = _opening(case, spoken.role, spoken.start_ms)
    return Item(spoken.start_ms, spoken.end_ms, value, spoken.role, *opening, contribution)


def _opening(case: Case, role: Role, ms: int) -> tuple[int | None, str | None]:
    """The segment in which the role speaks at a moment, and its words."""
    for index, segment in enumerate(case.transcript.segments):
        if segment.role == role and segment.start_ms <= ms < segment.end_ms:
            return index, segment.text
    return None, None


def _sentiment(case: Case) -> Found:
    labels = [
        None if entry["value"] is None else SegmentSentiment(entry["sentiment"], entry["value"]) for entry in case.analysis["utterances"]
    ]
    weighed = weigh(case.transcript, labels)
    total = sum(item.weight for item in weighed)
    if not total:
        return Found("No words could be judged, so there is no score.", [])
    mean = sum(item.weight * item.value for item in weighed) / total
    computation = f"50 + 50 × {signed(mean)} = {score(weighed)}: the mean of {counted(len(weighed), 'passage')}, each weighed by its words"
    strongest = sorted(weighed, key=lambda item: -abs(item.weight * item.value))[:MOST_ITEMS]
    return Found(computation, [_weighed_item(case, item, total) for item in strongest], _sentiment_factors(weighed, total))


def _weighed_item(case: Case, item: Weighed, total: int) -> Item:
    segment = case.transcript.segments[item.segment]
    weight = c.CONSUMER_WEIGHT if item.role == "consumer" else c.AGENT_WEIGHT
    value = f"{signed(item.value)} × {counted(item.weight // weight, 'word')}" + (f" × {weight}" if weight != 1 else "")
    return Item(segment.start_ms, segment.end_ms, value, item.role, item.segment, segment.text, item.weight * item.value / total)


def _talk_share(case: Case) -> Found:
    agent, consumer = talk_ms(case.speech, "agent"), talk_ms(case.speech, "consumer")
    both = agent + consumer
    if not both:
        return Found("Nobody speaks, so there is no share.", [])
    computation = f"{seconds(agent)} ÷ ({seconds(agent)} + {seconds(consumer)}) = {100 * agent / both:.1f}%"
    longest = sorted(case.speech.utterances["agent"], key=lambda u: u.start_ms - u.end_ms)[:MOST_ITEMS]
    items = [_stretch(case, u, seconds(u.end_ms - u.start_ms), (u.end_ms - u.start_ms) / both) for u in longest]
    return Found(computation, items)


def _interaction_share(case: Case) -> Found:
    agent, whole = talk_ms(case.speech, "agent"), case.transcript.duration_ms
    if not any(case.speech.utterances[role] for role in ("agent", "consumer")) or not whole:
        return Found("Nobody speaks, so there is no share.", [])
    longest = sorted(case.speech.utterances["agent"], key=lambda u: u.start_ms - u.end_ms)[:MOST_ITEMS]
    items = [_stretch(case, u, seconds(u.end_ms - u.start_ms), (u.end_ms - u.start_ms) / whole) for u in longest]
    return Found(f"{seconds(agent)} ÷ {seconds(whole)} = {100 * agent / whole:.1f}%", items)


def _spiel(case: Case) -> Found:
    found = longest_spiel(case.speech, case.transcript.holds, "agent")
    if found is None:
        return Found("The agent has no turn.", [])
    length, (start, end) = found
    held = end - start - length
    computation = f"{seconds(end - start)} − {seconds(held)} of holds = {seconds(length)}" if held else f"{seconds(length)} at a stretch"
    return Found(computation, [Item(start, end, seconds(length), "agent", *_opening(case, "agent", start))])


def _fillers(case: Case) -> Found:
    said = streams(case.transcript, case.speech, "agent")
    count = fillers(case.transcript, "agent", said)
    spoken = talk_ms(case.speech, "agent")
    phrases = filler_phrases(case.transcript.language)
    if count is None or not spoken or phrases is None:
        return Found(_not_here(case, "fillers_per_min"), [])
    found = [(run, *place) for run in said for place in fillers_in(run, case.transcript.language)]
    items = [_placed_item(case, run[first], run[after - 1]) for run, first, after in found[:MOST_ITEMS]]
    return Found(f"{count} ÷ {minutes(spoken)} = {count * MS_PER_MIN / spoken:.1f} per minute", items)


def _not_here(case: Case, name: str) -> str:
    """Why a figure of the agent is missing, as the analysis said it."""
    return why_missing(case, f"agent.{name}", name) or "It cannot be computed here."


def _placed_item(case: Case, first: Placed, last: Placed) -> Item:
    segment = case.transcript.segments[first.segment]
    quote = (segment.text or "")[first.start : last.end] if first.segment == last.segment else segment.text
    start = first.word.start_ms if first.word else segment.start_ms
    end = last.word.end_ms if last.word else case.transcript.segments[last.segment].end_ms
    return Item(start, max(start, end), "1", "agent", first.segment, quote)


def _speed(case: Case) -> Found:
    count, spoken = words(case.transcript, "agent"), talk_ms(case.speech, "agent")
    if count is None or not spoken:
        return Found(_not_here(case, "words_per_min"), [])
    unit = case.analysis["agent"]["speed_unit"]
    runs = sorted(case.speech.utterances["agent"], key=lambda u: -(u.words or 0))[:MOST_ITEMS]
    items = [_spoken_item(case, run, unit[:-1], count) for run in runs]
    return Found(f"{count} {unit} ÷ {minutes(spoken)} = {count * MS_PER_MIN / spoken:.0f} {unit} per minute", items)


def _spoken_item(case: Case, run: Utterance, noun: str, count: int) -> Item:
    held = run.words or 0
    return _stretch(case, run, f"{counted(held, noun)} in {seconds(run.end_ms - run.start_ms)}", held / count if count else None)


def _patience(case: Case) -> Found:
    found = waits(case.speech, case.transcript.holds, "agent")
    if not found:
        return Found("The agent never answers the consumer.", [])
    total = sum(wait.wait_ms for wait in found)
    computation = f"{seconds(total)} ÷ {counted(len(found), 'answer')} = {seconds(total / len(found))}"
    return Found(computation, _wait_items(case, found, "agent", total))


def _lag(case: Case) -> Found:
    found = waits(case.speech, case.transcript.holds, "consumer")
    lag = response_lag_ms(case.speech, case.transcript.holds)
    if lag is None:
        return Found("The consumer never answers the agent.", [])
    return Found(f"The middle of {counted(len(found), 'answer')} = {seconds(lag)}", _wait_items(case, found, "consumer", None))


def _wait_items(case: Case, found: list[Wait], role: Role, total: int | None) -> list[Item]:
    longest = sorted(found, key=lambda wait: -wait.wait_ms)[:MOST_ITEMS]
    return [
        Item(
            min(w.start_ms, w.end_ms), max(w.start_ms, w.end_ms), seconds(w.wait_ms), role, *_opening(case, role, w.end_ms),
            w.wait_ms / total if total else None,
        )
        for w in longest
    ]  # fmt: skip


def _events(kind: str) -> Maker:
    def make(case: Case) -> Found:
        found = [event for event in case.analysis["events"] if event["type"] == kind]
        threshold = case.analysis.get("settings", {}).get(f"{kind}_ms")
        beyond = f" longer than {seconds(threshold)}" if threshold else ""
        total = sum(event["end_ms"] - event["start_ms"] for event in found)
        items = [Item(e["start_ms"], e["end_ms"], seconds(e["end_ms"] - e["start_ms"]), e["role"]) for e in found]
        return Found(f"{len(found)}{beyond}, {seconds(total)} in all", items[:MOST_ITEMS])

    return make


MAKERS: Mapping[str, Maker] = {
    "ENGAGEMENT_SCORE": _engagement,
    "SENTIMENT_SCORE": _sentiment,
    "TALK_SHARE": _talk_share,
    "INTERACTION_SHARE": _interaction_share,
    "LONGEST_SPIEL": _spiel,
    "FILLERS_PER_MIN": _fillers,
    "TALKING_SPEED": _speed,
    "PATIENCE": _patience,
    "RESPONSE_LAG": _lag,
    "SILENCES": _events("silence"),
    "CROSSTALKS": _events("crosstalk"),
    "HOLDS": _events("hold"),
    **FINDINGS,
}
