"""The words of the schema for what the tables hold in lower case."""

from __future__ import annotations

from enum import Enum

import strawberry


@strawberry.enum
class Channel(Enum):
    VOICE = "voice"
    VIDEO = "video"


@strawberry.enum
class Direction(Enum):
    INBOUND = "inbound"
    OUTBOUND = "outbound"


@strawberry.enum
class InteractionStatus(Enum):
    QUEUED = "QUEUED"
    DECODING = "DECODING"
    TRANSCRIBING = "TRANSCRIBING"
    ANALYSING = "ANALYSING"
    DONE = "DONE"
    FAILED = "FAILED"
    NOT_ANALYSED = strawberry.enum_value(
        "NOT_ANALYSED",
        description="Kept, but never analysed: `progress.reason` says why (end-to-end encrypted, offline).",
    )


@strawberry.enum
class TagKind(Enum):
    INDICATOR = "indicator"
    TOPIC = "topic"


@strawberry.enum
class InteractionChangeKind(Enum):
    CREATED = "created"
    UPDATED = "updated"
