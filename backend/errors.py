"""
Errors that a caller can expect. Each has a stable code, a sentence for people, and a place in the schema.

AssayError
├── InvalidInput       an argument was refused
├── NotFound           nothing there that the actor may see
├── NotPermitted       the actor lacks a permission
│   └── InPersonOnly   a token may not do this, whatever its scopes
├── NoSeatLeft         every seat of a licence is taken
├── Conflict           the state of things does not allow it
├── AnalysisOff        the account's analysis is switched off
├── SignInRefused      wrong credentials, or too many attempts
├── TooManyRefused     tokens that do not count were shown too often
├── SecondFactorNeeded the password is right, and a code is needed beside it
├── MediaRefused       a recording cannot be taken, and why
└── ConfigurationError a setting or the environment is wrong, and how to mend it
"""

from __future__ import annotations


class AssayError(Exception):
    """Base of every expected error. `message` says what is wrong and what can be done."""

    code = "error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InvalidInput(AssayError):
    """`pointer` is a JSON pointer to the argument, `value` what it held, shortened."""

    code = "invalid_input"

    def __init__(self, message: str, *, pointer: str, value: object = None) -> None:
        super().__init__(message)
        self.pointer = pointer
        self.value = None if value is None else str(value)[:200]


class NotFound(AssayError):
    code = "not_found"


class NotPermitted(AssayError):
    code = "not_permitted"

    def __init__(self, permission: str) -> None:
        super().__init__(f"This needs the permission {permission}, which your roles do not give. An administrator can change your roles.")
        self.permission = permission


class InPersonOnly(NotPermitted):
    """What would let a stolen token make itself at home: new tokens, passwords, second factors."""

    def __init__(self) -> None:
        AssayError.__init__(self, "A token may not do this, whatever its scopes. Sign in with a browser.")
        self.permission = "in person"


class NoSeatLeft(AssayError):
    """`seats` were bought of `licence`, and `used` are taken."""

    code = "no_seat_left"

    def __init__(self, licence: str, *, seats: int, used: int) -> None:
        super().__init__(
            f"No seat is left: {used} of the {seats} seats of {licence} are taken. Release one, or raise the number that was bought."
        )
        self.licence, self.seats, self.used = licence, seats, used


class Conflict(AssayError):
    """What was asked does not go with what there is: a name that is taken, the last owner, a version that somebody else has changed."""

    code = "conflict"


class AnalysisOff(AssayError):
    code = "analysis_off"

    def __init__(self) -> None:
        super().__init__("Analysis is switched off for this account. An owner of the account can switch it on under Settings.")


class SignInRefused(AssayError):
    code = "sign_in_refused"

    def __init__(self, message: str, *, retry_after_s: int | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class TooManyRefused(AssayError):
    """From one address came tokens that do not count, again and again. `retry_after_s`: seconds until the next is looked at as usual."""

    code = "too_many_refused"

    def __init__(self, retry_after_s: int) -> None:
        # A socket ends with it too, which has 123 bytes for it.
        super().__init__(f"Too many tokens from this address do not count: wait {retry_after_s} seconds, or show one that counts.")
        self.retry_after_s = retry_after_s


class SecondFactorNeeded(AssayError):
    code = "second_factor_needed"

    def __init__(self) -> None:
        super().__init__("Enter the code that your authenticator app shows, or one of your recovery codes.")


class MediaRefused(AssayError):
    """A recording that cannot be taken: truncated, no sound, not media, too large."""

    code = "media_refused"


class ConfigurationError(AssayError):
    code = "configuration"
