"""How long a session lives, and what is kept of secrets and names. Pure."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

_TOUCH = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Lifetime:
    """A session ends after `idle` without use, and after `longest` in any case."""

    idle: timedelta
    longest: timedelta

    def expiry(self, created_at: datetime, now: datetime) -> datetime:
        return min(created_at + self.longest, now + self.idle)

    @staticmethod
    def needs_touch(seen_at: datetime, now: datetime) -> bool:
        """Written at most once a minute: most requests only read."""
        return now - seen_at >= _TOUCH


def new_token() -> str:
    """256 random bits, for the cookie alone."""
    return secrets.token_urlsafe(32)


def blurred(*parts: str) -> str:
    """Under what a person or an address is counted: their names do not stand in the counters."""
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:32]


def token_hash(token: str) -> bytes:
    """What is stored of a token. It is random, so a fast hash is enough."""
    return hashlib.sha256(token.encode()).digest()
