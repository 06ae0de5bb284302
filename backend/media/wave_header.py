"""What a WAV file says of its own length, which FFmpeg replaces by the file's true size when it is cut."""

from __future__ import annotations

import struct
from pathlib import Path

_STREAMED = 0x7FFF_F000
"""Writers to a pipe cannot know the size and put 0 or something near the largest number."""


def announced_ms(path: Path) -> int | None:
    """The length that the header announces; None where it is no WAV, or was written without knowing."""
    with path.open("rb") as file:
        head = file.read(12)
        if head[:4] != b"RIFF" or head[8:] != b"WAVE":
            return None
        bytes_per_s = 0
        while len(chunk := file.read(8)) == 8:
            name, size = chunk[:4], struct.unpack("<I", chunk[4:])[0]
            if name == b"data":
                return size * 1000 // bytes_per_s if bytes_per_s and 0 < size < _STREAMED else None
            body = file.read(min(size, 64)) if name == b"fmt " else b""
            if len(body) >= 12:
                bytes_per_s = struct.unpack("<I", body[8:12])[0]
            file.seek(size + size % 2 - len(body), 1)
    return None
