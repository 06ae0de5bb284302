# ruff: noqa: E501
"""Conversation figures by hand-computed examples, a rule each."""

from __future__ import annotations

import json
import math
from importlib.resources import files

import pytest

from backend.analysis.analyze import analyze
from backend.analysis.engagement import half_up
from backend.analysis.reading import read_transcript
from backend.analysis.types import Settings
from tests.analysis.documents import call


def run(*segments, settings=None, **more):
    return analyze(read_transcript(call(*segments, **more)), settings or Settings(), only="conversation")


def words(*spans):
    return [("word", start, end) for start, end in spans]


def turns(found):
    return [(turn["role"][0], turn["start_ms"], turn["end_ms"]) for turn in found["turns"]]


@pytest.mark.parametrize(("pause", "joined"), [(1000, True), (1001, False)])
def test_an_utterance_ends_at_a_pause_of_more_than_a_second(pause, joined):
    found = run(("a", 0, 3000, words((0, 500), (500 + pause, 1000 + pause))))
    assert found["agent"]["talk_ms"] == (1000 + pause if joined else 1000)


def test_a_shorter_pause_ends_it_where_the_other_begins_and_ends_a_word_in_it():
    spans = words((0, 1000), (1900, 4000))
    inside = run(("a", 0, 4000, spans), ("c", 1000, 1900, words((1000, 1900))))
    reaching_in = run(("a", 0, 4000, spans), ("c", 900, 1900, words((900, 1900))))
    assert (inside["agent"]["talk_ms"], reaching_in["agent"]["talk_ms"]) == (3100, 4000)


def test_backchannels_are_in_no_turn():
    found = run(
        ("a", 0, 9000, "a long explanation of everything"), ("c", 2000, 2400, "uh huh okay"), ("c", 10_000, 12_000, "I see, thank you")
    )
    assert turns(found) == [("a", 0, 9000), ("c", 10_000, 12_000)]
    assert [(b["role"], b["start_ms"], b["segments"]) for b in found["backchannels"]] == [("consumer", 2000, [1])]
    assert found["consumer"]["talk_ms"] == 2400


@pytest.mark.parametrize(
    ("said", "language", "is_one"),
    [("one two three", "en", True), ("one two three four", "en", False), ("はいはいはい", "ja", True), ("はいはいはいは", "ja", False)],
)
def test_how_long_a_backchannel_may_be(said, language, is_one):
    found = run(("a", 0, 9000, "a long explanation of everything"), ("c", 2000, 5000, said), language=language)
    assert bool(found["backchannels"]) == is_one


@pytest.mark.parametrize(("length", "is_one"), [(1000, True), (1001, False)])
def test_a_wordless_backchannel_is_at_most_a_second(length, is_one):
    found = run(("a", 0, 9000, None), ("c", 2000, 2000 + length, None))
    assert bool(found["backchannels"]) == is_one


def test_equal_utterances_are_no_backchannels_and_the_agent_comes_first():
    found = run(("c", 0, 500, "yes"), ("a", 0, 500, "yes"))
    assert turns(found) == [("a", 0, 500), ("c", 0, 500)]


def test_shares():
    found = run(("a", 0, 3000, "x"), ("c", 3000, 4000, "x"), duration_ms=8000)
    assert (found["agent"]["talk_share_pct"], found["consumer"]["talk_share_pct"]) == (75, 25)
    assert (found["agent"]["interaction_share_pct"], found["consumer"]["interaction_share_pct"]) == (37.5, 12.5)


def test_nobody_speaks():
    found = run(("o", 0, 1000, "this call is recorded"), duration_ms=5000)
    assert found["agent"] == {
        "talk_ms": 0, "talk_share_pct": None, "interaction_share_pct": None, "longest_spiel_ms": None, "fillers_per_min": None,
        "words_per_min": None, "speed_unit": "words", "patience_ms": None,
    }  # fmt: skip
    assert (found["engagement_score"], found["turns"], found["events"], found["speaker_changes"]) == (None, [], [], 0)


def test_a_silent_role_has_zero_counts_and_no_rates():
    found = run(("a", 0, 1000, "hello"))
    consumer = found["consumer"]
    assert (consumer["talk_ms"], consumer["talk_share_pct"], consumer["words_per_min"], consumer["longest_spiel_ms"]) == (0, 0, None, None)


@pytest.mark.parametrize(("pause", "length"), [(3000, 7000), (3001, 2000)])
def test_longest_spiel(pause, length):
    found = run(("a", 0, 2000, "x"), ("a", 2000 + pause, 4000 + pause, "x"))
    assert found["agent"]["longest_spiel_ms"] == length


def test_holds_inside_a_spiel_are_taken_off_but_stay_in_the_pause():
    found = run(("a", 0, 2000, "x"), ("a", 4000, 6000, "x"), holds=((1500, 3500),))
    assert found["agent"]["longest_spiel_ms"] == 4000
    assert run(("a", 0, 2000, "x"), ("a", 6000, 8000, "x"), holds=((2000, 6000),))["agent"]["longest_spiel_ms"] == 2000


def test_patience_and_response_lag():
    found = run(("c", 0, 1000, "x"), ("a", 1500, 2000, "x"), ("c", 3000, 4000, "x"), ("a", 7000, 8000, "x"), holds=((5000, 6000),))
    assert (found["agent"]["patience_ms"], found["response_lag_ms"], found["consumer"]["patience_ms"]) == (1250, 1000, 1000)


def test_an_interruption_is_no_negative_wait():
    found = run(("c", 0, 3000, "one two three four five"), ("a", 2000, 5000, "x"))
    assert found["agent"]["patience_ms"] == 0


def test_events():
    found = run(
        ("a", 1000, 10_000, "long words here for you"), ("c", 7000, 12_500, "I talk over you now"), ("a", 20_000, 21_000, "x"),
        ("c", 40_000, 41_000, "x"), holds=((22_000, 30_000),), duration_ms=60_000,
    )  # fmt: skip
    assert [(e["type"], e["start_ms"], e["end_ms"], e["role"]) for e in found["events"]] == [
        ("crosstalk", 7000, 10_000, "consumer"), ("silence", 12_500, 20_000, None), ("hold", 22_000, 30_000, None), ("silence", 30_000, 40_000, None),
    ]  # fmt: skip


@pytest.mark.parametrize(("length", "count"), [(5000, 0), (5001, 1)])
def test_a_silence_is_strictly_longer_than_its_threshold(length, count):
    assert len(run(("a", 0, 100, "x"), ("a", 100 + length, 200 + length, "x"))["events"]) == count


@pytest.mark.parametrize(("length", "count"), [(2000, 0), (2001, 1)])
def test_a_crosstalk_is_strictly_longer_than_its_threshold(length, count):
    found = run(("a", 0, length, "one two three four"), ("c", 0, length, "one two three four"))
    assert [event["role"] for event in found["events"]] == ["consumer"] * count


def test_thresholds_can_be_switched_off():
    segments = [("a", 0, 9000, "one two three four"), ("c", 1000, 9000, "one two three four"), ("a", 60_000, 61_000, "x")]
    assert run(*segments, settings=Settings(silence_ms=None, crosstalk_ms=None))["events"] == []


def test_words_of_no_length_count_and_are_no_speech():
    found = run(("a", 0, 60_000, [("one", 0, 30_000), ("two", 30_000, 30_000), ("-", 30_000, 40_000), ("three", 59_500, 59_500)]))
    assert (found["agent"]["talk_ms"], found["agent"]["words_per_min"]) == (30_000, 6)
    assert found["events"] == []


def test_talking_speed_counts_characters_where_no_spaces_are_written():
    found = run(("a", 0, 30_000, "你好,我是小王。"), language="zh")
    assert (found["agent"]["words_per_min"], found["agent"]["speed_unit"]) == (12, "characters")
    timed = run(("a", 0, 30_000, [("你好,", 0, 20_000), ("我", 20_000, 30_000)]), language="zh")
    assert timed["agent"]["words_per_min"] == 6


@pytest.mark.parametrize(
    ("said", "language", "count"),
    [("Um, you know, uh I mean it", "en", 4), ("um acht Uhr ähm ja", "de", 1), ("you know what, um", "en", 2), ("えーと、はい", "ja", 1)],
)
def test_fillers(said, language, count):
    assert run(("a", 0, 60_000, said), language=language)["agent"]["fillers_per_min"] == count


@pytest.mark.parametrize(("keeps", "value", "reason"), [(True, 1, None), (None, 1, "unknown"), (False, None, "leaves fillers out")])
def test_fillers_depend_on_the_engine(keeps, value, reason):
    engine = {"name": "x", "version": "1", "keeps_fillers": keeps}
    found = run(("a", 0, 60_000, "um hello"), engine=engine)
    assert found["agent"]["fillers_per_min"] == value
    reasons = [entry["reason"] for entry in found["skipped"] if entry["feature"] == "fillers_per_min"]
    assert (reason is None and reasons == []) or reason in reasons[0]


def test_without_words_everything_that_needs_them_says_so():
    found = run(("a", 0, 4000, None), ("c", 5000, 9000, None))
    assert (found["agent"]["words_per_min"], found["agent"]["fillers_per_min"]) == (None, None)
    assert found["engagement_score"]["value"] > 0
    assert {"agent.words_per_min", "consumer.fillers_per_min", "mentions", "sentiment"} <= {entry["feature"] for entry in found["skipped"]}


def test_engagement_by_hand():
    found = run(("a", 0, 30_000, "x"), ("c", 31_000, 51_000, "x"))["engagement_score"]
    balance, response, interaction = 1 - abs(0.4 - 0.5) / 0.5, math.exp(-0.5), 1 / (50 / 60) / 10
    assert (found["balance"], found["responsiveness"], found["interactivity"]) == pytest.approx((balance, response, interaction))
    assert found["value"] == half_up(100 * (0.4 * balance + 0.3 * response + 0.3 * interaction))


def test_rounding_is_half_up_after_nine_decimals():
    assert [half_up(0.5), half_up(1.5), half_up(70.4999999999), half_up(70.49)] == [1, 2, 71, 70]


def test_a_segment_belongs_to_the_turn_of_its_first_word():
    found = run(("a", 0, 9000, words((0, 500), (8000, 9000))), ("c", 1000, 6000, "something longer than a backchannel"))
    assert [turn["segments"] for turn in found["turns"]] == [[0], [1], []]


def test_words_of_no_length_count_where_they_lie():
    short = [("yes", 2000, 2400), ("yes", 2400, 2800), ("yes", 2800, 3000)]
    long = ("a", 0, 9000, "a long explanation of everything")
    assert len(run(long, ("c", 2000, 3000, short))["backchannels"]) == 1
    assert run(long, ("c", 2000, 3000, [*short, ("okay", 3000, 3000)]))["backchannels"] == []
    assert len(run(long, ("c", 2000, 3500, [*short, ("okay", 3500, 3500)]))["backchannels"]) == 1


def test_what_cannot_be_computed_is_named_and_what_is_zero_is_not():
    found = {entry["feature"]: entry["reason"] for entry in run(("a", 0, 1000, "hello"), duration_ms=9000)["skipped"]}
    assert found["engagement_score"] == "the consumer does not speak"
    assert found["agent.patience_ms"] == "the agent never answers the consumer"
    assert found["consumer.words_per_min"] == "the consumer does not speak"
    assert "consumer.talk_share_pct" not in found
    assert run(duration_ms=9000)["skipped"][0] == {"feature": "agent.talk_share_pct", "reason": "neither the agent nor the consumer speaks"}


def test_a_role_of_backchannels_alone_has_no_spiel():
    found = run(("a", 0, 9000, "a long explanation of everything"), ("c", 2000, 2400, "yes"))
    assert found["consumer"]["longest_spiel_ms"] is None
    reasons = {entry["feature"]: entry["reason"] for entry in found["skipped"]}
    assert reasons["consumer.longest_spiel_ms"] == "the consumer says nothing but short words while the agent speaks"


def test_words_known_in_part():
    found = run(("a", 0, 1000, "um"), ("a", 2000, 3000, None), ("c", 4000, 5000, "yes"))
    assert (found["agent"]["words_per_min"], found["agent"]["fillers_per_min"], found["consumer"]["words_per_min"]) == (None, None, 60)
    skipped = analyze(read_transcript(call(("a", 0, 1000, "um"), ("a", 2000, 3000, None))), Settings(), only="indicators")["skipped"]
    assert "the words of 1 of 2 segments are unknown" in {entry["feature"]: entry["reason"] for entry in skipped}["mentions"]


@pytest.mark.parametrize(
    "language", ["en", "zh", "da", "nl", "fi", "fr", "de", "hi", "it", "ja", "ko", "pl", "pt", "ru", "es", "sv", "uk", "vi"]
)
def test_every_language_has_fillers_and_each_is_counted_once(language):
    for phrase in json.loads((files("backend.analysis") / "data" / "fillers.json").read_text("utf-8"))["languages"][language]:
        assert run(("a", 0, 60_000, f"{phrase}."), language=language)["agent"]["fillers_per_min"] == 1


def test_a_language_without_a_list_of_fillers_says_so():
    found = run(("a", 0, 60_000, "um"), language="tlh")
    assert found["agent"]["fillers_per_min"] is None
    assert "no list of fillers for the language 'tlh'" in {e["feature"]: e["reason"] for e in found["skipped"]}["fillers_per_min"]


@pytest.mark.parametrize(("segments", "reason"), [([("a", 0, 1000, None)], "the words are unknown"), ([], "nobody speaks")])
def test_language_parts_without_words_say_why(segments, reason):
    found = analyze(read_transcript(call(*segments)), Settings())
    assert {entry["reason"] for entry in found["skipped"] if entry["feature"] in ("sentiment", "summary")} == {reason}
