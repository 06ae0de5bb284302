"""Decoded sound on disk: raw signed 16-bit little-endian mono at 16 kHz, a file a channel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from backend.errors import MediaRefused

RATE = 16_000
PCM = NDArray[np.int16]

_BLOCK = 10 * RATE
_LATE = RATE // 50
"""Sound that begins this much after the picture is put in its place."""
_GAP = RATE // 10
"""A jump in the time stamps that is more than jitter: nothing was recorded there."""
_CLOCK_JUMP = 3_600 * RATE
_INAUDIBLE = 3
"""Amplitude of 32,768 up to which a channel counts as silent: dither of an idle line."""


class Samples:
    """
    A decoded channel, or a stretch of one, as it lies on disk. Slicing reads that slice and keeps nothing, so hours of sound take no
    memory; a mapped file would fill it with every page that was looked at.
    """

    __slots__ = ("_first", "_length", "_path")

    def __init__(self, path: Path, first: int = 0, last: int | None = None) -> None:
        whole = path.stat().st_size // 2
        start, end, _ = slice(first, last).indices(whole)
        self._path, self._first, self._length = path, start, max(0, end - start)

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, part: slice) -> PCM:
        start, end, step = part.indices(self._length)
        count = max(0, end - start)
        if not count:
            return np.zeros(0, np.int16)
        return np.fromfile(self._path, "<i2", count, offset=2 * (self._first + start))[::step]


Channel = PCM | Samples
"""One speaker's sound, 16-bit: in memory, or on disk."""


def samples(path: Path, first: int = 0, last: int | None = None) -> Samples:
    """A decoded channel, from one sample to another."""
    return Samples(path, first, last)


def same_sound(first: Path, second: Path) -> bool:
    """True where two channels of equal length differ by less than 1/10,000 of their energy, as one mix does that was stored twice."""
    difference = energy = 0.0
    with first.open("rb") as one, second.open("rb") as other:
        while piece := one.read(2 * _BLOCK):
            left, right = (np.frombuffer(bytes_, "<i2").astype(np.float64) for bytes_ in (piece, other.read(len(piece))))
            difference += float(np.sum((left - right) ** 2))
            energy += float(np.sum(left**2) + np.sum(right**2))
    return energy > 0 and difference < energy / 20_000


def clock(ms: int) -> str:
    """`02:58`, or `1:02:58` from an hour on."""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


class Writer:
    """
    Resamples the frames of one stream and writes each of its channels to a file.

    Where time stamps leave something out (a late start, a lost packet, a recorder that paused), silence stands for it, so that sound,
    picture and transcript stay together. `start_s` is the time stamp at which the file begins.
    """

    def __init__(self, files: tuple[Path, ...], *, start_s: float, max_ms: int, moved: Callable[[int], None]) -> None:
        self.samples = 0
        self.loudest = [0] * len(files)
        self._out = [file.open("wb") for file in files]
        self._start_s = start_s
        self._shift = 0
        self._max_ms = max_ms
        self._moved = moved
        self._kind: tuple[str, str, int] | None = None
        self._resampler: AudioResampler | None = None

    @property
    def milliseconds(self) -> int:
        return self.samples * 1000 // RATE

    def add(self, frame: Any) -> None:
        """Raises MediaRefused where it gets longer than is taken."""
        self._fill_gap(frame.time)
        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        if kind != self._kind:
            self.flush()
            self._kind = kind
            self._resampler = AudioResampler(format="s16p", layout="mono" if len(self._out) == 1 else "stereo", rate=RATE)
        frame.pts = None
        self._write(frame)

    def flush(self) -> None:
        """Writes what the resampler still holds."""
        if self._resampler is not None:
            self._write(None)
            self._resampler = None

    def close(self) -> None:
        for out in self._out:
            out.close()

    def silent(self) -> list[bool]:
        return [loudest <= _INAUDIBLE for loudest in self.loudest]

    def _fill_gap(self, time_s: float | None) -> None:
        if time_s is None:
            return
        gap = round((time_s - self._start_s) * RATE) - self._shift - self.samples
        if gap < -_GAP or gap > _CLOCK_JUMP:
            self._shift += gap
        elif gap > (_GAP if self.samples else _LATE):
            self._room_for(gap)
            for done in range(0, gap, _BLOCK):
                self._append([np.zeros(min(_BLOCK, gap - done), np.int16)] * len(self._out))

    def _write(self, frame: Any) -> None:
        if self._resampler is not None:
            for resampled in self._resampler.resample(frame):
                self._append(list(resampled.to_ndarray()))

    def _append(self, planes: list[PCM]) -> None:
        self._room_for(len(planes[0]))
        for index, (out, plane) in enumerate(zip(self._out, planes, strict=True)):
            out.write(plane.astype("<i2", copy=False).tobytes())
            if len(plane):
                self.loudest[index] = max(self.loudest[index], int(plane.max()), -int(plane.min()))
        self.samples += len(planes[0])
        self._moved(self.milliseconds)

    def _room_for(self, more: int) -> None:
        if (self.samples + more) * 1000 > self._max_ms * RATE:
            raise MediaRefused(f"The recording is longer than the {clock(self._max_ms)} that are taken (MAX_DURATION_H).")
