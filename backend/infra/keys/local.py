"""Wraps keys under a master key in a file: the default, for a deployment on one machine."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend.errors import ConfigurationError

_SIZE = 32
_NONCE = 12


class LocalKeys:
    """AES-256-GCM under 32 bytes in a file that only its owner may read; the file is made where there is none."""

    name = "local"

    def __init__(self, path: Path) -> None:
        self._cipher = AESGCM(_read_or_make(path))

    async def wrap(self, key: bytes, *, context: str) -> bytes:
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, key, context.encode())

    async def unwrap(self, wrapped: bytes, *, context: str) -> bytes:
        """Raises ConfigurationError where the master key is not the one that wrapped it."""
        try:
            return self._cipher.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], context.encode())
        except InvalidTag as error:
            raise ConfigurationError("A data key does not open with this master key: is MASTER_KEY_FILE the right file?") from error


def _read_or_make(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(path)
    with os.fdopen(descriptor, "wb") as file:
        file.write(os.urandom(_SIZE))
    return _read(path)


def _read(path: Path) -> bytes:
    key = path.read_bytes()
    if len(key) != _SIZE:
        raise ConfigurationError(f"{path} holds {len(key)} bytes, and a master key has {_SIZE}: restore it from your backup.")
    return key
