"""Keyset pages: a cursor says after which row to go on, so that a deep page costs what the first one does."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from backend.errors import InvalidInput


def encode_cursor(values: list[Any]) -> str:
    """An opaque cursor from the sort key of a row, e.g. `["2026-11-24T14:02:00+00:00", 17]`."""
    return base64.urlsafe_b64encode(json.dumps(values, separators=(",", ":"), default=str).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, *, pointer: str, parts: int) -> list[Any]:
    """The sort key inside a cursor. Raises InvalidInput where it was not made by `encode_cursor` with as many parts."""
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, UnicodeDecodeError):
        values = None
    if not isinstance(values, list) or len(values) != parts:
        raise InvalidInput("This cursor was not given out by this list. Start again without one.", pointer=pointer, value=cursor)
    return values
