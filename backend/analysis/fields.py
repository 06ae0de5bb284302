"""Reads single fields of an untrusted JSON document, each with an error that says where it stands and what would be right."""

from __future__ import annotations

from typing import Any

from backend.analysis.constants import LARGEST_MS
from backend.analysis.faults import DocumentError, shown


class Reader:
    """Reads one object at a JSON pointer; `fault` is the error class to raise."""

    def __init__(self, value: object, pointer: str, fault: type[DocumentError]) -> None:
        self.pointer = pointer
        self._fault = fault
        if not isinstance(value, dict):
            raise fault(pointer, f"must be an object, not {_kind(value)}", value)
        self._value: dict[str, Any] = value

    def at(self, name: str) -> str:
        return f"{self.pointer}/{name}"

    def refuse(self, name: str, message: str) -> DocumentError:
        return self._fault(self.at(name), message, self._value.get(name))

    def has(self, name: str) -> bool:
        return self._value.get(name) is not None

    def text(self, name: str, *, empty: bool = False) -> str:
        value = self._required(name)
        if not isinstance(value, str):
            raise self.refuse(name, f"must be a string, not {_kind(value)}")
        if not empty and not value.strip():
            raise self.refuse(name, "must not be empty")
        if not _is_unicode(value):
            raise self.refuse(name, "holds half of a surrogate pair, which is no character")
        return value

    def optional_text(self, name: str) -> str | None:
        return self.text(name, empty=True) if self.has(name) else None

    def nullable_text(self, name: str, otherwise: str) -> str | None:
        """A text or null, but not left out: `otherwise` says what null would mean."""
        if name not in self._value:
            raise self._fault(self.at(name), f"is missing: give it, or null {otherwise}")
        return self.optional_text(name)

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        value = self.text(name)
        if value not in allowed:
            raise self.refuse(name, f"must be one of {', '.join(allowed)}, not {shown(value)}")
        return value

    def time(self, name: str) -> int:
        """Whole milliseconds, 0 … 2^53 − 1."""
        value = self._required(name)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.refuse(name, f"must be a whole number of milliseconds, not {_kind(value, exactly=True)}")
        if not 0 <= value <= LARGEST_MS:
            raise self.refuse(name, f"must be between 0 and {LARGEST_MS} milliseconds, not {shown(value)}")
        return value

    def flag(self, name: str) -> bool | None:
        value = self._value.get(name)
        if value is not None and not isinstance(value, bool):
            raise self.refuse(name, f"must be true or false, not {_kind(value)}")
        return value

    def share(self, name: str) -> float | None:
        """A number 0 … 1, or None where the field is left out."""
        value = self._value.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self.refuse(name, f"must be a number from 0 to 1, not {shown(value)}")
        return float(value)

    def objects(self, name: str, *, required: bool = False) -> list[Reader]:
        """The objects of a list; an optional list may be left out or null."""
        value = self._required(name) if required else self._value.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.refuse(name, f"must be a list, not {_kind(value)}")
        return [Reader(entry, f"{self.at(name)}/{index}", self._fault) for index, entry in enumerate(value)]

    def texts(self, name: str) -> tuple[str, ...]:
        value = self._required(name)
        if not isinstance(value, list):
            raise self.refuse(name, f"must be a list of strings, not {_kind(value)}")
        for index, entry in enumerate(value):
            if not isinstance(entry, str) or not entry.strip() or not _is_unicode(entry):
                raise self._fault(f"{self.at(name)}/{index}", "must be a string of characters that is not empty", entry)
        return tuple(value)

    def inner(self, name: str) -> Reader:
        return Reader(self._value[name], self.at(name), self._fault)

    def _required(self, name: str) -> Any:
        if name not in self._value:
            raise self._fault(self.at(name), "is missing")
        value = self._value[name]
        if value is None:
            raise self.refuse(name, "must not be null")
        return value


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _kind(value: object, *, exactly: bool = False) -> str:
    if exactly and type(value) is float:
        return shown(value)
    names = {dict: "an object", list: "a list", str: "a string", bool: "a boolean", int: "a number", float: "a number", type(None): "null"}
    return names.get(type(value), type(value).__name__)
