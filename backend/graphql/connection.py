"""Relay pages."""

from __future__ import annotations

from dataclasses import dataclass

import strawberry

from backend.errors import InvalidInput

LARGEST_PAGE = 200
DEFAULT_PAGE = 50


@strawberry.type
class PageInfo:
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@dataclass(frozen=True, slots=True)
class Window:
    """`size` rows after the cursor, or before it where `backward`."""

    size: int
    cursor: str | None
    backward: bool


def window(first: int | None, after: str | None, last: int | None, before: str | None) -> Window:
    """The page that a connection's arguments ask for. Raises InvalidInput where they contradict each other."""
    backward = last is not None or (before is not None and first is None)
    if backward and (first is not None or after is not None):
        raise InvalidInput("Ask for `first` and `after`, or for `last` and `before`, not for both.", pointer="/last", value=last)
    if not backward and before is not None:
        raise InvalidInput("`before` goes with `last`.", pointer="/before", value=before)
    size, name = (last, "last") if backward else (first, "first")
    size = DEFAULT_PAGE if size is None else size
    if not 0 <= size <= LARGEST_PAGE:
        raise InvalidInput(f"A page holds 0 to {LARGEST_PAGE} rows.", pointer=f"/{name}", value=size)
    return Window(size, before if backward else after, backward)
