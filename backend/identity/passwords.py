"""Passwords by argon2id. Checking one costs the same whether or not anybody bears the name."""

from __future__ import annotations

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()
# 64 MiB each: more at once would let sign-in attempts fill the memory.
_room = asyncio.Semaphore(4)
_nobody = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    return _hasher.hash(password)


async def hashed(password: str) -> str:
    """The same beside the other work, a few at once."""
    async with _room:
        return await asyncio.to_thread(hash_password, password)


def _matches(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


async def check(stored: str | None, password: str) -> bool:
    """Whether the password is right; with nothing stored, as much work and False."""
    async with _room:
        matches = await asyncio.to_thread(_matches, stored or _nobody, password)
    return matches and stored is not None


def outdated(stored: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(stored)
