# ruff: noqa: E501
"""Every figure has evidence that agrees with it and quotes the transcript."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from backend.analysis.analyze import analyze
from backend.analysis.definitions import DEFINITIONS
from backend.analysis.evidence import evidence, seconds, signed
from backend.analysis.reading import read_transcript, write_transcript
from backend.analysis.types import Settings
from tests.analysis.documents import call, calls

CALL = call(
    ("a", 0, 4000, "um, thanks for calling"), ("c", 5000, 8000, "this is terrible"), ("a", 20_000, 24_000, "I am sorry"), ("c", 21_000, 24_000, "no no no no"),
    holds=((30_000, 40_000),),
)  # fmt: skip


def analysed(document):
    transcript = read_transcript(document)
    found = analyze(transcript, Settings(), only="conversation")
    found["utterances"] = [
        {"segment": i, "sentiment": "negative", "value": -0.5 if s.text else None} for i, s in enumerate(transcript.segments)
    ]
    return write_transcript(transcript), found


@pytest.mark.parametrize("figure", DEFINITIONS)
@given(document=calls())
@settings(max_examples=15)
def test_quotes_are_verbatim_and_nothing_fails(figure, document):
    transcript, analysis = analysed(document)
    found = evidence(figure, transcript, analysis)
    assert found.definition == DEFINITIONS[figure]
    for item in found.items:
        assert item.start_ms <= item.end_ms
        if item.quote:
            assert item.quote in transcript["segments"][item.segment]["text"]


@pytest.mark.parametrize(
    ("figure", "says", "count"),
    [
        ("ENGAGEMENT_SCORE", "100 × (0.4", 4), ("SENTIMENT_SCORE", "50 + 50 × −0.50 = 25", 4), ("TALK_SHARE", "8.0 s ÷ (8.0 s + 6.0 s) = 57.1 %", 2),
        ("LONGEST_SPIEL", "4.0 s at a stretch", 1), ("FILLERS_PER_MIN", "1 ÷ 0.13 min = 7.5", 1), ("TALKING_SPEED", "7 words ÷ 0.13 min", 2),
        ("PATIENCE", "12.0 s ÷ 1 answer = 12.0 s", 1), ("RESPONSE_LAG", "The middle of 2 answers = 0.5 s", 2), ("SILENCES", "1 longer than 5.0 s, 12.0 s in all", 1),
        ("CROSSTALKS", "1 longer than 2.0 s, 3.0 s in all", 1), ("HOLDS", "1, 10.0 s in all", 1),
    ],
)  # fmt: skip
def test_computations(figure, says, count):
    found = evidence(figure, *analysed(CALL))
    assert says in found.computation
    assert len(found.items) == count


def test_a_sentiment_figure_names_its_model():
    transcript, analysis = analysed(CALL)
    analysis["versions"]["models"] = {"sentiment": "m 1"}
    assert evidence("SENTIMENT_SCORE", transcript, analysis).source.endswith("sentiment model m 1")


def test_units():
    assert [seconds(8200), seconds(72_000), signed(-0.5), signed(0.25)] == ["8.2 s", "1 min 12 s", "−0.50", "+0.25"]
