"""Ids as clients see them: base64url("Type:number"). A malformed one and one of another account are both simply not there."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable

import strawberry

_LARGEST = 2**63 - 1


def global_id(kind: str, number: int) -> strawberry.ID:
    """The outside id of a row, e.g. `global_id("Interaction", 17)`."""
    return strawberry.ID(base64.urlsafe_b64encode(f"{kind}:{number}".encode()).decode().rstrip("="))


def read_id(value: str) -> tuple[str, int] | None:
    """Type and number inside an id; None where it is malformed."""
    try:
        text = base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeError, ValueError):
        return None
    kind, _, digits = text.partition(":")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 20):
        return None
    number = int(digits)
    return (kind, number) if 0 < number <= _LARGEST else None


def local_id(kind: str, value: str) -> int | None:
    """The row's number, where `value` is an id of that type; None otherwise."""
    found = read_id(value)
    return found[1] if found and found[0] == kind else None


def local_ids(kind: str, values: Iterable[str] | None) -> tuple[int, ...] | None:
    """
    The numbers of a filter. None means no filter; an id that is none finds nothing, so it becomes 0, which no row bears.
    """
    if not values:
        return None
    return tuple(local_id(kind, value) or 0 for value in values)
