"""Segments of our own: one an utterance, split at sentence ends."""

from __future__ import annotations

import pytest

from backend.analysis.segmenting import ends_sentence, segments_of
from backend.analysis.types import Word


def spoken(*words):
    return [Word(text, start, end) for text, start, end in words]


def cut(said, language="en", **roles):
    return [(s.speaker, s.start_ms, s.end_ms, s.text) for s in segments_of(said, language, roles)]


def test_cuts_at_sentence_ends_and_long_pauses():
    said = {"a": spoken(("Good.", 0, 400), ("Day", 500, 900), ("to", 1900, 2000), ("you", 3001, 3100))}
    assert cut(said) == [("a", 0, 400, "Good."), ("a", 500, 2000, "Day to"), ("a", 3001, 3100, "you")]


def test_cuts_where_another_speaks_in_the_pause_and_not_where_they_reach_over_it():
    agent = spoken(("one", 0, 400), ("two", 1000, 1400))
    assert cut({"a": agent, "c": spoken(("yes", 400, 1000))}) == [("a", 0, 400, "one"), ("c", 400, 1000, "yes"), ("a", 1000, 1400, "two")]
    assert len(cut({"a": agent, "c": spoken(("yes", 400, 1001))})) == 2
    assert len(cut({"a": agent, "c": spoken(("yes", 500, 500))})) == 2


def test_a_long_word_inside_an_utterance_ends_it_late():
    assert cut({"a": spoken(("one", 0, 5000), ("two", 100, 200), ("three", 5900, 6000))}) == [("a", 0, 6000, "one two three")]


def test_languages_without_spaces_are_joined_without():
    assert cut({"a": spoken(("你", 0, 100), ("好。", 100, 200), ("嗯", 250, 300))}, "zh") == [
        ("a", 0, 200, "你好。"),
        ("a", 250, 300, "嗯"),
    ]


def test_roles_are_kept_and_otherwise_unknown():
    said = {"a": spoken(("x", 0, 1)), "b": [], "c": spoken(("y", 2, 3))}
    assert [(s.speaker, s.role) for s in segments_of(said, "en", {"a": "agent"})] == [("a", "agent"), ("c", "other")]


@pytest.mark.parametrize(
    ("word", "ends"),
    [
        ("it.", True),
        ("it", False),
        ('so."', True),
        ("Mr.", False),
        ("J.", False),
        ("I.", True),
        ("5.", True),
        ("ね。", True),
        ("है।", True),
    ],
)
def test_sentence_ends(word, ends):
    assert ends_sentence(word) == ends
