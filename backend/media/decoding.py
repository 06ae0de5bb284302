"""
Any recording that FFmpeg reads as 16 kHz mono channels on disk, in bounded memory.

One file with one or two channels, or one file a side. Whatever cannot be decoded whole is refused with a reason: half a
conversation would make every figure wrong without anybody noticing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from backend.errors import MediaRefused
from backend.media import wave_header

RATE = 16_000
MAX_CHANNELS = 2
SHORTEST_MS = 20
MISSING_TOLERANCE_MS = 1_500
PCM = NDArray[np.int16]
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
    """`channels` are raw signed 16-bit little-endian files at 16 kHz, all of the same length; `roles` has one entry a channel."""

    channels: tuple[Path, ...]
    duration_ms: int
    roles: tuple[str, ...]
    facts: dict[str, Any] = field(default_factory=dict)
    has_video: bool = False


@dataclass(frozen=True, slots=True)
class _Stream:
    """What one file held."""

    files: tuple[Path, ...]
    samples: int
    facts: dict[str, Any]
    has_video: bool


def samples(path: Path) -> PCM:
    """A decoded channel, mapped: only what is read is in memory."""
    if path.stat().st_size == 0:
        return np.zeros(0, np.int16)
    return np.memmap(path, np.int16, mode="r")


def decode(sources: Sequence[Source], folder: Path, limits: Limits, progress: Progress | None = None) -> Decoded:
    """Raises MediaRefused with the reason and the remedy. Takes time: call it in a thread."""
    hook = progress or (lambda share: None)
    if len(sources) not in (1, 2):
        raise MediaRefused(f"A recording is one file, or one file for each of two sides; {len(sources)} were given.")
    streams = []
    for number, source in enumerate(sources):
        base = number / len(sources)
        share = 1 / len(sources)
        streams.append(_decode_file(source, folder, number, limits, lambda done, base=base, share=share: hook(base + done * share)))  # type: ignore[misc]
    if len(streams) == 2 and any(len(stream.files) != 1 for stream in streams):
        raise MediaRefused("A recording in two files has one channel in each: the agent's and the consumer's.")
    files = [file for stream in streams for file in stream.files]
    longest = max(stream.samples for stream in streams)
    for file in files:
        _pad(file, longest)
    given = [role for source in sources for role in source.roles]
    return Decoded(
        tuple(files), round(longest * 1000 / RATE), _roles(given, len(files)), _facts(streams), any(stream.has_video for stream in streams)
    )


def _roles(given: list[str], channels: int) -> tuple[str, ...]:
    if len(given) == channels:
        return tuple(given)
    return ("agent", "consumer") if channels == 2 else ("other",)


def _facts(streams: list[_Stream]) -> dict[str, Any]:
    return streams[0].facts | ({"parts": [stream.facts for stream in streams]} if len(streams) > 1 else {})


def _pad(file: Path, wanted: int) -> None:
    """A side that ended earlier is silent to the end."""
    size = wanted * 2
    if file.stat().st_size < size:
        with file.open("r+b") as opened:
            opened.truncate(size)


def _decode_file(source: Source, folder: Path, number: int, limits: Limits, progress: Progress) -> _Stream:
    size = source.path.stat().st_size
    if size == 0:
        raise MediaRefused("The file is empty: deliver it again.")
    if size > limits.max_bytes:
        raise MediaRefused(f"The file has {size} bytes, more than the {limits.max_bytes} that are taken (MAX_UPLOAD_MB).")
    try:
        with av.open(str(source.path), metadata_errors="ignore") as container:
            return _decode_container(container, folder, number, limits, progress, wave_header.announced_ms(source.path))
    except av.error.FFmpegError as error:
        raise MediaRefused(
            f"The file cannot be read as audio or video ({_words(error)}). Deliver it as WAV, MP3, Ogg, MP4 or WebM."
        ) from error


def _words(error: Exception) -> str:
    return str(error).split("]")[-1].split(":")[0].strip().lower() or type(error).__name__


def _decode_container(container: Any, folder: Path, number: int, limits: Limits, progress: Progress, header_ms: int | None) -> _Stream:
    if not container.streams.audio:
        raise MediaRefused("The file holds no sound that can be read. If it is raw PCM without a header, deliver it as WAV.")
    stream = container.streams.audio[0]
    channels = int(stream.codec_context.channels or 0)
    if not 1 <= channels <= MAX_CHANNELS:
        raise MediaRefused(
            f"The recording has {channels} channels; Assay takes one (mixed) or two (a side each). Mix it down, or deliver the sides."
        )
    announced = header_ms or _announced_ms(container, stream)
    if announced and announced > limits.max_duration_ms:
        raise MediaRefused(
            f"The recording lasts {clock(announced)}, longer than the {clock(limits.max_duration_ms)} that are taken (MAX_DURATION_H)."
        )
    files = tuple(folder / f"channel-{number}-{channel}.s16" for channel in range(channels))
    writer = _Writer(files, limits, announced, progress)
    bad = _decode_packets(container, stream, writer)
    writer.close()
    _check_whole(writer.milliseconds, announced, bad, container.format.name)
    video = any(v.codec_context is not None and not _is_cover(v) for v in container.streams.video)
    return _Stream(files, writer.samples, _stream_facts(container, stream, channels, video), video)


def _is_cover(stream: Any) -> bool:
    """A picture that only decorates an audio file."""
    return bool(stream.disposition & av.stream.Disposition.attached_pic)


def _stream_facts(container: Any, stream: Any, channels: int, video: bool) -> dict[str, Any]:
    facts = {
        "container": container.format.name,
        "codec": stream.codec_context.name,
        "channels": channels,
        "sample_rate": stream.codec_context.sample_rate,
    }
    return facts | ({"video_codec": container.streams.video[0].codec_context.name} if video else {})


def _announced_ms(container: Any, stream: Any) -> int | None:
    """How long the file says it is; None where it does not say, or only guesses from its bit rate."""
    if stream.duration and stream.time_base:
        return int(stream.duration * stream.time_base * 1000)
    return int(container.duration / 1000) if container.duration else None


def _decode_packets(container: Any, stream: Any, writer: _Writer) -> int:
    """Decodes everything; the number of packets that could not be."""
    bad = 0
    try:
        for packet in container.demux(stream):
            try:
                for frame in packet.decode():
                    writer.add(frame)
            except av.error.InvalidDataError:
                bad += 1
    except av.error.FFmpegError as error:
        raise MediaRefused(f"The recording breaks off at {clock(writer.milliseconds)} ({_words(error)}): deliver it again.") from error
    return bad


def _check_whole(found_ms: int, announced: int | None, bad: int, container: str) -> None:
    if found_ms < SHORTEST_MS:
        raise MediaRefused(f"The recording holds {found_ms} ms of sound, too little for a conversation.")
    exact = container not in ("mp3", "aac", "amr")
    if announced and exact and announced - found_ms > MISSING_TOLERANCE_MS + announced // 50:
        raise MediaRefused(f"Unexpected end of file at {clock(found_ms)}: the file announces {clock(announced)}. Deliver it again.")
    if bad > 3 and bad * 20 > found_ms // 20:
        raise MediaRefused(f"{bad} pieces of the recording cannot be decoded: the file is damaged. Deliver it again.")


class _Writer:
    """Resamples frames to 16 kHz and writes each channel to its file; gaps in the time stamps are silence."""

    def __init__(self, files: tuple[Path, ...], limits: Limits, announced: int | None, progress: Progress) -> None:
        self._out = [file.open("wb") for file in files]
        layout = "mono" if len(files) == 1 else "stereo"
        self._resampler = AudioResampler(format="s16p", layout=layout, rate=RATE)
        self._limit = limits.max_duration_ms
        self._announced = announced
        self._progress = progress
        self.samples = 0

    @property
    def milliseconds(self) -> int:
        return self.samples * 1000 // RATE

    def add(self, frame: Any) -> None:
        self._start_at(frame)
        frame.pts = None
        self._write(self._resampler.resample(frame))

    def close(self) -> None:
        if self.samples:
            self._write(self._resampler.resample(None))
        for out in self._out:
            out.close()

    def _start_at(self, frame: Any) -> None:
        """Sound that begins after the picture does is preceded by silence, so that both stay together."""
        if self.samples == 0 and frame.time and 0.02 < frame.time < 3600:
            self._append([np.zeros(int(frame.time * RATE), np.int16)] * len(self._out))

    def _write(self, frames: list[Any]) -> None:
        for frame in frames:
            self._append([np.ascontiguousarray(plane) for plane in frame.to_ndarray()])

    def _append(self, planes: list[PCM]) -> None:
        for out, plane in zip(self._out, planes, strict=True):
            out.write(plane.astype("<i2", copy=False).tobytes())
        self.samples += len(planes[0])
        if self.milliseconds > self._limit:
            raise MediaRefused(f"The recording is longer than the {clock(self._limit)} that are taken (MAX_DURATION_H).")
        if self._announced:
            self._progress(min(1.0, self.milliseconds / self._announced))


def clock(ms: int) -> str:
    """`02:58`, or `1:02:58` from an hour on."""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"
