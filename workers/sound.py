"""A recording's sound while a stage works on it: in a folder of the stage's own, gone when it ends."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from backend.config import Config
from backend.media import repository
from backend.media.decoding import Decoded, Limits, Source, decode, samples
from backend.media.tables import Recording
from workers.asr.base import RATE, OnDisk
from workers.deps import Deps
from workers.runner import Work


@dataclass(frozen=True, slots=True)
class Opened:
    """A decoded recording and the originals that it came from."""

    recording: Recording
    key: bytes
    folder: Path
    sources: tuple[Source, ...]
    decoded: Decoded


@asynccontextmanager
async def opened(work: Work, share: Callable[[float], None]) -> AsyncIterator[Opened]:
    """Fetches, opens and decodes the interaction's recording. Raises MediaRefused, LookupError."""
    recording = await _recording(work)
    deps = work.deps
    key = await deps.vault.open_key(work.account_id, recording.wrapped_key)
    folder = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=scratch(deps.config)))
    try:
        sources = await _fetch(deps, recording, key, folder)
        decoded = await asyncio.to_thread(decode, sources, folder, limits(deps.config), share)
        yield Opened(recording, key, folder, sources, decoded)
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


async def _recording(work: Work) -> Recording:
    async with work.deps.db.reading(work.account_id) as session:
        found = await repository.recording(session, work.account_id, work.row.recording_id) if work.row.recording_id else None
    if found is None:
        raise LookupError(f"interaction {work.row.id} has no recording")
    return found


async def _fetch(deps: Deps, recording: Recording, key: bytes, folder: Path) -> tuple[Source, ...]:
    sources = []
    for index, part in enumerate(recording.parts["originals"]):
        path = folder / f"original-{index}"
        await deps.vault.fetch(key, part["key"], path)
        sources.append(Source(path, tuple(part["roles"])))
    return tuple(sources)


def limits(config: Config) -> Limits:
    return Limits(config.max_upload_mb * 2**20, round(config.max_duration_h * 3_600_000))


def scratch(config: Config) -> Path:
    """Where stages unpack recordings: inside the data folder, for this user alone."""
    folder = config.data / "scratch"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def clear_scratch(config: Config) -> None:
    """Removes what killed workers left: folders of processes that are no more."""
    for folder in scratch(config).iterdir():
        owner = folder.name.split("-")[0]
        if not owner.isdigit() or int(owner) == os.getpid() or not Path(f"/proc/{owner}").exists():
            shutil.rmtree(folder, ignore_errors=True)


def as_sound(channel: Path, start_ms: int = 0, end_ms: int | None = None) -> OnDisk:
    """A decoded channel from one instant to another."""
    return OnDisk(samples(channel, start_ms * RATE // 1000, None if end_ms is None else end_ms * RATE // 1000))
