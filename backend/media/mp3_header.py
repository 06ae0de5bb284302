"""Whether an MP3 says how many frames it has; without that its length is only guessed from the bit rate."""

from __future__ import annotations

from pathlib import Path

_ID3_HEADER = 10
_FIRST_FRAME = 512
_TAGS = (b"Xing", b"Info", b"VBRI")


def counts_frames(path: Path) -> bool:
    """True where the first frame holds the table that encoders put there (Xing, Info, VBRI)."""
    with path.open("rb") as file:
        head = file.read(_ID3_HEADER)
        file.seek(_tag_size(head))
        first = file.read(_FIRST_FRAME)
    return any(tag in first for tag in _TAGS)


def _tag_size(head: bytes) -> int:
    """Bytes of an ID3v2 tag at the start: its size is written in four times seven bits."""
    if head[:3] != b"ID3" or len(head) < _ID3_HEADER:
        return 0
    size = 0
    for byte in head[6:10]:
        size = size << 7 | byte & 0x7F
    return size + _ID3_HEADER
