"""Keywords are found as METRICS says: whole tokens, folded, across punctuation, inside one utterance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.analysis.matcher import compile_matcher, find_mentions
from backend.analysis.reading import read_transcript
from backend.analysis.stream import streams
from backend.analysis.types import Category, Indicator, Keyword
from backend.analysis.utterances import SPEAKING, find_speech
from tests.analysis.documents import call


def said(transcript):
    speech = find_speech(transcript)
    return {role: streams(transcript, speech, role) for role in SPEAKING}


def find(document, *keywords, inflections=False, scope="both", language=None):
    indicator = Indicator("I", tuple(Keyword(text, inflections) for text in keywords), scope)
    transcript = read_transcript(document)
    matcher = compile_matcher((Category("C", (indicator,)),), language or transcript.language)
    return find_mentions(transcript, said(transcript), matcher), matcher.skipped


def quotes(said, *keywords, language="en", **options):
    found, _ = find(call(("a", 0, 1000, said), language=language), *keywords, **options)
    return [said[mention.char_start : mention.char_end] for mention in found]


@pytest.mark.parametrize(
    ("said", "keyword", "expected"),
    [
        ("I want a refund.", "refund", ["refund"]),
        ("refunds are refunded", "refund", []),
        ("Don’t cancel!", "don't", ["Don’t"]),
        ("the e-mail, the e mail", "e-mail", ["e-mail", "e mail"]),
        ("ＲＥＦＵＮＤ please", "refund", ["ＲＥＦＵＮＤ"]),
        ("STRASSE oder Straße", "straße", ["STRASSE", "Straße"]),
        ("cafe\u0301 latte", "café", ["cafe\u0301"]),
        ("I, um, want", "um want", ["um, want"]),
        ("'cancel' he said", "cancel", ["cancel"]),
        ("no match here", "!!!", []),
    ],
)
def test_whole_tokens_folded(said, keyword, expected):
    assert quotes(said, keyword) == expected


@pytest.mark.parametrize(
    ("said", "keyword", "language", "expected"),
    [
        ("我想取消订单", "取消", "zh", ["取消"]),
        ("解約したいです", "解約", "ja", ["解約"]),
        ("ｶﾞｽ料金", "ガス", "ja", ["ｶﾞｽ"]),
        ("退款2次", "退款", "zh", ["退款"]),
    ],
)
def test_languages_without_spaces(said, keyword, language, expected):
    assert quotes(said, keyword, language=language) == expected


@pytest.mark.parametrize(
    ("said", "keyword", "language", "expected"),
    [
        ("we cancelled two orders", "cancel order", "en", []),
        ("we cancelled orders", "cancel order", "en", ["cancelled orders"]),
        ("ich habe gekündigt, Kündigungen", "Kündigung", "de", ["Kündigungen"]),
        ("quiero cancelarla", "cancelar", "es", ["cancelarla"]),
    ],
)
def test_inflections(said, keyword, language, expected):
    assert quotes(said, keyword, language=language, inflections=True) == expected


@pytest.mark.parametrize("language", ["uk", "ko", "vi", "zh", "ja"])
def test_inflections_without_a_stemmer_are_refused_with_the_reason(language):
    found, skipped = find(call(("a", 0, 1000, "abc"), language=language), "abc", inflections=True)
    assert len(found) == 1
    assert "no stemmer" in skipped[0].reason


def test_overlaps_of_one_indicator_are_leftmost_then_longest():
    assert quotes("cancel my plan today", "my plan today", "cancel my", "cancel my plan", "today") == ["cancel my plan", "today"]


def test_different_indicators_may_overlap():
    categories = (Category("C", (Indicator("I", (Keyword("my plan"),)), Indicator("J", (Keyword("plan"),)))),)
    transcript = read_transcript(call(("a", 0, 1000, "my plan")))
    assert len(find_mentions(transcript, said(transcript), compile_matcher(categories, "en"))) == 2


@pytest.mark.parametrize(("scope", "count"), [("agent", 1), ("consumer", 1), ("both", 2)])
def test_scope(scope, count):
    document = call(("a", 0, 1000, "refund"), ("c", 2000, 3000, "refund"), ("o", 4000, 5000, "refund"))
    assert len(find(document, "refund", scope=scope)[0]) == count


def test_a_match_crosses_segments_inside_one_utterance_only():
    near = call(("a", 0, 1000, [("gummy", 0, 1000)]), ("a", 1500, 2000, [("bears", 1500, 2000)]))
    far = call(("a", 0, 1000, [("gummy", 0, 1000)]), ("a", 2500, 3000, [("bears", 2500, 3000)]))
    (mention,), _ = find(near, "gummy bears")
    assert (mention.segment, mention.end_segment, mention.start_ms, mention.end_ms, mention.exact) == (0, 1, 0, 2000, True)
    assert (mention.char_start, mention.char_end) == (0, 5)
    assert find(far, "gummy bears")[0] == []


def test_times_are_exact_with_words_and_the_segments_without():
    timed, _ = find(call(("a", 0, 5000, [("a", 0, 100), ("refund", 900, 1400)])), "refund")
    untimed, _ = find(call(("a", 0, 5000, "a refund")), "refund")
    assert (timed[0].start_ms, timed[0].end_ms, timed[0].exact) == (900, 1400, True)
    assert (untimed[0].start_ms, untimed[0].end_ms, untimed[0].exact) == (0, 5000, False)


def test_words_that_do_not_go_with_the_text_are_not_trusted_for_times():
    document = call(("a", 0, 5000, [("something", 0, 100)]))
    document["segments"][0]["text"] = "a refund"
    assert [mention.exact for mention in find(document, "refund")[0]] == [False]


def test_words_spelt_otherwise_than_the_text_keep_their_times():
    document = call(("a", 0, 5000, [("hello", 0, 400), ("a", 500, 600), ("refund", 900, 1400)]))
    document["segments"][0]["text"] = "Hello: a Refund!"
    (mention,), _ = find(document, "a refund")
    assert (mention.start_ms, mention.end_ms, mention.char_start, mention.char_end, mention.exact) == (500, 1400, 7, 15, True)


def test_a_word_of_no_length_far_off_is_in_no_utterance():
    near = call(("a", 0, 2000, [("gummy", 0, 1000), ("bears", 2000, 2000)]))
    far = call(("a", 0, 9000, [("gummy", 0, 1000), ("bears", 2001, 2001), ("bears", 9000, 9000)]))
    assert len(find(near, "gummy bears")[0]) == 1
    assert find(far, "gummy bears")[0] == []
    assert len(find(far, "bears bears")[0]) == 1


def test_text_before_the_first_and_after_the_last_timed_word():
    document = call(("a", 0, 5000, [("a", 0, 100)]))
    document["segments"][0]["text"] = "refund a refund"
    assert [mention.exact for mention in find(document, "refund")[0]] == [False, False]


@pytest.mark.parametrize("language", ["da", "de", "en", "es", "fi", "fr", "hi", "it", "nl", "pl", "pt", "ru", "sv"])
def test_languages_with_a_stemmer(language):
    found, skipped = find(call(("a", 0, 1000, "abc"), language=language), "abc", inflections=True)
    assert (len(found), skipped) == (1, ())


@given(
    st.lists(st.sampled_from("abc"), max_size=30),
    st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=3), min_size=1, max_size=4),
)
def test_agrees_with_trying_every_place(words, phrases):
    text = " ".join(words)
    keywords = [" ".join(phrase) for phrase in phrases]
    spans = []
    at = 0
    while at < len(words):
        lengths = [len(phrase) for phrase in phrases if words[at : at + len(phrase)] == phrase]
        if lengths:
            spans.append((at, at + max(lengths)))
        at += max(lengths, default=1)
    expected = [" ".join(words[start:end]) for start, end in spans]
    assert quotes(text, *keywords) == (expected if text else [])
