"""The evidence of what is a list itself: call-outs, topics, steps, questions, the summary, changes of sentiment. All is shown."""

from __future__ import annotations

from collections.abc import Mapping

from backend.analysis import constants as c
from backend.analysis.proof import Case, Document, Found, Item, Maker, counted, seconds, signed


def why_missing(case: Case, *features: str) -> str | None:
    """Why the analysis left a feature out, as it said it; None where it did not."""
    for feature in features:
        for entry in case.analysis.get("skipped", ()):
            if entry["feature"] == feature:
                return f"It cannot be computed here: {entry['reason']}."
    return None


def _call_outs(case: Case) -> Found:
    found = case.analysis["mentions"]
    if not found:
        return Found(why_missing(case, "mentions", "indicators") or "No keyword of an indicator was said.", [])
    names = {_indicator(each) for each in found}
    inexact = sum(not each["exact"] for each in found)
    rest = f"; {inexact} without word times, dated by their passage" if inexact else ""
    items = [_mention(case, each) for each in sorted(found, key=lambda each: (_indicator(each), each["start_ms"]))]
    return Found(f"{counted(len(found), 'mention')} of {counted(len(names), 'indicator')}{rest}", items)


def _indicator(mention: Document) -> str:
    return f"{mention['category']} · {mention['indicator']}"


def _mention(case: Case, each: Document) -> Item:
    """The quote is what the keyword met; where it goes on in the next segment, up to the end of the first."""
    text = case.transcript.segments[each["segment"]].text or ""
    to = each["char_end"] if each["end_segment"] == each["segment"] else len(text)
    quote = text[each["char_start"] : to]
    return Item(each["start_ms"], each["end_ms"], f"“{each['keyword']}”", each["role"], each["segment"], quote, name=_indicator(each))


def _topics(case: Case) -> Found:
    found = case.analysis["topics"]
    if not found:
        return Found(why_missing(case, "topics") or "No passage came near enough to a topic's guiding sentences.", [])
    items = [_passage(case, one["segment"], None, one["score"], topic["name"]) for topic in found for one in topic["passages"]]
    return Found(f"{counted(len(items), 'passage')} of {counted(len(found), 'topic')}{_from(case, 'default_topic')}", items)


def _passage(case: Case, segment: int, text: str | None, score: float, name: str | None = None) -> Item:
    said = case.transcript.segments[segment]
    quote = said.text if text is None else text
    return Item(said.start_ms, said.end_ms, f"confidence {score:.2f}", said.role, segment, quote, name=name)


def _from(case: Case, name: str) -> str:
    """The threshold that was in force, where the analysis kept it."""
    threshold = case.analysis.get("settings", {}).get("thresholds", {}).get(name)
    return "" if threshold is None else f", of a confidence of {threshold:g} and more"


def _listed(feature: str, noun: str) -> Maker:
    def make(case: Case) -> Found:
        found = case.analysis[feature]
        if not found:
            return Found(why_missing(case, feature) or f"No sentence passed for a {noun}.", [])
        items = [_passage(case, each["segment"], each["text"], each["score"]) for each in found]
        return Found(f"{counted(len(items), noun)}{_from(case, feature)}", items)

    return make


def _summary(case: Case) -> Found:
    found = case.analysis["summary"]
    if not found or not found["text"]:
        return Found(why_missing(case, "summary") or "Too little is said to summarise.", [])
    if found.get("written_by"):
        return _written(case, found)
    lines, segments = found["text"].split("\n"), case.transcript.segments
    places = [(place, line, segments[segment]) for place, line, segment in zip(found["segments"], lines, found["segments"], strict=False)]
    items = [
        Item(said.start_ms, said.end_ms, f"sentence {number}", said.role, place, line)
        for number, (place, line, said) in enumerate(places, start=1)
    ]
    return Found(f"{counted(len(items), 'sentence')} of the conversation, word for word, in their order", items)


def _written(case: Case, found: Document) -> Found:
    """Of a summary that was written: each sentence's passages, word for word. The sentence itself is nobody's quote."""
    lines, segments = found["text"].split("\n"), case.transcript.segments
    items = [
        Item(segments[place].start_ms, segments[place].end_ms, f"sentence {number}", segments[place].role, place, segments[place].text)
        for number, sources in enumerate(found["sources"], start=1)
        for place in sources
    ]
    return Found(
        f"{counted(len(lines), 'sentence')} written by {found['written_by']}, not said by anyone; below each one's number, what was said"
        " nearest to it",
        items,
    )


def _sentiment_line(case: Case) -> Found:
    score = case.analysis["sentiment_score"]
    if not score or not score["points"]:
        return Found(why_missing(case, "sentiment") or "No words could be judged, so there is no line.", [])
    changes, points = score["changes"], score["points"]
    ends = [*(each["ms"] for each in changes[1:]), case.transcript.duration_ms]
    items = [_change(case, each, end) for each, end in zip(changes, ends, strict=False)]
    low, high = (choose(points, key=lambda point: point["value"]) for choose in (min, max))
    items += [_point(case, low, "lowest"), *([_point(case, high, "highest")] if high is not low else [])]
    held = seconds(c.CLASS_HELD_STEPS * c.CLASS_STEP_MS)
    return Found(
        f"{counted(len(changes), 'change')} of class, each held for at least {held}; positive from {signed(c.POSITIVE_FROM)}, negative from"
        f" {signed(c.NEGATIVE_FROM)}; a passage counts half as much each {c.SENTIMENT_HALF_LIFE_MS / 1000:g} s away",
        items,
    )


def _change(case: Case, each: Document, end: int) -> Item:
    said = case.transcript.segments[each["segment"]]
    return Item(each["ms"], max(each["ms"], end), f"{each['from']} → {each['to']}", said.role, each["segment"], said.text)


def _point(case: Case, point: Document, which: str) -> Item:
    said = case.transcript.segments[point["segment"]]
    return Item(said.start_ms, said.end_ms, f"{which}, {signed(point['value'])}", said.role, point["segment"], said.text)


FINDINGS: Mapping[str, Maker] = {
    "SENTIMENT_LINE": _sentiment_line,
    "CALL_OUTS": _call_outs,
    "TOPICS": _topics,
    "NEXT_STEPS": _listed("next_steps", "next step"),
    "GOOD_QUESTIONS": _listed("good_questions", "good question"),
    "SUMMARY": _summary,
}
