"""Nothing is quoted that was not said: a tampered analysis shows less, says how much less, and is written down."""

from __future__ import annotations

import logging
from copy import deepcopy
from types import SimpleNamespace

import pytest

from backend.analyses.loaders import checked
from backend.analyses.verbatim import verified

TRANSCRIPT = {
    "segments": [{"text": "I want my money back."}, {"text": "I will call you tomorrow. What happened?"}, {"text": None}],
}
MENTION = {"keyword": "money", "segment": 0, "end_segment": 0, "char_start": 10, "char_end": 15}
ANALYSIS = {
    "mentions": [MENTION],
    "next_steps": [{"segment": 1, "text": "I will call you tomorrow.", "score": 0.9}],
    "good_questions": [{"segment": 1, "text": "What happened?", "score": 0.8}],
    "topics": [{"name": "Pricing", "score": 0.7, "passages": [{"segment": 0, "score": 0.7}]}],
    "summary": {"text": "I want my money back.\nI will call you tomorrow.", "segments": [0, 1]},
    "skipped": [],
}


def test_what_stands_in_the_transcript_is_left_as_it_is():
    found, wrong = verified(ANALYSIS, TRANSCRIPT)
    assert found is ANALYSIS
    assert wrong == {}


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("next_steps", [{"segment": 1, "text": "I will refund you tomorrow.", "score": 0.9}]),
        ("next_steps", [{"segment": 0, "text": "I will call you tomorrow.", "score": 0.9}]),
        ("next_steps", [{"segment": 2, "text": "I will call you tomorrow.", "score": 0.9}]),
        ("next_steps", [{"segment": 9, "text": "I will call you tomorrow.", "score": 0.9}]),
        ("good_questions", [{"segment": 1, "text": "", "score": 0.8}]),
        ("mentions", [{**MENTION, "char_end": 99}]),
        ("mentions", [{**MENTION, "char_start": 15}]),
        ("mentions", [{**MENTION, "segment": -1}]),
        ("mentions", [{**MENTION, "segment": 1}]),
        ("topics", [{"name": "Pricing", "score": 0.7, "passages": [{"segment": 3, "score": 0.7}]}]),
    ],
)  # fmt: skip
def test_what_does_not_is_not_shown_and_counted(part, value):
    found, wrong = verified({**ANALYSIS, part: value}, TRANSCRIPT)
    assert found[part] == []
    assert wrong == {part: 1}
    assert found["skipped"] == [{"feature": part, "reason": "1 passage is not shown: the words do not stand in the transcript"}]
    assert {name: found[name] for name in ANALYSIS if name not in {part, "skipped"}} == {
        name: ANALYSIS[name] for name in ANALYSIS if name not in {part, "skipped"}
    }


@pytest.mark.parametrize(
    ("summary", "left", "count"),
    [
        ({"text": "Not said.\nI will call you tomorrow.", "segments": [0, 1]}, {"text": "I will call you tomorrow.", "segments": [1]}, 1),
        ({"text": "Made up.\nBoth of it.", "segments": [0, 1]}, None, 2),
        ({"text": "I want my money back.", "segments": [0, 1]}, {"text": "I want my money back.", "segments": [0]}, 1),
    ],
)  # fmt: skip
def test_a_summary_keeps_the_lines_that_were_said(summary, left, count):
    found, wrong = verified({**ANALYSIS, "summary": summary}, TRANSCRIPT)
    assert found["summary"] == left
    assert wrong == {"summary": count}


def test_some_of_a_list_stay_and_the_log_has_no_word_of_it(caplog):
    tampered = deepcopy(ANALYSIS)
    tampered["next_steps"] += [{"segment": 1, "text": "We owe you a thousand.", "score": 0.9}] * 2
    with caplog.at_level(logging.ERROR):
        found = checked(SimpleNamespace(id=7), tampered, TRANSCRIPT)
    assert [each["text"] for each in found["next_steps"]] == ["I will call you tomorrow."]
    assert found["skipped"][0]["reason"].startswith("2 passages are not shown")
    assert "analysis 7 quotes what its transcript does not hold" in caplog.text
    assert "thousand" not in caplog.text


def test_no_summary_is_no_fault():
    for summary in (None, {"text": "", "segments": []}):
        assert verified({**ANALYSIS, "summary": summary}, TRANSCRIPT)[1] == {}
