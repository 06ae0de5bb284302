"""Recordings as clients see them."""

from __future__ import annotations

from enum import Enum

import strawberry

from backend.graphql.scalars import Milliseconds
from backend.media.tables import Recording


@strawberry.enum
class SpeakerRole(Enum):
    AGENT = "agent"
    CONSUMER = "consumer"
    OTHER = "other"


@strawberry.type
class Media:
    url: str = strawberry.field(description="Same-origin address with HTTP ranges; needs the session cookie.")
    mime_type: str
    has_video: bool
    duration_ms: Milliseconds
    peaks_url: str = strawberry.field(
        description=(
            "Address of the waveform: unsigned bytes. Header of 8 bytes (`channels` u8, `0`×3, `points` u32 little endian), then for each\n"
            "channel `points` peak values 0…255. Channel 0 is the agent where the roles are known."
        )
    )
    channels: int
    channel_roles: list[SpeakerRole] = strawberry.field(
        description="Which role each channel of the waveform carries; empty for a mixed one-channel recording."
    )

    @classmethod
    def from_row(cls, row: Recording, interaction: str) -> Media | None:
        """None until the recording can be played. `interaction` is the outside id of the interaction that it belongs to."""
        if row.playable_key is None or row.playable_mime is None or row.peaks_key is None:
            return None
        roles = [SpeakerRole(role) for role in row.facts.get("channel_roles", [])]
        return cls(
            url=f"/media/{interaction}",
            mime_type=row.playable_mime,
            has_video=row.has_video,
            duration_ms=Milliseconds(row.duration_ms or 0),
            peaks_url=f"/media/{interaction}/peaks",
            channels=int(row.facts.get("peak_channels", len(roles) or 1)),
            channel_roles=roles,
        )
