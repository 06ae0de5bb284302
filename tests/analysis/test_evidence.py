# ruff: noqa: E501
"""Every figure has evidence that agrees with it and quotes the transcript."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from backend.analysis.analyze import analyze
from backend.analysis.definitions import DEFINITIONS
from backend.analysis.evidence import evidence
from backend.analysis.proof import seconds, signed
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
        ("ENGAGEMENT_SCORE", "100 × (0.4", 4), ("SENTIMENT_SCORE", "50 + 50 × −0.50 = 25", 4), ("TALK_SHARE", "8.0 s ÷ (8.0 s + 6.0 s) = 57.1%", 2),
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


@pytest.mark.parametrize("figure", DEFINITIONS)
def test_what_is_missing_is_said_so(figure):
    found = evidence(figure, *analysed(call(("c", 0, 1000, None), ("a", 2000, 2000, None))))
    assert found.items == () or figure == "ENGAGEMENT_SCORE"
    assert found.computation
    assert evidence(figure, *analysed(call())).items == ()


def test_a_reason_that_an_older_analysis_did_not_keep_is_not_invented():
    transcript, analysis = analysed(call(("a", 0, 1000, None)))
    assert evidence("TALKING_SPEED", transcript, analysis).computation == "It cannot be computed here: the words are unknown."
    assert evidence("TALKING_SPEED", transcript, analysis | {"skipped": []}).computation == "It cannot be computed here."


def test_the_engagement_score_is_taken_apart():
    found = evidence("ENGAGEMENT_SCORE", *analysed(CALL)).computation
    for part in ("42.9% of the talk", "answers within 0.5 s", "3 changes of speaker in 0.23 min"):
        assert part in found
    alone = evidence("ENGAGEMENT_SCORE", *analysed(call(("c", 0, 1000, "hello")))).computation
    assert "the consumer never answers" in alone


def test_a_figure_that_the_engine_prevents_gives_its_reason():
    document = call(("a", 0, 1000, "hello"), engine={"name": "x", "version": "1", "keeps_fillers": False})
    assert "the engine x leaves fillers out" in evidence("FILLERS_PER_MIN", *analysed(document)).computation


def test_holds_in_a_spiel_and_a_filler_across_segments():
    held = call(("a", 0, 2000, "one"), ("a", 4000, 6000, "two"), holds=((2500, 3500),))
    assert evidence("LONGEST_SPIEL", *analysed(held)).computation == "6.0 s − 1.0 s of holds = 5.0 s"
    crossing = call(("a", 0, 1000, [("you", 0, 1000)]), ("a", 1100, 2000, [("know", 1100, 2000)]))
    (item,) = evidence("FILLERS_PER_MIN", *analysed(crossing)).items
    assert (item.start_ms, item.end_ms, item.quote) == (0, 2000, "you")
