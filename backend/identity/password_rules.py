"""Which passwords are taken. Pure. Length counts (NIST SP 800-63B §3.1.1.2), kinds of characters do not."""

from __future__ import annotations

import secrets
from pathlib import Path

from backend.errors import InvalidInput

SHORTEST = 12
LONGEST = 1_024
_FEWEST_DIFFERENT = 5
# Those long enough that lists of leaked passwords hold most, and what people make of shorter ones to reach the length.
_COMMON = frozenset(Path(__file__).with_name("common_passwords.txt").read_text().split())


def made_password() -> str:
    """A password for somebody else, shown once: 120 random bits in characters that can be read out."""
    letters = "abcdefghijkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(6)) for _ in range(4))


def fault(password: str, *, email: str, name: str = "") -> str | None:
    """What is wrong with a password for this person, in one sentence; None where it is taken."""
    plain = password.casefold().strip()
    if len(password) < SHORTEST:
        return f"A password has at least {SHORTEST} characters. A few words in a row are easy to remember."
    if len(password) > LONGEST:
        return f"A password has at most {LONGEST:,} characters."
    if any(_is_mostly(plain, part) for part in (email.casefold(), email.casefold().partition("@")[0], name.casefold())):
        return "This is your name or your email address, which anybody can guess."
    if plain in _COMMON or plain.replace(" ", "") in _COMMON or len(set(plain)) < _FEWEST_DIFFERENT:
        return "This is one of the passwords that are tried first. Choose a few words that do not belong together."
    return None


def _is_mostly(plain: str, part: str) -> bool:
    """Whether hardly anything stands beside the part."""
    return bool(part) and part in plain and len(plain) - len(part) < SHORTEST // 2


def checked_password(password: str, *, email: str, name: str = "", pointer: str = "/input/password") -> str:
    """The password. Raises InvalidInput where it is not taken; its value is not repeated."""
    wrong = fault(password, email=email, name=name)
    if wrong is not None:
        raise InvalidInput(wrong, pointer=pointer)
    return password
