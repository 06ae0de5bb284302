"""Expected errors as types of the schema: a mutation's union names those that can happen."""

from __future__ import annotations

from typing import Any

import strawberry

from backend import errors


@strawberry.interface
class Error:
    code: str = strawberry.field(description="A stable name for programs, e.g. `analysis_off`.")
    message: str = strawberry.field(description="One sentence that says what is wrong and what can be done.")


@strawberry.type(description="An argument that was refused: where it stands, what it held, what would be right.")
class InvalidInput(Error):
    code: str
    message: str
    pointer: str = strawberry.field(description="JSON pointer into the arguments, e.g. `/input/holds/0/endMs`.")
    value: str | None


@strawberry.type
class NotFound(Error):
    code: str
    message: str


@strawberry.type
class NotPermitted(Error):
    code: str
    message: str
    permission: str = strawberry.field(description="The permission that is missing, e.g. `interaction.ingest`.")


@strawberry.type(description="Every seat of the licence is taken.")
class NoSeatLeft(Error):
    code: str
    message: str
    licence: str
    seats: int
    used: int


@strawberry.type(description="What was asked does not go with what there is: a name that is taken, the last owner, a stale version.")
class Conflict(Error):
    code: str
    message: str


@strawberry.type(description="The account's analysis is switched off: nothing is taken in for analysis until an owner switches it on.")
class AnalysisOff(Error):
    code: str
    message: str


@strawberry.type
class SignInRefused(Error):
    code: str
    message: str
    retry_after_s: int | None = strawberry.field(description="Seconds until another attempt is accepted, where attempts are too frequent.")


@strawberry.type(description="Account, email and password are right, and the person has a second factor: sign in again with its `code`.")
class SecondFactorNeeded(Error):
    code: str
    message: str


def typed(error: errors.AssayError) -> Any:
    """The schema's value for an expected error. A recording that cannot be taken is an argument that was refused."""
    match error:
        case errors.InvalidInput():
            return InvalidInput(code=error.code, message=error.message, pointer=error.pointer, value=error.value)
        case errors.MediaRefused():
            pointer = getattr(error, "pointer", "/input/recording")
            return InvalidInput(code=error.code, message=error.message, pointer=pointer, value=None)
        case errors.NotPermitted():
            return NotPermitted(code=error.code, message=error.message, permission=str(error.permission))
        case errors.SignInRefused():
            return SignInRefused(code=error.code, message=error.message, retry_after_s=error.retry_after_s)
        case errors.SecondFactorNeeded():
            return SecondFactorNeeded(code=error.code, message=error.message)
        case errors.NotFound():
            return NotFound(code=error.code, message=error.message)
        case errors.NoSeatLeft():
            return NoSeatLeft(code=error.code, message=error.message, licence=error.licence, seats=error.seats, used=error.used)
        case errors.Conflict():
            return Conflict(code=error.code, message=error.message)
        case errors.AnalysisOff():
            return AnalysisOff(code=error.code, message=error.message)
    raise error
