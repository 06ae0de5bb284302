# ruff: noqa: E501
"""The sentiment score and its line, from given values."""

from __future__ import annotations

from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.analysis.document import language_document
from backend.analysis.reading import read_transcript
from backend.analysis.sentiment import Line, Weighed, changes, classify, score, weigh
from backend.analysis.types import LanguageParts, Passage, SegmentSentiment, Summary, TopicFound
from tests.analysis.documents import call

ITEMS = st.lists(
    st.builds(Weighed, st.integers(0, 99), st.sampled_from(["agent", "consumer"]), st.integers(0, 600_000).map(float), st.integers(1, 60), st.floats(-1, 1)),
    min_size=1, max_size=20,
).map(lambda items: sorted(items, key=lambda item: item.middle_ms))  # fmt: skip


def test_the_consumer_weighs_twice_and_others_nothing():
    transcript = read_transcript(call(("a", 0, 10, "one two"), ("c", 20, 30, "one"), ("o", 40, 50, "x"), ("c", 60, 70, None)))
    sentiments = [SegmentSentiment("positive", 1.0), SegmentSentiment("negative", -0.5), SegmentSentiment("positive", 1.0), None]
    items = weigh(transcript, sentiments)
    assert [(item.segment, item.weight) for item in items] == [(0, 2), (1, 2)]
    assert score(items) == 63
    assert score([]) is None


@given(ITEMS)
def test_the_line_is_the_weighed_mean(items):
    times = np.array(sorted({0.0, 250_000.0, *(item.middle_ms for item in items)}))
    middles, weights, values = (np.array([getattr(item, name) for item in items], float) for name in ("middle_ms", "weight", "value"))
    kernel = weights * 2.0 ** (-np.abs(times[:, None] - middles) / 30_000)
    line = Line(items)
    assert [line.at(float(ms)) for ms in times] == pytest.approx(list(kernel @ values / kernel.sum(1)), abs=1e-9)


def test_a_change_is_a_class_held_for_five_seconds():
    items = [Weighed(0, "consumer", 0.0, 10, -0.9), Weighed(1, "consumer", 120_000.0, 10, 0.9)]
    found = changes(items, 120_000)
    assert [(change.before, change.after) for change in found] == [("negative", "neutral"), ("neutral", "positive")]
    assert found[0].until_ms == found[1].ms
    assert (found[1].until_ms, found[1].segment) == (120_000, 1)
    values = [Line(items).at(found[0].ms - 1000.0), Line(items).at(float(found[0].ms))]
    assert [classify(value) for value in values] == ["negative", "neutral"]


def test_without_segments_there_is_no_change():
    assert changes([], 1000) == []
    assert changes([Weighed(0, "agent", 500.0, 3, 0.9)], 1000) == []


def test_classes():
    assert [classify(value) for value in (0.2, 0.19, -0.19, -0.2)] == ["positive", "neutral", "neutral", "negative"]


@given(ITEMS, st.integers(0, 700_000))
def test_changes_are_those_of_a_walk_over_every_second(items, duration_ms):
    line = Line(items)
    classes = [classify(line.at(float(ms))) for ms in range(0, duration_ms + 1, 1000)]
    runs = [
        (label, [ms for ms, _ in run])
        for label, run in groupby(zip(range(0, duration_ms + 1, 1000), classes, strict=True), key=lambda pair: pair[1])
    ]
    expected, last = [], None
    for label, seconds in runs:
        if len(seconds) >= 5 and label != last:
            if last is not None:
                expected.append((seconds[0], last, label))
            last = label
    found = changes(items, duration_ms)
    assert [(change.ms, change.before, change.after) for change in found] == expected
    for change in found:
        distances = [(abs(item.middle_ms - change.ms), item.segment) for item in items]
        assert change.segment == min(distances)[1]


def test_recordings_of_any_length_cost_no_more_and_divide_by_no_zero():
    far = 2**53 - 1
    items = [Weighed(0, "consumer", 0.0, 10, -0.9), Weighed(1, "agent", far / 2, 10, 0.0), Weighed(2, "consumer", float(far), 10, 0.9)]
    found = changes(items, far)
    assert [(change.before, change.after) for change in found] == [("negative", "neutral"), ("neutral", "positive")]
    assert Line(items).at(far / 2) == pytest.approx(0)
    assert found[0].ms == pytest.approx(far / 4, abs=60_000)


def test_a_sentiment_score_of_an_analysis():
    document = call(("a", 0, 2000, "one two"), ("c", 40_000, 42_000, "three"), ("o", 43_000, 44_000, "four"), ("c", 45_000, 46_000, None))
    transcript = read_transcript(document)
    sentiments = (SegmentSentiment("positive", 0.9), SegmentSentiment("negative", -0.9), None, None)
    parts = LanguageParts(
        sentiments, (TopicFound("Pricing", 0.8, ((0, 0.8),)),), (Passage(0, "one", 0.7),), (), Summary("One.", (0,)), models={"x": "1"}
    )
    found = language_document(transcript, parts)
    assert (found["sentiment_score"]["value"], found["sentiment_score"]["agent"], found["sentiment_score"]["consumer"]) == (50, 95, 5)
    assert [(point["ms"], point["segment"]) for point in found["sentiment_score"]["points"]] == [(1000, 0), (41_000, 1)]
    assert [(c["from"], c["to"], c["segment"], c["until_ms"]) for c in found["sentiment_score"]["changes"]][-1][1] == "negative"
    assert found["utterances"][2] == {"segment": 2, "sentiment": None, "value": None}
    assert found["topics"] == [{"name": "Pricing", "score": 0.8, "passages": [{"segment": 0, "score": 0.8}]}]
    assert (found["next_steps"], found["summary"]) == ([{"segment": 0, "text": "one", "score": 0.7}], {"text": "One.", "segments": [0]})
