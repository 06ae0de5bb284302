"""
The one place that speaks JWT. The library takes what it is given (any algorithm, a missing audience), so that everything is fixed here:
HS256 alone, a key that we look up by its id, every claim present and of its type. Encrypted tokens are never read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from jose import jwt
from jose.exceptions import JOSEError

ALGORITHM = "HS256"
ISSUER = "assay"
SHORTEST_KEY = 32
SKEW = timedelta(minutes=1)
"""How far the clocks of two processes may be apart."""
_HEADER = {"alg", "kid", "typ"}
# The times are required and checked below, against the program's clock.
_OPTIONS: dict[str, Any] = {f"require_{claim}": True for claim in ("aud", "iss", "jti", "sub")} | {"verify_exp": False, "verify_iat": False}


class TokenRefused(Exception):
    """Why a token does not count. Said to nobody but the log's reader: who shows one learns only that it was refused."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token says: for which account, as whom, under which number, where, and from when to when."""

    account_id: int
    subject: str
    token_id: int
    audience: str
    issued_at: datetime
    expires_at: datetime


def sign(claims: Claims, *, kid: str, key: bytes) -> str:
    """A compact JWT. Raises ValueError where the key is shorter than the hash (RFC 7518 §3.2)."""
    if len(key) < SHORTEST_KEY:
        raise ValueError(f"a signing key has at least {SHORTEST_KEY} bytes")
    said = {
        "iss": ISSUER,
        "aud": claims.audience,
        "acct": str(claims.account_id),
        "sub": claims.subject,
        "jti": str(claims.token_id),
        "iat": int(claims.issued_at.timestamp()),
        "exp": int(claims.expires_at.timestamp()),
    }
    return str(jwt.encode(said, key, algorithm=ALGORITHM, headers={"kid": kid}))


def key_id(token: str) -> str:
    """Which key a token says that it was signed with. Raises TokenRefused where its header is not one that we write."""
    try:
        header = jwt.get_unverified_header(token)
    except (JOSEError, RecursionError) as error:
        raise TokenRefused("malformed") from error
    if header.get("alg") != ALGORITHM:
        raise TokenRefused("another algorithm")
    if not header.keys() <= _HEADER or not isinstance(header.get("kid"), str):
        raise TokenRefused("a header of another kind")
    return str(header["kid"])


def verify(token: str, *, key_of: Callable[[str], bytes | None], audience: str, now: datetime) -> Claims:
    """The claims of a token whose signature, audience, issuer and times are right at `now`. Raises TokenRefused otherwise."""
    key = key_of(key_id(token))
    if key is None:
        raise TokenRefused("an unknown key")
    try:
        # The list is a literal on purpose: None or the header's own word would let the token choose.
        said = jwt.decode(token, key, algorithms=["HS256"], audience=audience, issuer=ISSUER, options=_OPTIONS)
    except (JOSEError, RecursionError) as error:
        raise TokenRefused("a wrong signature, audience or issuer, or a claim is missing") from error
    claims = _read(said)
    if claims.audience != audience:
        raise TokenRefused("another audience")
    if not claims.issued_at - SKEW <= now < claims.expires_at:
        raise TokenRefused("expired, or not valid yet")
    return claims


def _read(said: dict[str, Any]) -> Claims:
    texts = [said.get(name) for name in ("acct", "sub", "jti", "aud")]
    times = [said.get(name) for name in ("iat", "exp")]
    if not all(isinstance(value, str) for value in texts) or not all(type(value) is int for value in times):
        raise TokenRefused("a claim is missing or of another kind")
    account, subject, number, audience = (str(value) for value in texts)
    try:
        issued_at, expires_at = (datetime.fromtimestamp(value, UTC) for value in times)  # type: ignore[arg-type]
        return Claims(int(account), subject, int(number), audience, issued_at, expires_at)
    except (ValueError, OverflowError, OSError) as error:
        raise TokenRefused("a claim that cannot be read") from error
