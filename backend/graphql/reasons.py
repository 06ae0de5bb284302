"""Steps of a decision, as clients see them."""

from __future__ import annotations

import strawberry


@strawberry.type(description="One step of a decision.")
class Reason:
    holds: bool = strawberry.field(description="Whether it speaks for what was asked.")
    sentence: str
