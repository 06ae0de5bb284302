"""
What a file is: opened without following any reference to elsewhere, its sound, its picture, and the length that it states.

Playlists and the like name other files and addresses; a recording that could make the server read those would be a way in. So only
formats that carry their content themselves are opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av

from backend.errors import MediaRefused
from backend.media import mp3_header, wave_header

MAX_CHANNELS = 2
MAX_PIXELS = 8_192 * 4_320
DEMUXERS = (
    "3dostr", "aa", "aac", "ac3", "act", "aiff", "amr", "ape", "asf", "asf_o", "au", "avi", "caf", "dhav", "dsf", "dts", "eac3", "flac",
    "flv", "gxf", "ircam", "kux", "live_flv", "loas", "matroska", "mov", "mp3", "mpc", "mpc8", "mpeg", "mpegts", "mxf", "nistsphere",
    "nut", "ogg", "qcp", "rm", "sox", "tta", "voc", "w64", "wav", "wtv", "wv", "xwma",
)  # fmt: skip
"""Formats that FFmpeg recognises by their content and that hold all of it themselves."""

_STATES_LENGTH = ("aiff", "au", "caf", "flac", "matroska,webm", "mov,mp4,m4a,3gp,3g2,mj2", "nistsphere", "ogg", "tta", "w64", "wav", "wv")
_LOOSE = ("asf", "avi", "flv")
"""These state a length that may be a little more than they hold."""


@dataclass(frozen=True, slots=True)
class Length:
    """`stated_ms` is what the file says of itself, None where it does not; `likely_ms` may be guessed from size and bit rate."""

    stated_ms: int | None
    likely_ms: int | None
    tolerance_ms: int


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """The file as FFmpeg's container. Raises MediaRefused where it is no recording."""
    options = {"format_whitelist": ",".join(DEMUXERS), "protocol_whitelist": "file"}
    try:
        container = av.open(f"file:{path}", metadata_errors="ignore", options=options)
    except (av.error.FFmpegError, ValueError) as error:
        raise MediaRefused(_unreadable(path)) from error
    with container:
        yield container


def _unreadable(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(12)
    if head[4:8] == b"ftyp":
        return "Unexpected end of file: the index of this MP4 is missing, so it was cut or never finished. Deliver it again."
    if head[:4] in (b"RIFF", b"OggS", b"fLaC", b"\x1aE\xdf\xa3"):
        return "The file cannot be read: it begins like a recording, but its header is damaged or cut. Deliver it again."
    return (
        "The file cannot be read as audio or video. Deliver it as WAV, MP3, Ogg, MP4 or WebM; if it is sound without a header (raw "
        "PCM), give it one: `ffmpeg -f s16le -ar 8000 -ac 1 -i call.raw call.wav`, with the rate and channels that it was recorded with."
    )


def sound_streams(container: Any) -> list[Any]:
    """The stream with one or two channels, or two streams with one each. Raises MediaRefused for everything else."""
    streams = list(container.streams.audio)
    counts = [int(stream.codec_context.channels or 0) if stream.codec_context else 0 for stream in streams]
    if not streams or not any(counts):
        raise MediaRefused("The file holds no sound that can be read: there is nothing to analyse. Deliver the recording with its sound.")
    if len(streams) > 1 and counts != [1, 1]:
        raise MediaRefused(
            f"The file holds {len(streams)} sound tracks; Assay takes one, or two with one channel each (a side each). Deliver one mix."
        )
    if counts[0] > MAX_CHANNELS:
        raise MediaRefused(
            f"The recording has {counts[0]} channels; Assay takes one (mixed) or two (a side each). Mix it down, or deliver the sides."
        )
    return streams


def picture_stream(container: Any) -> Any | None:
    """The video, where there is one; a cover picture is none. Raises MediaRefused where it is larger than any screen."""
    for stream in container.streams.video:
        if stream.codec_context is None or stream.disposition & av.stream.Disposition.attached_pic:
            continue
        width, height = stream.codec_context.width, stream.codec_context.height
        if width * height > MAX_PIXELS:
            raise MediaRefused(f"The picture has {width} × {height} points, more than are taken ({MAX_PIXELS}). Deliver it smaller.")
        return stream
    return None


def length(container: Any, streams: list[Any], path: Path) -> Length:
    """How long the file says it is."""
    name = container.format.name
    header = wave_header.announced_ms(path) if name == "wav" else None
    spans = [int(s.duration * s.time_base * 1000) for s in streams if s.duration and s.time_base]
    likely = header or max(spans, default=0) or int((container.duration or 0) / 1000) or None
    if name == "wav":
        return Length(header, likely, 200)
    if name in _LOOSE:
        return Length(likely, likely, 1_500 + (likely or 0) // 50)
    stated = name in _STATES_LENGTH or (name == "mp3" and mp3_header.counts_frames(path))
    return Length(likely if stated else None, likely, 500)
