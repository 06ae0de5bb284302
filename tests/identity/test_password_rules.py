"""Which passwords are taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import InvalidInput
from backend.identity import password_rules
from backend.identity.password_rules import LONGEST, SHORTEST, checked_password, fault, made_password

EMAIL, NAME = "maya.lindqvist@example.com", "Maya Lindqvist"


def wrong(password: str) -> str | None:
    return fault(password, email=EMAIL, name=NAME)


@pytest.mark.parametrize(
    "password",
    [
        "plum tractor sings",
        "Zx9!kQ2@mN7#",
        "четыре слова подряд",
        "パスワードではない長い言葉",
        "maya.lindqvist rides eleven horses",
        "x" * 8 + "abcdefg hijkl",
    ],
)
def test_length_counts_and_kinds_of_characters_do_not(password):
    assert wrong(password) is None
    assert checked_password(password, email=EMAIL, name=NAME) == password


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "at least"),
        ("short pass1", "at least"),
        ("x" * (LONGEST + 1), "at most"),
        ("password1234", "tried first"),
        ("PassWord1234", "tried first"),
        ("  qwertyuiop12  ", "tried first"),
        ("call center 12", "tried first"),
        ("aaaaaaaaaaaa", "tried first"),
        ("abababababababab", "tried first"),
        ("maya.lindqvist@example.com", "your name or your email"),
        ("MAYA.LINDQVIST@EXAMPLE.COM", "your name or your email"),
        ("maya.lindqvist1", "your name or your email"),
        ("1Maya Lindqvist!", "your name or your email"),
    ],
)
def test_what_is_refused_says_why(password, why):
    assert why in (wrong(password) or "")
    with pytest.raises(InvalidInput) as refused:
        checked_password(password, email=EMAIL, name=NAME, pointer="/input/new")
    assert refused.value.pointer == "/input/new"
    assert refused.value.value is None, "the password is not repeated"


@given(st.text(max_size=SHORTEST - 1))
def test_nothing_short_is_taken(password: str):
    assert wrong(password) is not None


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40), st.emails(), st.text(max_size=20))
def test_any_text_is_judged(password: str, email: str, name: str):
    assert fault(password, email=email, name=name) is None or len(fault(password, email=email, name=name) or "") > 20


def test_nobody_loses_every_password_to_a_short_name():
    assert fault("plum tractor sings", email="l@example.com", name="") is None


def test_the_list_holds_what_would_be_long_enough():
    words = Path(password_rules.__file__).with_name("common_passwords.txt").read_text().split()
    assert len(words) > 150
    assert words == sorted(set(words))
    assert all(len(word) >= SHORTEST and word == word.casefold() for word in words)


def test_a_made_password_is_taken_and_never_the_same():
    made = {made_password() for _ in range(50)}
    assert len(made) == 50
    assert all(wrong(password) is None for password in made)
    assert not any(letter in "".join(made) for letter in "lo01")
