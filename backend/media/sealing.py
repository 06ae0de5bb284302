"""
Sealed files that can be read from anywhere: segments of 64 KiB, each AES-256-GCM.

The key of an object is derived from the recording's key with a random salt and the object's place; a segment's nonce is
prefix | index | last, so that segments cannot be swapped, cut off or moved to another object (the construction of STREAM: Hoang,
Reyhanitabar, Rogaway, Vizár 2015).
Layout: `ASY1`, 7 bytes of nonce prefix, 32 bytes of salt, segments of ciphertext with 16 bytes of tag each.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SEGMENT = 64 * 1024
TAG = 16
MAGIC = b"ASY1"
HEADER = len(MAGIC) + 7 + 32
READ_AHEAD = 16
"""Segments that one request to the store fetches."""

Read = Callable[[int, int], Awaitable[bytes]]


class SealedFileBroken(Exception):
    """A sealed file was altered, cut, or belongs elsewhere."""


def sealed_size(plain: int) -> int:
    """Bytes of the sealed form of so many plain bytes; an empty file has one empty segment."""
    segments = max(1, -(-plain // SEGMENT))
    return HEADER + plain + segments * TAG


def plain_size(sealed: int) -> int:
    """Raises SealedFileBroken where no file has this size."""
    body = sealed - HEADER
    segments = -(-body // (SEGMENT + TAG))
    plain = body - segments * TAG
    if body < TAG or plain < 0 or sealed_size(plain) != sealed:
        raise SealedFileBroken(f"{sealed} bytes are no whole sealed file")
    return plain


def seal(key: bytes, place: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The sealed form of a stream, piece by piece."""
    prefix, salt = os.urandom(7), os.urandom(32)
    cipher = _cipher(key, salt, place)
    yield MAGIC + prefix + salt
    index = 0
    pending = bytearray()
    for chunk in chunks:
        for start in range(0, len(chunk), SEGMENT):
            pending += chunk[start : start + SEGMENT]
            while len(pending) > SEGMENT:
                yield cipher.encrypt(_nonce(prefix, index, last=False), bytes(pending[:SEGMENT]), None)
                del pending[:SEGMENT]
                index += 1
    yield cipher.encrypt(_nonce(prefix, index, last=True), bytes(pending), None)


async def open_range(read: Read, size: int, key: bytes, place: str, start: int, end: int) -> AsyncIterator[bytes]:
    """Plain bytes start … end − 1 of a sealed file of `size` bytes. Raises SealedFileBroken at the first altered segment."""
    plain = plain_size(size)
    start, end = max(0, start), min(end, plain)
    header = await read(0, HEADER)
    if header[:4] != MAGIC:
        raise SealedFileBroken("this is no sealed file")
    prefix, cipher = header[4:11], _cipher(key, header[11:HEADER], place)
    last = max(0, -(-plain // SEGMENT) - 1)
    if not plain:
        # Nothing to yield, but a file that was cut to its header and a tag must not pass for an empty one.
        _open(cipher, _nonce(prefix, 0, last=True), await read(HEADER, size))
        return
    index = start // SEGMENT
    while index * SEGMENT < end:
        upto = min(index + READ_AHEAD, last + 1, -(-end // SEGMENT))
        block = await read(HEADER + index * (SEGMENT + TAG), min(HEADER + upto * (SEGMENT + TAG), size))
        for number in range(index, upto):
            piece = block[(number - index) * (SEGMENT + TAG) : (number - index + 1) * (SEGMENT + TAG)]
            opened = _open(cipher, _nonce(prefix, number, last=number == last), piece)
            yield opened[max(0, start - number * SEGMENT) : end - number * SEGMENT]
        index = upto


def _open(cipher: AESGCM, nonce: bytes, piece: bytes) -> bytes:
    try:
        return cipher.decrypt(nonce, piece, None)
    except (InvalidTag, ValueError) as error:
        raise SealedFileBroken("a segment was altered, moved or cut") from error


def _cipher(key: bytes, salt: bytes, place: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, place.encode()).derive(key))


def _nonce(prefix: bytes, index: int, *, last: bool) -> bytes:
    return prefix + index.to_bytes(4, "big") + (b"\x01" if last else b"\x00")
