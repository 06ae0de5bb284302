"""What counts as added, removed and changed."""

from __future__ import annotations

from copy import deepcopy

import pytest

from backend.analyses.silence import silent_analysis, silent_transcript
from backend.reanalysis.difference import Change, Detail, changes, details
from tests.api.seed import ANALYSIS, TRANSCRIPT


@pytest.fixture
def new():
    return deepcopy(ANALYSIS)


def event(start_ms, end_ms, kind="silence"):
    return {"type": kind, "start_ms": start_ms, "end_ms": end_ms, "role": None}


def test_the_same_differs_in_nothing(new):
    assert changes(ANALYSIS, new) == []
    assert details(ANALYSIS, new, TRANSCRIPT["segments"]) == []


def test_numbers_have_their_values_on_both_sides(new):
    new["engagement_score"]["value"], new["sentiment_score"], new["agent"]["words_per_min"] = 72, None, 70.0
    assert changes(ANALYSIS, new) == [
        Change("score", "engagement_score", changed=1, before=71, after=72),
        Change("score", "sentiment_score", removed=1, before=42),
        Change("figure", "agent.words_per_min", changed=1, before=62.0, after=70.0),
    ]


def test_a_mention_is_told_by_keyword_and_place(new):
    (old,) = ANALYSIS["mentions"]
    new["mentions"] = [{**old, "exact": True}, {**old, "keyword": "want", "char_start": 2, "char_end": 6}]
    assert changes(ANALYSIS, new) == [Change("indicator", "Risk · Cancellation", added=1, changed=1, before=1, after=2)]
    found = details(ANALYSIS, new, TRANSCRIPT["segments"])
    assert sorted((each.kind, each.quote) for each in found) == [("added", "want"), ("changed", "cancel")]


def test_an_event_that_overlaps_its_former_self_has_changed(new):
    old = {**ANALYSIS, "events": [event(1_000, 7_000), event(9_000, 20_000), event(30_000, 36_000)]}
    new["events"] = [event(9_000, 20_000), event(29_000, 36_000), event(40_000, 50_000)]
    assert changes(old, new) == [Change("event", "silence", added=1, removed=1, changed=1, before=3, after=3)]
    assert [(each.kind, each.start_ms) for each in details(old, new, [])] == [("removed", 1_000), ("changed", 29_000), ("added", 40_000)]


def test_topics_passages_and_classes(new):
    new["topics"] = [{"name": "Privacy", "score": 0.6, "passages": []}]
    new["next_steps"], new["good_questions"] = [], [{"segment": 0, "text": "Thanks for calling.", "score": 0.5}]
    new["summary"], new["utterances"][0]["sentiment"] = None, "positive"
    assert changes(ANALYSIS, new) == [
        Change("topic", "Privacy", added=1, after=0.6),
        Change("topic", "Pricing", removed=1, before=0.7),
        Change("passage", "next_steps", removed=1, before=1, after=0),
        Change("passage", "good_questions", added=1, before=0, after=1),
        Change("passage", "summary", removed=1, before=1, after=0),
        Change("utterance", "sentiment", changed=1, before=2, after=2),
    ]


def test_without_words_only_events_are_told(new):
    new["mentions"], new["next_steps"], new["events"] = [], [], []
    said = silent_transcript(TRANSCRIPT)["segments"]
    found = details(silent_analysis(ANALYSIS), silent_analysis(new), said)
    assert found == [Detail("removed", "event", "silence", 9_000, 20_000, before="11.0 s")]


def test_classes_and_topics_have_their_places_and_both_sides(new):
    new["utterances"][0]["sentiment"], new["topics"] = "positive", []
    found = {(each.feature, each.kind): each for each in details(ANALYSIS, new, TRANSCRIPT["segments"])}
    judged, gone = found["utterance", "changed"], found["topic", "removed"]
    said = TRANSCRIPT["segments"][0]
    assert (judged.before, judged.after, judged.quote) == (ANALYSIS["utterances"][0]["sentiment"], "positive", said["text"])
    assert (gone.name, gone.before, gone.after) == ("Pricing", None, None)


def test_what_went_is_quoted_from_the_transcript_that_it_was_found_in(new):
    """The speech was recognised anew: there are fewer segments, with other words."""
    new["next_steps"], new["mentions"], new["topics"] = [], [], []
    new["utterances"] = new["utterances"][:1]
    again = [{**TRANSCRIPT["segments"][0], "text": "Something else."}]
    found = details(ANALYSIS, new, again, TRANSCRIPT["segments"])
    gone = [each for each in found if each.kind == "removed" and each.feature != "utterance"]
    assert {each.feature for each in gone} == {"indicator", "passage", "topic"}
    texts = " ".join(each["text"] or "" for each in TRANSCRIPT["segments"])
    assert all(each.quote in texts for each in gone)
