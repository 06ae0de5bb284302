"""
Every part of an analysis has a definition and evidence: which figure explains it, and that each entry of it has its turn, times, source
and uncertainty. A part that nobody explains fails here.
"""

from __future__ import annotations

from dataclasses import fields
from typing import get_args

import pytest

from backend.analysis.analyze import analyze
from backend.analysis.definitions import DEFINITIONS
from backend.analysis.engagement import EngagementScore
from backend.analysis.evidence import evidence
from backend.analysis.reading import read_transcript, write_transcript
from backend.analysis.types import Category, Indicator, Keyword, Role, Settings
from backend.analysis.uncertainty import MEASURED, MODELS, general, half_width, shipped_versions
from tests.analysis.documents import call

EXPLAINED = {
    "engagement_score": ("ENGAGEMENT_SCORE",),
    "sentiment_score.value": ("SENTIMENT_SCORE",),
    "sentiment_score.agent": ("SENTIMENT_SCORE",),
    "sentiment_score.consumer": ("SENTIMENT_SCORE",),
    "sentiment_score.points": ("SENTIMENT_LINE",),
    "sentiment_score.changes": ("SENTIMENT_LINE",),
    "utterances": ("SENTIMENT_SCORE",),
    "talk_ms": ("TALK_SHARE", "INTERACTION_SHARE"),
    "talk_share_pct": ("TALK_SHARE",),
    "interaction_share_pct": ("INTERACTION_SHARE",),
    "longest_spiel_ms": ("LONGEST_SPIEL",),
    "fillers_per_min": ("FILLERS_PER_MIN",),
    "words_per_min": ("TALKING_SPEED",),
    "speed_unit": ("TALKING_SPEED",),
    "patience_ms": ("PATIENCE",),
    "speaker_changes": ("ENGAGEMENT_SCORE",),
    "response_lag_ms": ("RESPONSE_LAG",),
    "events.silence": ("SILENCES",),
    "events.crosstalk": ("CROSSTALKS",),
    "events.hold": ("HOLDS",),
    "mentions": ("CALL_OUTS",),
    "topics": ("TOPICS",),
    "next_steps": ("NEXT_STEPS",),
    "good_questions": ("GOOD_QUESTIONS",),
    "summary": ("SUMMARY",),
}
"""Part of the document → the figures whose evidence explains it."""
NO_FIGURES = {"turns", "backchannels", "skipped", "versions", "settings"}
"""What the figures are made of, and what they were made by."""

CALL = call(
    ("a", 0, 4000, "um, thanks for calling, how did you notice it?"), ("c", 5000, 9000, "this is terrible, I want my refund"),
    ("a", 20_000, 24_000, "I am sorry, I will call you back tomorrow"), ("c", 21_500, 24_000, "no no no no, I do not want that"),
    ("a", 45_000, 48_000, "thank you for waiting, the refund is on its way"), ("c", 49_000, 52_000, "great, thank you so much for that"),
    holds=((30_000, 40_000),),
)  # fmt: skip
REFUND = (Category("Money", (Indicator("Refund", (Keyword("refund", inflections=True),)),)),)


@pytest.fixture(scope="module")
def analysed():
    """Every part filled in: what needs a model is written by hand, as models give it."""
    transcript = read_transcript(CALL)
    document = analyze(transcript, Settings(categories=REFUND, silence_ms=4000), only="indicators")
    values = [0.1, -0.9, -0.2, -0.5, 0.3, 0.9]
    document["utterances"] = [{"segment": at, "sentiment": "neutral", "value": value} for at, value in enumerate(values)]
    points = [
        {"ms": 2000, "value": 0.1, "segment": 0},
        {"ms": 7000, "value": -0.6, "segment": 1},
        {"ms": 50_000, "value": 0.6, "segment": 5},
    ]
    change = {"ms": 7000, "until_ms": 52_000, "from": "neutral", "to": "negative", "segment": 1}
    document["sentiment_score"] = {"value": 48, "agent": 53, "consumer": 46, "points": points, "changes": [change]}
    document["topics"] = [{"name": "Pricing", "score": 0.8, "passages": [{"segment": 1, "score": 0.8}, {"segment": 4, "score": 0.7}]}]
    document["next_steps"] = [{"segment": 2, "text": "I will call you back tomorrow", "score": 0.9}]
    document["good_questions"] = [{"segment": 0, "text": "how did you notice it?", "score": 0.8}]
    document["summary"] = {"text": "I want my refund\nI will call you back tomorrow", "segments": [1, 2]}
    document["versions"]["models"] = {**shipped_versions(), "encoder": "all-MiniLM-L6-v2"}
    document["settings"]["thresholds"] = {"default_topic": 0.65, "next_steps": 0.55, "good_questions": 0.5}
    return write_transcript(transcript), document


def parts_of(document):
    """The names of everything that an analysis says, down to where one figure explains it."""
    for name, value in document.items():
        if name in {"agent", "consumer"}:
            yield from value
        elif name == "sentiment_score":
            yield from (f"{name}.{part}" for part in value)
        elif name == "events":
            yield from (f"{name}.{event['type']}" for event in value)
        elif name not in NO_FIGURES:
            yield name


def test_every_part_of_an_analysis_is_explained(analysed):
    assert set(parts_of(analysed[1])) == set(EXPLAINED)
    assert {figure for figures in EXPLAINED.values() for figure in figures} == set(DEFINITIONS)


@pytest.mark.parametrize("figure", DEFINITIONS)
def test_its_evidence_is_whole(analysed, figure):
    transcript, analysis = analysed
    found = evidence(figure, transcript, analysis)
    assert "" not in (found.definition, found.computation, found.uncertainty)
    assert found.items
    assert found.source.startswith("Assay analyser 1.")
    if figure in MODELS:
        assert f"model {shipped_versions()[MODELS[figure]]}" in found.source
    spoken = sorted((*analysis["turns"], *analysis["backchannels"]), key=lambda turn: (turn["start_ms"], turn["end_ms"]))
    for item in found.items:
        assert 0 <= item.start_ms < item.end_ms <= transcript["duration_ms"]
        assert item.value
        if item.segment is not None:
            assert item.segment in spoken[item.turn]["segments"]
            assert item.role in get_args(Role)
            assert item.quote in transcript["segments"][item.segment]["text"]


def count(document, part):
    value = document[part]
    return sum(len(topic["passages"]) for topic in value) if part == "topics" else len(value)


@pytest.mark.parametrize("part", ["mentions", "topics", "next_steps", "good_questions"])
def test_each_entry_of_a_list_is_in_its_evidence(analysed, part):
    transcript, analysis = analysed
    (figure,) = EXPLAINED[part]
    items = evidence(figure, transcript, analysis).items
    assert len(items) == count(analysis, part)
    assert {item.name for item in items} == {"mentions": {"Money · Refund"}, "topics": {"Pricing"}}.get(part, {None})


def test_what_made_the_lists_is_said(analysed):
    found = {figure: evidence(figure, *analysed) for figure in DEFINITIONS}
    assert "the account's indicators as of " in found["CALL_OUTS"].source
    assert found["CALL_OUTS"].items[0].quote == "refund"
    assert "of a confidence of 0.55 and more" in found["NEXT_STEPS"].computation
    assert [item.quote for item in found["SUMMARY"].items] == ["I want my refund", "I will call you back tomorrow"]
    assert [item.value for item in found["SENTIMENT_LINE"].items] == ["neutral → negative", "lowest, −0.60", "highest, +0.60"]


def test_the_factors_of_a_score_add_up_to_it(analysed):
    engagement, sentiment = (evidence(figure, *analysed) for figure in ("ENGAGEMENT_SCORE", "SENTIMENT_SCORE"))
    assert [factor.name for factor in engagement.factors] == [field.name for field in fields(EngagementScore)][1:]
    assert round(sum(factor.points for factor in engagement.factors)) == analysed[1]["engagement_score"]["value"]
    assert [factor.name for factor in sentiment.factors] == ["consumer", "agent"]
    assert f"= {round(50 + sum(factor.points for factor in sentiment.factors))}:" in sentiment.computation
    assert sum(item.contribution for item in sentiment.items) == pytest.approx(sum(factor.points for factor in sentiment.factors) / 50)


def test_the_spread_of_the_passages_is_the_uncertainty_of_their_mean(analysed):
    assert " ± " in evidence("SENTIMENT_SCORE", *analysed).uncertainty
    assert half_width([]) is None


def test_what_is_said_of_each_figure_without_a_conversation():
    said = {figure: general(figure) for figure in DEFINITIONS}
    assert all(said.values())
    for figure, name in MODELS.items():
        version = shipped_versions()[name]
        assert said[figure] == MEASURED.get(version, f"How often the model {version} is right is not known here.")


def test_a_model_of_somebody_elses_is_not_given_our_figures(analysed):
    transcript, analysis = analysed
    other = {**analysis, "versions": {"analyzer": "1.0.0", "models": {"topics": "theirs"}}}
    assert evidence("TOPICS", transcript, other).uncertainty == "How often the model theirs is right is not known here."
    assert evidence("SUMMARY", transcript, other).uncertainty == "No model has judged this conversation."


def test_an_empty_list_says_why(analysed):
    transcript, analysis = analysed
    nothing = {**analysis, "mentions": [], "topics": [], "summary": None, "skipped": [{"feature": "topics", "reason": "no encoder"}]}
    said = {figure: evidence(figure, transcript, nothing).computation for figure in ("CALL_OUTS", "TOPICS", "SUMMARY")}
    assert said["TOPICS"] == "It cannot be computed here: no encoder."
    assert said["CALL_OUTS"] == "No keyword of an indicator was said."
    assert said["SUMMARY"] == "Too little is said to summarise."
