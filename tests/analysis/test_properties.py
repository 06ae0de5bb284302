"""What must hold for any conversation, whatever is said in it."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from backend.analysis.analyze import analyze
from backend.analysis.intervals import intersection, overlap, total, union
from backend.analysis.reading import read_transcript
from backend.analysis.tokens import has_word
from backend.analysis.types import Category, Indicator, Keyword, Settings
from tests.analysis.documents import call, calls

KEYWORDS = (Keyword("refund"), Keyword("you know"), Keyword("yes"))
SETTINGS = Settings(crosstalk_ms=0, silence_ms=0, categories=(Category("C", (Indicator("I", KEYWORDS),)),))
INTERVALS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=8)
TIMES = ("start_ms", "end_ms")


def analysed(document: dict[str, Any]) -> dict[str, Any]:
    return analyze(read_transcript(document), SETTINGS, only="indicators")


def shifted(value: Any, by: int) -> Any:
    """Every time in a document later; durations of figures stay."""
    if isinstance(value, list):
        return [shifted(entry, by) for entry in value]
    if isinstance(value, dict):
        return {name: entry + by if name in TIMES else shifted(entry, by) for name, entry in value.items()}
    return value


def swapped(value: Any) -> Any:
    """The document with agent and consumer exchanged."""
    return json.loads(json.dumps(value).replace('"agent"', '"…"').replace('"consumer"', '"agent"').replace('"…"', '"consumer"'))


def spans(found: dict[str, Any]) -> list[tuple[str, int, int]]:
    return [(event["type"], event["start_ms"], event["end_ms"]) for event in found["events"]]


@given(calls(), st.integers(1, 10**9))
def test_a_later_start_moves_times_and_nothing_else(document, by):
    later = shifted(document, by) | {"duration_ms": document["duration_ms"] + by}
    found, moved = analysed(document), analysed(later)
    for each in (found, moved):
        del each["agent"]["interaction_share_pct"], each["consumer"]["interaction_share_pct"], each["skipped"]
    assert moved == shifted(found, by)


@given(calls())
def test_roles_are_treated_alike(document):
    found, other = analysed(document), analysed(swapped(document))
    starts = {(turn["start_ms"], turn["end_ms"]) for turn in found["turns"]}
    assert found["agent"]["talk_ms"] == other["consumer"]["talk_ms"]
    assert found["agent"]["words_per_min"] == other["consumer"]["words_per_min"]
    assert found["agent"]["fillers_per_min"] == other["consumer"]["fillers_per_min"]
    assert len(found["mentions"]) == len(other["mentions"])
    assert [(e["type"], e["start_ms"], e["end_ms"]) for e in found["events"]] == [
        (e["type"], e["start_ms"], e["end_ms"]) for e in other["events"]
    ]
    if len(starts) == len(found["turns"]):  # ties go to the agent
        assert swapped(found["turns"]) == other["turns"]
        assert found["agent"]["patience_ms"] == other["consumer"]["patience_ms"]


@given(calls())
def test_figures_stay_within_their_bounds(document):
    found = analysed(document)
    agent, consumer = found["agent"], found["consumer"]
    crosstalk = sum(e["end_ms"] - e["start_ms"] for e in found["events"] if e["type"] == "crosstalk")
    silence = sum(e["end_ms"] - e["start_ms"] for e in found["events"] if e["type"] == "silence")
    assert crosstalk <= min(agent["talk_ms"], consumer["talk_ms"])
    assert silence + agent["talk_ms"] + consumer["talk_ms"] - crosstalk <= read_transcript(document).duration_ms
    assert agent["talk_share_pct"] is None or abs(agent["talk_share_pct"] + consumer["talk_share_pct"] - 100) < 1e-9
    assert found["engagement_score"] is None or 0 <= found["engagement_score"]["value"] <= 100
    assert all(before["role"] != after["role"] for before, after in pairwise(found["turns"]))
    assert len({s for turn in [*found["turns"], *found["backchannels"]] for s in turn["segments"]}) == sum(
        len(turn["segments"]) for turn in [*found["turns"], *found["backchannels"]]
    )


@given(calls())
def test_every_missing_figure_is_named(document):
    found = analysed(document)
    named = {entry["feature"] for entry in found["skipped"]}
    for role in ("agent", "consumer"):
        for name, value in found[role].items():
            assert value is not None or {name, f"{role}.{name}"} & named
    assert found["engagement_score"] or "engagement_score" in named
    assert found["response_lag_ms"] is not None or "response_lag_ms" in named
    assert {"sentiment", "topics", "next_steps", "good_questions", "summary"} <= named


@given(calls())
def test_mentions_quote_their_keyword(document):
    texts = [segment.text or "" for segment in read_transcript(document).segments]
    for mention in analysed(document)["mentions"]:
        if mention["segment"] == mention["end_segment"]:
            quote = texts[mention["segment"]][mention["char_start"] : mention["char_end"]]
            assert [piece for piece in quote.split() if has_word(piece)] == mention["keyword"].split()
        assert mention["start_ms"] <= mention["end_ms"]


@given(INTERVALS, INTERVALS)
def test_sets_of_intervals(first, second):
    def points(intervals):
        return {ms for start, end in intervals for ms in range(start, end)}

    one, two = union(first), union(second)
    assert points(one) == points(first)
    assert points(intersection(one, two)) == points(first) & points(second)
    assert total(one) == len(points(first))
    assert all(before[1] < after[0] for before, after in pairwise(one))
    for span in first:
        assert overlap(span, two) == len(points([span]) & points(second))
    assert overlap((40, 10), one) == 0


def test_the_document_is_json_and_has_all_that_is_promised():
    found = json.loads(json.dumps(analysed(call(("a", 0, 900, "yes"))), allow_nan=False))
    language = {"sentiment_score", "utterances", "topics", "next_steps", "good_questions", "summary"}
    conversation = {"engagement_score", "agent", "consumer", "speaker_changes", "turns", "backchannels", "events"}
    assert found.keys() >= language | conversation | {"mentions", "skipped", "versions"}
