"""Relay pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import strawberry

from backend.errors import InvalidInput

T = TypeVar("T")
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


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """The rows of a page, with the cursor of each, in the order of the list."""

    rows: Sequence[T]
    cursors: Sequence[str]
    info: PageInfo


def cut(found: Sequence[T], part: Window, cursor: Callable[[T], str]) -> Slice[T]:
    """
    The page out of the rows that a walk found: one more than asked for where there is more, and backwards the nearest first.
    """
    more, rows = len(found) > part.size, list(found[: part.size])
    if part.backward:
        rows.reverse()
    cursors = [cursor(row) for row in rows]
    behind = part.cursor is not None
    following, preceding = (behind, more) if part.backward else (more, behind)
    first, last = (cursors[0], cursors[-1]) if cursors else (None, None)
    return Slice(rows, cursors, PageInfo(has_next_page=following, has_previous_page=preceding, start_cursor=first, end_cursor=last))


def given(value: T | None) -> T | None:
    """An argument that was left out is None."""
    return None if value is strawberry.UNSET else value
