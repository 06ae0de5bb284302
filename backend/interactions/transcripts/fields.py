"""Fields of a vendor's JSON, whose form nobody promised: each is read with its JSON pointer, and refused with it."""

from __future__ import annotations

import math
from typing import Any

from backend.interactions.transcripts.parts import refuse

LONGEST_MS = 1_000_000_000_000


class Node:
    """One object of the file, at its pointer."""

    def __init__(self, value: object, where: str = "") -> None:
        if not isinstance(value, dict):
            raise refuse("it must be an object", where=where or "/", value=value)
        self._value: dict[str, Any] = value
        self.where = where

    def has(self, name: str) -> bool:
        return self._value.get(name) is not None

    def at(self, name: str) -> str:
        return f"{self.where}/{name}"

    def text(self, *names: str) -> str:
        """The first of these fields that holds a text; a number counts as its digits. Empty where none does."""
        for name in names:
            value = self._value.get(name)
            if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
                return str(value).strip()
        return ""

    def inner(self, name: str) -> Node:
        """The object in a field; an empty one where there is none."""
        return Node(self._value[name] if self.has(name) else {}, self.at(name))

    def nodes(self, name: str, *, required: bool = False) -> list[Node]:
        value = self._value.get(name)
        if value is None and not required:
            return []
        if not isinstance(value, list):
            raise refuse("it must be a list of objects", where=self.at(name), value=value)
        return [Node(entry, f"{self.at(name)}/{index}") for index, entry in enumerate(value)]

    def seconds(self, name: str) -> int:
        """Seconds, as a number or the text of one, in whole milliseconds."""
        return self._time(name, 1_000, "a number of seconds")

    def millis(self, name: str) -> int:
        return self._time(name, 1, "a number of milliseconds")

    def share(self, *names: str) -> float | None:
        """A confidence from 0 to 1; None where there is none that makes sense."""
        for name in names:
            number = _number(self._value.get(name))
            if number is not None:
                return number if 0 <= number <= 1 else None
        return None

    def _time(self, name: str, factor: int, kind: str) -> int:
        value = self._value.get(name)
        number = _number(value)
        if number is None or not 0 <= number * factor <= LONGEST_MS:
            raise refuse(f"it must be {kind} that is not negative", where=self.at(name), value=value)
        return round(number * factor)


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
