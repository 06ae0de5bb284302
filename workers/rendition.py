"""What the decode stage makes of a recording: the playable form and the waveform, sealed into the object store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from backend.media.decoding import Decoded, samples
from backend.media.peaks import peaks
from backend.media.renditions import playable, render
from workers.runner import Work
from workers.sound import Opened

_ORDER = {"agent": 0, "consumer": 1, "other": 2}


async def make(work: Work, sound: Opened, share: Callable[[float], None]) -> dict[str, Any]:
    """The recording's columns. The original is what is played where browsers can; else a rendition is."""
    vault, account_id, decoded = work.deps.vault, work.account_id, sound.decoded
    channels = agent_first(decoded)
    wave = await asyncio.to_thread(lambda: peaks([samples(decoded.channels[index]) for index in channels]))
    drawn = await vault.put(account_id, sound.key, "peaks", wave)
    share(0.3)
    mime = playable(sound.sources, decoded)
    if mime is None:
        target = sound.folder / "playable.mp4"
        mime = await asyncio.to_thread(render, sound.sources, decoded, target)
        stored = await vault.put(account_id, sound.key, "playable", target)
        key, size = stored.object_key, stored.size
    else:
        original = sound.recording.parts["originals"][0]
        key, size = original["key"], original["size"]
    share(1.0)
    roles = [decoded.roles[index] for index in channels]
    facts = decoded.facts | {"channel_roles": roles if len(roles) > 1 or roles != ["other"] else [], "peak_channels": len(roles)}
    return {
        "facts": facts, "duration_ms": decoded.duration_ms, "has_video": decoded.has_video, "playable_key": key,
        "playable_mime": mime, "playable_size": size, "peaks_key": drawn.object_key,
    }  # fmt: skip


def agent_first(decoded: Decoded) -> list[int]:
    """The channels' numbers in the order in which a page draws them."""
    return sorted(range(len(decoded.roles)), key=lambda index: _ORDER[decoded.roles[index]])
