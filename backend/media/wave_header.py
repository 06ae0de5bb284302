"""What a WAV file says of its own length, which FFmpeg replaces by the file's true size when it is cut."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_STREAMED = 0x7FFF_F000
"""Writers to a pipe cannot know the size and put 0 or something near the largest number."""
_MOST = 1_000  # chunks that are looked at: a hostile file may hold millions of empty ones


def announced_ms(path: Path) -> int | None:
    """The length that the header announces; None where it is no WAV, or was written without knowing."""
    with path.open("rb") as file:
        for name, size, bytes_per_s in _chunks(file):
            if name == b"data":
                return size * 1000 // bytes_per_s if bytes_per_s and 0 < size < _STREAMED else None
    return None


def unannounced_ms(path: Path) -> int:
    """The length of what lies behind the announced sound and is no further chunk: sound that the header keeps from a reader."""
    with path.open("rb") as file:
        whole = file.seek(0, 2)
        file.seek(0)
        for name, size, bytes_per_s in _chunks(file):
            if name == b"data":
                if not bytes_per_s or not 0 < size < _STREAMED:
                    return 0
                begin = file.tell() + size + size % 2
                return 0 if _is_chunks(file, begin, whole) else (whole - begin) * 1000 // bytes_per_s
    return 0


def _chunks(file: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    """(name, size, bytes a second as far as known) of each chunk, the file standing at its content."""
    head = file.read(12)
    if head[:4] != b"RIFF" or head[8:] != b"WAVE":
        return
    bytes_per_s = 0
    for _ in range(_MOST):
        if len(chunk := file.read(8)) < 8:
            return
        name, size = chunk[:4], struct.unpack("<I", chunk[4:])[0]
        content = file.tell()
        if name == b"fmt " and len(body := file.read(min(size, 64))) >= 12:
            bytes_per_s = struct.unpack("<I", body[8:12])[0]
        file.seek(content)
        yield name, size, bytes_per_s
        file.seek(content + size + size % 2)


def _is_chunks(file: BinaryIO, begin: int, whole: int) -> bool:
    """Whether named pieces fill the file from here to its end, give or take what a disk or a sender pads with."""
    for _ in range(_MOST):
        if whole - begin <= 8:
            return True
        file.seek(begin)
        head = file.read(8)
        size = struct.unpack("<I", head[4:])[0]
        if not head.strip(b"\0"):
            return not file.read(1 << 20).strip(b"\0")
        if not all(32 <= byte < 127 for byte in head[:4]) or begin + 8 + size > whole:
            return False
        begin += 8 + size + size % 2
    return False
