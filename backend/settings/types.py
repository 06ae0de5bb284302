"""An account's decisions as clients see them."""

from __future__ import annotations

import strawberry

from backend.graphql.scalars import Milliseconds
from backend.settings import tables


@strawberry.type
class Thresholds:
    silence_ms: Milliseconds
    silence_on: bool
    crosstalk_ms: Milliseconds
    crosstalk_on: bool

    @classmethod
    def from_row(cls, row: tables.AccountSettings) -> Thresholds:
        return cls(
            silence_ms=Milliseconds(row.silence_ms),
            silence_on=row.silence_on,
            crosstalk_ms=Milliseconds(row.crosstalk_ms),
            crosstalk_on=row.crosstalk_on,
        )
