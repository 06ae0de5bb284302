"""Texts as tokens: folded, broken at punctuation, with their places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.analysis.normal import tokenize, tokenize_slowly

APOSTROPHES = "’‘‛ʼʻ＇`´′"


def texts(text):
    return [token.text for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don't STOP, e-mail me!", ["don't", "stop", "e", "mail", "me"]),
        ("'tis 'n' dogs'", ["tis", "n", "dogs"]),
        ("snake_case a/b $5.00", ["snake", "case", "a", "b", "5", "00"]),
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("ﬁne ½ ①", ["fine", "1", "2", "1"]),
        ("¨ ´ ~", []),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("cafe\u0301s", ["cafés"]),
        ("app退款々です", ["app", "退", "款", "々", "で", "す"]),
        ("ｶﾞｽ・料金", ["ガ", "ス", "料", "金"]),
        ("환불을 요청", ["환불을", "요청"]),
        ("", []),
    ],
)
def test_tokens(text, expected):
    assert texts(text) == expected


@pytest.mark.parametrize("apostrophe", APOSTROPHES)
def test_apostrophes_are_one(apostrophe):
    assert texts(f"don{apostrophe}t é") == ["don't", "é"]


def test_a_place_is_that_of_the_text_as_written():
    assert tokenize("“Straße” ｶﾞ") == [("strasse", 1, 7), ("ガ", 9, 11)]


@given(st.text(max_size=40))
def test_tokens_stand_where_they_say(text):
    tokens = tokenize(text)
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)


@given(st.text(st.sampled_from("aBé ñßй'’-.,_1२ि退か゛ﾞ\u0301한ㄱ"), max_size=12))
def test_the_quick_way_and_the_slow_way_agree(text):
    unified = text.replace("’", "'")
    assert tokenize(text) == tokenize_slowly(unified)
