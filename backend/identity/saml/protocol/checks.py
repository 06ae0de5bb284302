"""What is checked of a message, one by one, and the refusal that ends it. Every refusal has a stable code and a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from backend.errors import AssayError


@dataclass(frozen=True, slots=True)
class Check:
    holds: bool
    code: str
    sentence: str


class Refused(AssayError):
    """A message that is not taken. `reason` is its stable code, e.g. `expired`."""

    code = "saml_refused"

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class Checks:
    """The checks of one message, in the order in which they were made."""

    def __init__(self) -> None:
        self.made: list[Check] = []

    def require(self, holds: bool, code: str, sentence: str, fault: str) -> None:
        """Raises Refused where it does not hold: nothing after it would make sense."""
        self.note(holds, code, sentence, fault)
        if not holds:
            raise Refused(code, fault)

    def note(self, holds: bool, code: str, sentence: str, fault: str) -> None:
        """Goes on where it does not hold; `settle` refuses in the end."""
        self.made.append(Check(holds, code, sentence if holds else fault))

    def refuse(self, refused: Refused) -> NoReturn:
        self.made.append(Check(False, refused.reason, refused.message))
        raise refused

    def settle(self) -> None:
        """Raises the first check that did not hold."""
        for check in self.made:
            if not check.holds:
                raise Refused(check.code, check.sentence)
