"""Time-based codes (RFC 6238: six digits, thirty seconds, SHA-1, as every app expects) and recovery codes. Pure."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

import pyotp
import segno

STEP_S = 30
WINDOW = 1
"""Steps before and after now that are taken too: a phone's clock is seldom right to the second."""
RECOVERY_CODES = 10
NEVER = -1
"""The last step of a factor whose codes were never used."""
_ISSUER = "Assay"
_DIGITS = 6
_RECOVERY_BYTES = 10


def new_secret() -> str:
    """160 random bits in base32."""
    return pyotp.random_base32(32)


def uri(secret: str, *, email: str, account: str) -> str:
    """What an app reads from the picture: `otpauth://totp/…`. The account's name tells two of them apart."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=f"{_ISSUER} ({account})")


def qr(address: str) -> str:
    """The picture as an SVG that takes any size, dark on white whatever the page's theme: cameras need it."""
    return segno.make_qr(address, error="m").svg_inline(omitsize=True, border=4, dark="#000", light="#fff")


def cleaned(code: str) -> str:
    """Without the blanks and hyphens that people copy along."""
    return "".join(character for character in code if character not in " -\t\u00a0")


def step_of(secret: str, code: str, *, now: datetime, last_step: int) -> int | None:
    """
    The step whose code this is, among those around `now` and later than `last_step`; None where it is wrong or was used. Taking the step
    as used makes each code, and those before it, count once.
    """
    given = cleaned(code)
    if len(given) != _DIGITS or not (given.isascii() and given.isdigit()):
        return None
    current, totp = int(now.timestamp()) // STEP_S, pyotp.TOTP(secret)
    steps = range(current - WINDOW, current + WINDOW + 1)
    right = [step for step in steps if hmac.compare_digest(totp.generate_otp(max(step, 0)), given)]
    return next((step for step in right if step > last_step), None)


def new_recovery_codes() -> list[str]:
    """Ten codes of 80 random bits, written `abcd-efgh-ijkl-mnop`."""
    return [_written(base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode().lower()) for _ in range(RECOVERY_CODES)]


def _written(code: str) -> str:
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def recovery_hash(code: str) -> bytes:
    """What is kept of a recovery code, however it is typed. It is random, so a fast hash is enough."""
    return hashlib.sha256(cleaned(code).lower().encode()).digest()
