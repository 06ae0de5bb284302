"""What is wrong with an input, where, and what would be right."""

from __future__ import annotations

from reprlib import Repr

_SHORT = Repr()
_SHORT.maxstring = _SHORT.maxother = 80


def shown(value: object) -> str:
    """A value as a message can hold it: on one line, short, however large or deep the value is."""
    if isinstance(value, int) and value.bit_length() > 256:
        return "a number of very many digits"
    return _SHORT.repr(value)


class DocumentError(ValueError):
    """`pointer` is the JSON pointer of the fault; the message names the value and the remedy."""

    def __init__(self, pointer: str, message: str, value: object = None) -> None:
        super().__init__(message)
        self.pointer = pointer
        self.message = message
        self.value = None if value is None else shown(value)

    def as_document(self) -> dict[str, str]:
        return {"pointer": self.pointer, "message": self.message}


class TranscriptError(DocumentError):
    """A transcript that cannot be read."""


class SettingsError(DocumentError):
    """Settings that cannot be read."""
