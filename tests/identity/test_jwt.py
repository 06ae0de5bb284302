"""Tokens that others make, change or borrow are refused, whatever the library would have taken."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given
from hypothesis import strategies as st
from jose import jwe, jwt

from backend.identity.tokens.jwt import Claims, TokenRefused, sign, verify

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
KEYS = {"k1": b"1" * 32, "k2": b"2" * 32}
GOOD = Claims(7, "12", 3, "assay.api", NOW, NOW + timedelta(days=30))
SAID = {"iss": "assay", "aud": "assay.api", "acct": "7", "sub": "12", "jti": "3", "iat": 1793610000, "exp": 1796202000}


def encoded(part: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


def made(header: object, claims: object = SAID, key: bytes = KEYS["k1"]) -> str:
    """Signed as HS256 whatever the header says."""
    signed = f"{encoded(header)}.{encoded(claims)}"
    return f"{signed}.{base64.urlsafe_b64encode(hmac.digest(key, signed.encode(), hashlib.sha256)).decode().rstrip('=')}"


HEADER = {"alg": "HS256", "typ": "JWT", "kid": "k1"}


def check(token: str, *, audience: str = "assay.api", now: datetime = NOW) -> Claims:
    return verify(token, key_of=KEYS.get, audience=audience, now=now)


def test_what_was_signed_comes_back():
    assert check(sign(GOOD, kid="k1", key=KEYS["k1"])) == GOOD
    assert check(made(HEADER)) == GOOD, "and the helper of this file signs as we do"


def test_a_token_names_the_key_that_signed_it():
    token = sign(GOOD, kid="k2", key=KEYS["k2"])
    assert check(token) == GOOD
    with pytest.raises(TokenRefused):
        check(sign(GOOD, kid="k2", key=KEYS["k1"]))
    with pytest.raises(TokenRefused, match="unknown key"):
        check(sign(GOOD, kid="k3", key=KEYS["k1"]))


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none", "kid": "k1"},
        {"alg": "None", "kid": "k1"},
        {"alg": "", "kid": "k1"},
        {"alg": "HS384", "kid": "k1"},
        {"alg": "RS256", "kid": "k1"},
        {"alg": ["HS256"], "kid": "k1"},
        {"kid": "k1"},
        {"alg": "HS256"},
        {"alg": "HS256", "kid": 1},
        {"alg": "HS256", "kid": ["k1"]},
        {**HEADER, "crit": ["exp"]},
        {**HEADER, "jwk": {"kty": "oct", "k": encoded("x")}},
        {**HEADER, "jku": "https://evil.test/keys"},
        {**HEADER, "zip": "DEF"},
        [],
        "HS256",
        None,
    ],
)
def test_a_header_of_another_kind_is_refused(header):
    with pytest.raises(TokenRefused):
        check(made(header))


def test_no_signature_is_refused_under_every_name():
    for alg in ("none", "HS256"):
        with pytest.raises(TokenRefused):
            check(f"{encoded({**HEADER, 'alg': alg})}.{encoded(SAID)}.")


def test_a_public_key_is_no_secret():
    """Were the algorithm the token's to choose, a published RSA key would sign for everybody."""
    private = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
    public = private.public_key()
    der = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    forged = made({**HEADER, "alg": "HS256"}, key=der)
    with pytest.raises(TokenRefused):
        check(forged)
    pem = private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    with pytest.raises(TokenRefused, match="algorithm"):
        check(jwt.encode(SAID, pem.decode(), algorithm="RS256", headers={"kid": "k1"}))


def test_an_encrypted_token_is_never_read():
    packed = jwe.encrypt(json.dumps(SAID), b"1" * 16, algorithm="dir", encryption="A128GCM", kid="k1").decode()
    with pytest.raises(TokenRefused):
        check(packed)


@pytest.mark.parametrize("missing", sorted(SAID))
def test_a_claim_that_is_missing_is_refused(missing):
    with pytest.raises(TokenRefused):
        check(made(HEADER, {name: value for name, value in SAID.items() if name != missing}))


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "assay.scim"},
        {"aud": ["assay.api", "assay.scim"]},
        {"aud": ["assay.api"]},
        {"aud": ""},
        {"aud": None},
        {"iss": "other"},
        {"iss": ["other"]},
        {"acct": 7},
        {"acct": "seven"},
        {"sub": 12},
        {"jti": 3},
        {"jti": "x"},
        {"iat": "1793610000"},
        {"exp": "1796202000"},
        {"exp": 1796202000.5},
        {"exp": True},
        {"exp": None},
        {"exp": 10**30},
        {"iat": -(10**30)},
        {"nbf": 32503680000},
    ],
)
def test_a_claim_of_another_kind_is_refused(changed):
    with pytest.raises(TokenRefused):
        check(made(HEADER, {**SAID, **changed}))


@pytest.mark.parametrize("claims", [[], "x", 1, None])
def test_claims_that_are_no_object_are_refused(claims):
    with pytest.raises(TokenRefused):
        check(made(HEADER, claims))


def test_a_token_counts_until_the_second_it_ends():
    token = sign(GOOD, kid="k1", key=KEYS["k1"])
    assert check(token, now=GOOD.expires_at - timedelta(seconds=1))
    with pytest.raises(TokenRefused, match="expired"):
        check(token, now=GOOD.expires_at)
    assert check(token, now=NOW - timedelta(seconds=60)), "clocks may be a minute apart"
    with pytest.raises(TokenRefused, match="not valid yet"):
        check(token, now=NOW - timedelta(seconds=61))


def test_one_audience_does_not_open_the_other():
    with pytest.raises(TokenRefused):
        check(sign(replace(GOOD, audience="assay.scim"), kid="k1", key=KEYS["k1"]))


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_token_that_was_changed_anywhere_says_nothing_else(place: int, by: int):
    """Every byte, by every other: refused, or (where base64 ignores it) the same claims."""
    token = bytearray(sign(GOOD, kid="k1", key=KEYS["k1"]).encode())
    token[place % len(token)] ^= by
    with suppress(TokenRefused):
        assert check(token.decode("latin-1")) == GOOD


@given(st.text(max_size=300))
def test_any_text_is_refused_and_none_breaks_it(text: str):
    with pytest.raises(TokenRefused):
        check(text)


def test_a_deep_header_is_refused():
    deep = base64.urlsafe_b64encode(b"[" * 100_000).decode()
    with pytest.raises(TokenRefused):
        check(f"{deep}.{deep}.x")


def test_a_short_key_signs_nothing():
    with pytest.raises(ValueError, match="32 bytes"):
        sign(GOOD, kid="k1", key=b"short")
