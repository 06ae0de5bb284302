"""HTTP ranges (RFC 9110, section 14): which bytes a request asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPEC = re.compile(r"([0-9]{0,20})-([0-9]{0,20})")
"""Twenty digits are more than any file has bytes; longer numbers are not worth reading."""


class RangeNotSatisfiable(Exception):
    """No byte of what was asked for is there."""


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes start … end − 1."""

    start: int
    end: int


def parse_range(header: str | None, size: int) -> Span | None:
    """
    The span that a Range header asks for; None for the whole: no header, another unit, a malformed one, or several spans (which a
    server may answer with the whole). Raises RangeNotSatisfiable.
    """
    if header is None or not header.lower().startswith("bytes="):
        return None
    match = _SPEC.fullmatch(header[6:].strip())
    if match is None or match.group() == "-":
        return None
    first, last = match.groups()
    if not first:
        return _suffix(int(last), size)
    start = int(first)
    if last and int(last) < start:
        return None
    if start >= size:
        raise RangeNotSatisfiable
    return Span(start, min(int(last) + 1, size) if last else size)


def _suffix(length: int, size: int) -> Span:
    if not length or not size:
        raise RangeNotSatisfiable
    return Span(max(0, size - length), size)
