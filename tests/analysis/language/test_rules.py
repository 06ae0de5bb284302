"""The pure rules: sentences, forms, what carries no feeling, the stretch of scores."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.analysis.language.courtesy import carries_no_feeling, is_agents_courtesy, is_agents_empathy
from backend.analysis.language.forms import is_commitment, is_open_question
from backend.analysis.language.sentences import LONGEST, normal, spans, without_lead, without_noise
from backend.analysis.language.sentiment import judged, label_of, ruled, stretched
from backend.analysis.language.shipped import Band
from backend.analysis.types import SegmentSentiment

BAND = Band(negative=-0.3, positive=0.4)


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


def test_sentences_end_at_their_marks() -> None:
    assert split("Hi there. How are you?  Fine!") == ["Hi there.", "How are you?", "Fine!"]


def test_abbreviations_and_decimals_end_nothing() -> None:
    assert split("Mr. Lee paid $4.50 at 9 a.m. on Monday.") == ["Mr. Lee paid $4.50 at 9 a.m. on Monday."]


def test_a_long_run_without_marks_is_cut_at_connecting_words() -> None:
    text = " ".join(["i went to the shop on the corner of the street and then"] * 6)
    pieces = split(text)
    assert len(pieces) > 2
    assert all(len(piece.split()) <= LONGEST for piece in pieces)
    assert " ".join(pieces) == text


@given(st.text(alphabet="ab .!?'\n", max_size=300))
def test_spans_cover_every_word_in_order(text: str) -> None:
    assert " ".join(split(text)).split() == text.split()


def test_normal_text_is_plain() -> None:
    assert normal("  Well, it’s $40 — [laughter] O.K.? ") == "well it's $40 o k"
    assert without_noise("<unk> yes [noise]") == "yes"
    assert without_noise("[noise]") == "[noise]"


def test_the_lead_is_taken_off() -> None:
    assert without_lead("um okay so you know i'll call you") == "i'll call you"
    assert without_lead("okay") == "okay"


@pytest.mark.parametrize(
    "text",
    [
        "I'll send you the form today",
        "so we'll get a technician out to you",
        "you should receive it in three to five business days",
        "okay so i'm gonna escalate this to the network team",
        "the refund will be processed within ten days",
        "the next step is that you send us the signed form",
        "I've scheduled the technician for friday morning",
        "please send us the receipt by friday",
        "let me arrange a call with our adviser for tomorrow",
        "once we have the report we'll pay the claim",
    ],
)
def test_commitments_have_their_form(text: str) -> None:
    assert is_commitment(normal(text))


@pytest.mark.parametrize(
    "text",
    [
        "will you call me back?",
        "nobody called me back",
        "you said you would send it",
        "I'll hold",
        "I'll need your account number",
        "please hold the line",
        "I hope you'll send it",
        "can you email me the contract",
        "you'll see a green button at the top",
        "that'll be forty dollars",
        "looking forward to it",
        "my card was delivered yesterday",
    ],
)
def test_what_only_sounds_like_a_commitment_is_none(text: str) -> None:
    assert not is_commitment(normal(text))


@pytest.mark.parametrize(
    "text",
    [
        "what have you tried so far",
        "um so how do you use it day to day",
        "can you walk me through what happened?",
        "tell me more about your business",
        "may i ask what made you leave",
        "so if I understand you correctly the date is wrong",
        "when you say slow do you mean the download",
    ],
)
def test_open_questions_have_their_form(text: str) -> None:
    assert is_open_question(normal(text), text)


@pytest.mark.parametrize(
    "text",
    [
        "what's your account number?",
        "how are you today?",
        "can I have your name please?",
        "is there anything else I can help you with?",
        "could you spell that for me",
        "what I can do is send you a new one",
        "how may I help you",
        "are you still there?",
        "which card would you like",
        "why not?",
        "your balance is forty dollars",
    ],
)
def test_form_filling_and_courtesy_are_no_open_questions(text: str) -> None:
    clean = normal(text)
    # "which card would you like" passes for a choice of importance only where the head agrees; here the form alone must bar it
    assert not is_open_question(clean, text)


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "yes please",
        "zero seven eight seven",
        "4-8-1",
        "may seventeenth",
        "okay thank you bye",
        "no that'll be all",
        "2 people",
        "that was going to be it",
    ],
)
def test_numbers_and_closings_carry_no_feeling(text: str) -> None:
    assert carries_no_feeling(normal(text))
    assert ruled(-0.9, normal(text), "consumer") == 0.0


@pytest.mark.parametrize("text", ["thank you so much you've been great", "no this is ridiculous", "I'm furious"])
def test_feeling_is_kept(text: str) -> None:
    assert not carries_no_feeling(normal(text))
    assert ruled(0.7, normal(text), "consumer") == 0.7


def test_an_agents_regret_is_not_an_agents_anger() -> None:
    clean = normal("I'm very sorry to hear that, I understand how frustrating it is")
    assert is_agents_empathy(clean)
    assert ruled(-0.8, clean, "agent") == 0.0
    assert ruled(-0.8, clean, "consumer") == -0.8
    assert ruled(0.5, clean, "agent") == 0.5


def test_an_agents_courtesy_is_not_an_agents_joy() -> None:
    clean = normal("Thank you for calling, how may I help you?")
    assert is_agents_courtesy(clean)
    assert ruled(0.8, clean, "agent") == 0.0
    assert ruled(0.8, clean, "consumer") == 0.8


@pytest.mark.parametrize(("raw", "value"), [(-1, -1), (-0.3, -0.2), (0.05, 0), (0.4, 0.2), (1, 1)])
def test_thresholds_come_to_lie_at_the_bounds_of_the_classes(raw: float, value: float) -> None:
    assert stretched(raw, BAND) == pytest.approx(value)


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_the_stretch_keeps_order(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert stretched(low, BAND) <= stretched(high, BAND)


@pytest.mark.parametrize(("value", "label"), [(-0.2, "negative"), (-0.199, "neutral"), (0.199, "neutral"), (0.2, "positive")])
def test_labels_follow_the_classes_of_the_line(value: float, label: str) -> None:
    assert label_of(value) == label


def test_a_segment_is_the_mean_of_its_pieces_by_words() -> None:
    assert judged([(-0.9, 3), (0.1, 1)]) == SegmentSentiment("negative", -0.65)
    assert judged([]) == SegmentSentiment("neutral", 0.0)
