"""
Any recording that FFmpeg reads as 16 kHz mono channels on disk, in bounded memory.

One file with one or two channels (or two tracks of one channel), or one file a side. A file that has the same mix on both channels has
one: taken for two sides, everybody would always speak at once. Whatever cannot be decoded whole is refused with
a reason: half a conversation would make every figure wrong without anybody noticing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import av

from backend.errors import MediaRefused
from backend.media import wave_header
from backend.media.containers import Length, length, opened, picture_stream, sound_streams
from backend.media.pcm import PCM, RATE, Channel, Samples, Writer, clock, same_sound, samples

__all__ = ["PCM", "RATE", "Channel", "Decoded", "Limits", "Progress", "Samples", "Source", "clock", "decode", "samples"]

SHORTEST_MS = 20
Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Source:
    """A file of a recording, and the roles of its channels where they are known."""

    path: Path
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    max_bytes: int
    max_duration_ms: int


@dataclass(frozen=True, slots=True)
class Decoded:
    """
    `channels` are raw signed 16-bit little-endian files at 16 kHz, all of the same length; `roles` has one entry a channel.

    `facts`: container, codec, channels, sample_rate, seekable; video_codec; silent_channels where some hold no sound; same_channels
    where both held the same and one was kept. For two files those of the first, and of each under `parts`.
    """

    channels: tuple[Path, ...]
    duration_ms: int
    roles: tuple[str, ...]
    facts: dict[str, Any] = field(default_factory=dict)
    has_video: bool = False


@dataclass(frozen=True, slots=True)
class _File:
    """What one file held."""

    channels: tuple[Path, ...]
    silent: tuple[bool, ...]
    facts: dict[str, Any]
    has_video: bool


def decode(sources: Sequence[Source], folder: Path, limits: Limits, progress: Progress | None = None) -> Decoded:
    """Raises MediaRefused with the reason and the remedy. Takes time: call it in a thread."""
    if len(sources) not in (1, 2):
        raise MediaRefused(f"A recording is one file, or one file for each of two sides; {len(sources)} were given.")
    files = []
    for number, source in enumerate(sources):
        prefix = folder / f"channel-{number}"
        files.append(_decode_file(source.path, prefix, limits, _part(progress, number, len(sources))))
    if len(files) == 2 and any(len(file.channels) != 1 for file in files):
        raise MediaRefused("A recording in two files has one channel in each: the agent's and the consumer's.")
    channels = tuple(channel for file in files for channel in file.channels)
    size = max(channel.stat().st_size for channel in channels)
    for channel in channels:
        _pad(channel, size)
    facts = _facts(files)
    if len(files) == 1 and len(channels) == 2 and same_sound(*channels):
        channels, facts = channels[:1], facts | {"same_channels": True}
    given = [role for source in sources for role in source.roles]
    video = any(file.has_video for file in files)
    return Decoded(channels, round(size * 1000 / (2 * RATE)), _roles(given, len(channels)), facts, video)


def _part(progress: Progress | None, number: int, of: int) -> Progress:
    """Progress of one file as that of all."""
    return (lambda share: None) if progress is None else (lambda share: progress((number + share) / of))


def _roles(given: list[str], channels: int) -> tuple[str, ...]:
    if len(given) == channels:
        return tuple(given)
    return ("agent", "consumer") if channels == 2 else ("other",)


def _facts(files: list[_File]) -> dict[str, Any]:
    silent = [index for index, quiet in enumerate(quiet for file in files for quiet in file.silent) if quiet]
    parts = {"parts": [file.facts for file in files]} if len(files) > 1 else {}
    return files[0].facts | parts | ({"silent_channels": silent} if silent else {})


def _pad(channel: Path, size: int) -> None:
    """A side that ended earlier is silent to the end."""
    if channel.stat().st_size < size:
        with channel.open("r+b") as file:
            file.truncate(size)


def _decode_file(path: Path, prefix: Path, limits: Limits, progress: Progress) -> _File:
    size = path.stat().st_size
    if size == 0:
        raise MediaRefused("The file is empty: deliver it again.")
    if size > limits.max_bytes:
        raise MediaRefused(f"The file has {size} bytes, more than the {limits.max_bytes} that are taken (MAX_UPLOAD_MB).")
    with opened(path) as container:
        streams = sound_streams(container)
        picture = picture_stream(container)
        said = length(container, streams, path)
        _check_length(said, limits)
        _check_header(container, path, said)
        writers = _writers(container, streams, prefix, limits, said, progress)
        try:
            reached = _decode_packets(container, streams, writers)
        finally:
            for writer in writers.values():
                writer.close()
        found = max(writer.milliseconds for writer in writers.values())
        _check_whole(found, reached, said)
        facts = _stream_facts(container, streams, said, found) | ({"video_codec": picture.codec_context.name} if picture else {})
    silent = tuple(quiet for writer in writers.values() for quiet in writer.silent())
    return _File(_paths(prefix, len(silent)), silent, facts, picture is not None)


def _check_length(said: Length, limits: Limits) -> None:
    if said.stated_ms and said.stated_ms > limits.max_duration_ms:
        most = clock(limits.max_duration_ms)
        raise MediaRefused(f"The recording lasts {clock(said.stated_ms)}, longer than the {most} that are taken (MAX_DURATION_H).")


def _check_header(container: Any, path: Path, said: Length) -> None:
    hidden = wave_header.unannounced_ms(path) if container.format.name == "wav" else 0
    if hidden > said.tolerance_ms:
        raise MediaRefused(
            f"The header announces {clock(said.stated_ms or 0)} of sound, and {clock(hidden)} more lie behind it: it was written wrongly. "
            "Write it anew (ffmpeg -ignore_length 1 -i FILE NEW.wav) and deliver that."
        )


def _paths(prefix: Path, count: int) -> tuple[Path, ...]:
    return tuple(prefix.with_name(f"{prefix.name}-{channel}.s16") for channel in range(count))


def _writers(
    container: Any, streams: list[Any], prefix: Path, limits: Limits, said: Length, progress: Progress
) -> dict[int, Writer]:  # fmt: skip
    """A writer for each stream, by the stream's number."""

    def moved(milliseconds: int) -> None:
        progress(min(1.0, milliseconds / said.likely_ms) if said.likely_ms else 0.0)

    start_s = (container.start_time or 0) / 1_000_000
    counts = [stream.codec_context.channels for stream in streams]
    paths = _paths(prefix, sum(counts))
    found: dict[int, Writer] = {}
    for stream, count in zip(streams, counts, strict=True):
        mine, paths = paths[:count], paths[count:]
        first = not found
        found[stream.index] = Writer(
            mine, start_s=start_s, max_ms=limits.max_duration_ms, moved=moved if first else lambda milliseconds: None
        )
    return found


@dataclass(slots=True)
class _Reached:
    """How far a file goes by its time stamps, and how many of its pieces could not be decoded."""

    ms: int = 0
    pieces: int = 0
    bad: int = 0

    def see(self, packet: Any) -> None:
        if packet.pts is not None and packet.time_base:
            self.ms = max(self.ms, int((packet.pts + (packet.duration or 0)) * packet.time_base * 1000))


def _decode_packets(container: Any, streams: list[Any], writers: dict[int, Writer]) -> _Reached:
    """Decodes all sound. The picture's packets are only looked at: sound may end before it does."""
    reached = _Reached()
    try:
        for packet in container.demux():
            reached.see(packet)
            writer = writers.get(packet.stream_index)
            if writer is not None:
                _decode_packet(packet, writer, reached)
    except av.error.FFmpegError as error:
        at = clock(max(writer.milliseconds for writer in writers.values()))
        raise MediaRefused(f"Unexpected end of file at {at}: the rest cannot be read. Deliver it again.") from error
    for writer in writers.values():
        writer.flush()
    return reached


def _decode_packet(packet: Any, writer: Writer, reached: _Reached) -> None:
    reached.pieces += 1
    try:
        for frame in packet.decode():
            writer.add(frame)
    except av.error.InvalidDataError:
        reached.bad += 1


def _check_whole(found_ms: int, reached: _Reached, said: Length) -> None:
    there = max(found_ms, reached.ms)
    if said.stated_ms and said.stated_ms - there > said.tolerance_ms:
        raise MediaRefused(f"Unexpected end of file at {clock(there)}: the file announces {clock(said.stated_ms)}. Deliver it again.")
    if reached.bad > max(3, reached.pieces // 50):
        raise MediaRefused(f"{reached.bad} of {reached.pieces} pieces of the recording cannot be decoded: it is damaged. Deliver it again.")
    if found_ms < SHORTEST_MS:
        raise MediaRefused(f"The recording holds {found_ms} ms of sound, too little for a conversation.")


def _stream_facts(container: Any, streams: list[Any], said: Length, found_ms: int) -> dict[str, Any]:
    """`seekable`: a player learns the true length from the header, and so finds its way."""
    known = said.stated_ms if container.format.name == "wav" else said.likely_ms
    return {
        "container": container.format.name,
        "codec": streams[0].codec_context.name,
        "channels": sum(stream.codec_context.channels for stream in streams),
        "sample_rate": streams[0].codec_context.sample_rate,
        "seekable": known is not None and abs(known - found_ms) <= 500 + found_ms // 50,
    }
