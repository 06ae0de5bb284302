"""Codes of the second factor: right ones count once, near the time they are made for; recovery codes stand in once each."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backend.identity.factor import totp

# RFC 6238, appendix B: the secret of the SHA-1 rows, with the last six of their eight digits.
RFC = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
VECTORS = [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")]
NOW = datetime(2026, 11, 2, 9, 0, 15, tzinfo=UTC)
STEP = int(NOW.timestamp()) // totp.STEP_S


def code_at(step: int, secret: str = RFC) -> str:
    return pyotp.TOTP(secret).generate_otp(step)


def taken(code: str, *, now: datetime = NOW, last_step: int = totp.NEVER) -> int | None:
    return totp.step_of(RFC, code, now=now, last_step=last_step)


@pytest.mark.parametrize(("seconds", "code"), VECTORS)
def test_the_examples_of_the_standard(seconds, code):
    assert taken(code, now=datetime.fromtimestamp(seconds, UTC)) == seconds // 30


@given(st.integers(-5, 5))
def test_a_code_counts_one_step_before_and_after_its_own(away: int):
    assume(code_at(STEP + away) not in {code_at(STEP + near) for near in (-1, 0, 1)} or abs(away) <= 1)
    assert (taken(code_at(STEP + away)) == STEP + away) is (abs(away) <= 1)


@given(st.integers(-1, 1), st.integers(-3, 3))
def test_no_code_counts_twice_nor_after_a_later_one(away: int, last: int):
    found = taken(code_at(STEP + away), last_step=STEP + last)
    assert (found is not None) is (away > last)


def test_a_code_used_at_the_edge_of_its_time_stays_used():
    used = taken(code_at(STEP), now=NOW)
    assert used == STEP
    for seconds in range(0, 60, 5):
        assert taken(code_at(STEP), now=NOW + timedelta(seconds=seconds), last_step=used) is None


@given(st.text(max_size=12))
def test_what_is_no_code_is_wrong(text: str):
    assume(totp.cleaned(text) not in {code_at(STEP + near) for near in (-1, 0, 1)})
    assert taken(text) is None


@pytest.mark.parametrize("wrong", ["", "12345", "1234567", "١٢٣٤٥٦", "12 34", "abcdef", "-12345", "１２３４５６"])
def test_digits_of_other_scripts_and_lengths_are_wrong(wrong):
    assert taken(wrong) is None


def test_blanks_are_forgiven():
    code = code_at(STEP)
    for typed in (f"{code[:3]} {code[3:]}", f" {code} ", f"{code[:3]}-{code[3:]}", f"{code[:3]}\u00a0{code[3:]}"):
        assert taken(typed) == STEP


def test_before_the_epoch_nothing_breaks():
    assert taken("123456", now=datetime(1970, 1, 1, tzinfo=UTC)) is None


def test_secrets_are_long_and_apps_can_read_them():
    secret = totp.new_secret()
    assert re.fullmatch(r"[A-Z2-7]{32}", secret)
    assert secret != totp.new_secret()
    parts = urlsplit(totp.uri(secret, email="maya+qm@example.com", account="Banco é Hijos"))
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert parse_qs(parts.query)["secret"] == [secret]
    assert parse_qs(parts.query)["issuer"] == ["Assay (Banco é Hijos)"]
    assert pyotp.parse_uri(parts.geturl()).now()


def test_the_picture_is_an_svg_without_scripts():
    picture = totp.qr(totp.uri(totp.new_secret(), email="a@example.com", account="Example"))
    root = ET.fromstring(picture)
    assert root.tag.endswith("svg")
    assert root.get("viewBox")
    assert {node.tag.rpartition("}")[2] for node in root.iter()} <= {"svg", "path", "g", "rect"}


def test_recovery_codes_are_many_long_and_kept_as_hashes():
    codes = totp.new_recovery_codes()
    assert len(set(codes)) == totp.RECOVERY_CODES
    assert all(re.fullmatch(r"(?:[a-z2-7]{4}-){3}[a-z2-7]{4}", code) for code in codes)
    hashes = {totp.recovery_hash(code) for code in codes}
    assert len(hashes) == len(codes)
    assert totp.recovery_hash(f" {codes[0].upper().replace('-', ' ')}") in hashes
    assert totp.recovery_hash(codes[0][:-1]) not in hashes
