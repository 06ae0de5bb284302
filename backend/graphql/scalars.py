"""The scalars of the schema. A time in milliseconds would overflow GraphQL's Int at 596 hours, so whole numbers go to 2^53 − 1."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, NewType

import strawberry
from graphql import GraphQLError
from strawberry.file_uploads import Upload
from strawberry.scalars import JSON
from strawberry.types.scalar import ScalarDefinition

Milliseconds = NewType("Milliseconds", int)
BigInteger = NewType("BigInteger", int)
_LARGEST = 2**53 - 1


def _whole(name: str) -> Callable[[Any], int]:
    def check(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not -_LARGEST <= value <= _LARGEST:
            raise GraphQLError(f"{name} holds a whole number up to 2^53 − 1, not {value!r}.")
        return value

    return check


def _read_instant(value: Any) -> datetime:
    try:
        instant = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise GraphQLError(f"DateTime holds an instant such as 2026-11-24T14:02:00Z, not {value!r}.") from None
    if instant.tzinfo is None:
        raise GraphQLError(f"DateTime needs a time zone, e.g. {value}Z.")
    return instant.astimezone(UTC)


def _write_instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _read_day(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise GraphQLError(f"Date holds a day such as 2026-11-24, not {value!r}.") from None


def _same(value: Any) -> Any:
    return value


SCALARS: dict[object, ScalarDefinition] = {
    Milliseconds: strawberry.scalar(
        name="Milliseconds",
        description="A whole number of milliseconds, up to 2^53 − 1; GraphQL's Int would overflow at 596 hours.",
        serialize=_whole("Milliseconds"),
        parse_value=_whole("Milliseconds"),
    ),
    BigInteger: strawberry.scalar(
        name="BigInteger",
        description="A whole number up to 2^53 − 1.",
        serialize=_whole("BigInteger"),
        parse_value=_whole("BigInteger"),
    ),
    datetime: strawberry.scalar(
        name="DateTime", description="An instant, ISO 8601 in UTC.", serialize=_write_instant, parse_value=_read_instant
    ),
    date: strawberry.scalar(
        name="Date", description="A calendar day in the account's time zone.", serialize=date.isoformat, parse_value=_read_day
    ),
    JSON: strawberry.scalar(name="JSON", serialize=_same, parse_value=_same),
    Upload: strawberry.scalar(name="Upload", serialize=_same, parse_value=_same),
}

__all__ = ["JSON", "SCALARS", "BigInteger", "Milliseconds", "Upload"]
