# ruff: noqa: E501
"""The sentiment score and its line, from given values."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.analysis.reading import read_transcript
from backend.analysis.sentiment import Line, Weighed, changes, classify, score, weigh
from backend.analysis.types import SegmentSentiment
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
