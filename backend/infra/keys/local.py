"""Wraps keys under a master key in a file: the default, for a deployment on one machine."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend.errors import ConfigurationError

_SIZE = 32
_NONCE = 12


class LocalKeys:
    """
    AES-256-GCM under 32 bytes in a file that only its owner may read; the file is made where there is none.

    `name` holds a fingerprint of the key, so that a row tells which master key it needs.
    """

    def __init__(self, path: Path) -> None:
        """Raises ConfigurationError where the file is no master key or cannot be read."""
        key = _read_or_make(path)
        self.name = "local:" + hashlib.sha256(b"assay master key" + key).hexdigest()[:12]
        self._cipher = AESGCM(key)

    async def wrap(self, key: bytes, *, context: str) -> bytes:
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, key, context.encode())

    async def unwrap(self, wrapped: bytes, *, context: str) -> bytes:
        """Raises ConfigurationError where the master key is not the one that wrapped it."""
        try:
            return self._cipher.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], context.encode())
        except (InvalidTag, ValueError) as error:
            raise ConfigurationError("A data key does not open with this master key: is MASTER_KEY_FILE the right file?") from error


def _read_or_make(path: Path) -> bytes:
    try:
        if not path.exists():
            _make(path)
        key = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"The master key {path} cannot be read or made: {error.strerror}. Set MASTER_KEY_FILE.") from error
    if len(key) != _SIZE:
        raise ConfigurationError(f"{path} holds {len(key)} bytes, and a master key has {_SIZE}: restore it from your backup.")
    return key


def _make(path: Path) -> None:
    """The file is there whole or not at all, and the first of several processes that start together makes it for all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".master-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(os.urandom(_SIZE))
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(draft)
    except FileExistsError:
        return
    finally:
        Path(draft).unlink()
