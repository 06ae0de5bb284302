"""A key service for tests: wraps under a key that it forgets with the process."""

from __future__ import annotations

import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class FakeKeys:
    """Behaves as the real ones do: a wrong context does not open."""

    name = "fake"

    def __init__(self) -> None:
        self._cipher = AESGCM(AESGCM.generate_key(256))

    async def wrap(self, key: bytes, *, context: str) -> bytes:
        nonce = os.urandom(12)
        return nonce + self._cipher.encrypt(nonce, key, context.encode())

    async def unwrap(self, wrapped: bytes, *, context: str) -> bytes:
        return self._cipher.decrypt(wrapped[:12], wrapped[12:], context.encode())
