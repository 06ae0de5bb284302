"""How long a session lives, and what a cookie's request must show."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from backend.config import Config
from backend.identity import passwords
from backend.identity.cookies import cookie_name, own_origin, refuse_unsafe
from backend.identity.rules import Lifetime, new_token, token_hash

LIFE = Lifetime(idle=timedelta(hours=12), longest=timedelta(days=30))
THEN = datetime(2026, 11, 2, tzinfo=UTC)


@given(st.integers(0, 60 * 24 * 40))
def test_a_session_ends_after_idling_and_after_its_longest(minutes: int):
    now = THEN + timedelta(minutes=minutes)
    end = LIFE.expiry(THEN, now)
    assert end <= THEN + LIFE.longest
    assert end <= now + LIFE.idle
    assert end in {THEN + LIFE.longest, now + LIFE.idle}


def test_a_session_is_written_at_most_once_a_minute():
    assert not LIFE.needs_touch(THEN, THEN + timedelta(seconds=59))
    assert LIFE.needs_touch(THEN, THEN + timedelta(seconds=60))


def test_tokens_are_long_and_stored_as_their_hash():
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) >= 43 for token in tokens)
    assert len(token_hash("a")) == 32
    assert token_hash("a") != token_hash("b")


@pytest.mark.parametrize(
    ("config", "headers", "own"),
    [
        (Config(), {"origin": "http://127.0.0.1:8000", "host": "127.0.0.1:8000"}, True),
        (Config(), {"origin": "http://localhost:8000", "host": "localhost:8000"}, True),
        (Config(), {"origin": "http://localhost:9000", "host": "localhost:8000"}, False),
        (Config(), {"origin": "https://localhost:8000", "host": "localhost:8000"}, False),
        (Config(), {"origin": "null", "host": "localhost:8000"}, False),
        (Config(public_url="https://qm.example.com/"), {"origin": "https://qm.example.com", "host": "10.0.0.1"}, True),
        (Config(public_url="https://qm.example.com"), {"origin": "http://qm.example.com", "host": "qm.example.com"}, False),
        (Config(), {"host": "localhost:8000"}, None),
        (Config(), {"host": "localhost:8000", "sec-fetch-site": "same-origin"}, True),
        (Config(), {"host": "localhost:8000", "sec-fetch-site": "cross-site"}, False),
    ],
)
def test_whose_page_it_is(config, headers, own):
    assert own_origin(Headers(headers), config) is own


def test_what_is_refused_says_why():
    headers = Headers({"host": "localhost:8000", "x-assay": "1"})
    assert refuse_unsafe(headers, Config(), with_cookie=False) is None
    assert "Origin" in (refuse_unsafe(headers, Config(), with_cookie=True) or "")
    assert "x-assay" in (refuse_unsafe(Headers({}), Config(), with_cookie=False) or "")


def test_the_cookie_is_bound_to_the_host_over_https():
    assert cookie_name(Config(public_url="https://qm.example.com")) == "__Host-assay"
    assert cookie_name(Config()) == "assay"


async def test_a_password_is_right_or_not():
    stored = passwords.hash_password("correct horse")
    assert stored.startswith("$argon2id$")
    assert await passwords.check(stored, "correct horse")
    assert not await passwords.check(stored, "wrong")
    assert not await passwords.check(None, "nobody has this password")
    assert not await passwords.check("no hash at all", "wrong")
    assert not passwords.outdated(stored)
