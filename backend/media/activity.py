"""
Who makes sound when: Silero's voice-activity model, run by onnxruntime.

The model looks at 32 ms at a time and remembers; both channels go through it side by side. What one side hears of the other is
taken out again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backend.errors import ConfigurationError
from backend.media.bleed import Frames, find_echo, without_echo
from backend.media.decoding import RATE, Channel

FRAME = 512
CONTEXT = 64
FRAME_MS = FRAME * 1000 / RATE
STARTS_FROM = 0.5
ENDS_BELOW = 0.35
SHORTEST_SPEECH_MS = 160
SHORTEST_PAUSE_MS = 200
PAD_MS = 32
BATCH_FRAMES = 1_024

Spans = list[tuple[int, int]]
Progress = Callable[[float], None]


def detector() -> str:
    """Name and version of the detector, as stored with what it found."""
    return f"silero-vad {version('silero-vad')}"


def find_activity(channels: Sequence[Channel], progress: Progress | None = None) -> list[Spans]:
    """For each channel the intervals of speech in milliseconds, disjoint and in order. Takes time: call it in a thread."""
    if not channels or not len(channels[0]):
        return [[] for _ in channels]
    chances, levels = _scan(channels, progress or (lambda share: None))
    duration = len(channels[0]) * 1000 // RATE
    if len(channels) == 2:
        chances = [_own(chances, levels, 0, 1), _own(chances, levels, 1, 0)]
    return [_spans(chance, duration) for chance in chances]


def _own(chances: list[Frames], levels: list[Frames], mine: int, other: int) -> Frames:
    """The chances of speech of one channel without what it hears of the other."""
    echo = find_echo(levels[mine], levels[other], chances[other])
    return chances[mine] if echo is None else without_echo(chances[mine], levels[mine], levels[other], echo)


@lru_cache
def _session() -> Any:
    """The model out of the wheel; found without importing the package, which would import torch."""
    import onnxruntime

    spec = find_spec("silero_vad")
    if spec is None or not spec.submodule_search_locations:
        raise ConfigurationError("The package silero-vad is not installed: run `make setup`.")
    path = Path(next(iter(spec.submodule_search_locations))) / "data" / "silero_vad.onnx"
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _scan(channels: Sequence[Channel], progress: Progress) -> tuple[list[Frames], list[Frames]]:
    """For each channel the chance of speech and the level in dB, a value a frame."""
    session = _session()
    frames = -(-len(channels[0]) // FRAME)
    chances = np.zeros((len(channels), frames), np.float32)
    levels = np.zeros((len(channels), frames), np.float32)
    state = np.zeros((2, len(channels), 128), np.float32)
    context = np.zeros((len(channels), CONTEXT), np.float32)
    rate = np.array(RATE, np.int64)
    for first in range(0, frames, BATCH_FRAMES):
        block = _block(channels, first, min(first + BATCH_FRAMES, frames))
        levels[:, first : first + block.shape[1]] = 10 * np.log10(np.mean(block**2, axis=2) + 1e-10)
        for offset in range(block.shape[1]):
            piece = np.concatenate([context, block[:, offset]], axis=1)
            out, state = session.run(None, {"input": piece, "state": state, "sr": rate})
            chances[:, first + offset] = out[:, 0]
            context = piece[:, -CONTEXT:]
        progress(min(1.0, (first + block.shape[1]) / frames))
    return list(chances), list(levels)


def _block(channels: Sequence[Channel], first: int, last: int) -> NDArray[np.float32]:
    """Frames first … last − 1 of all channels, −1…1, shape (channels, frames, FRAME); the last one is filled with silence."""
    block = np.zeros((len(channels), (last - first) * FRAME), np.float32)
    for row, channel in zip(block, channels, strict=True):
        piece = channel[first * FRAME : last * FRAME]
        row[: len(piece)] = np.asarray(piece, np.float32) / 32768
    return block.reshape(len(channels), last - first, FRAME)


def _spans(chances: Frames, duration_ms: int) -> Spans:
    """Frames to intervals: starts at 0.5, ends below 0.35; short pauses are bridged, short sounds dropped, edges padded."""
    found: Spans = []
    start: int | None = None
    for frame, chance in enumerate(chances):
        if start is None and chance >= STARTS_FROM:
            start = frame
        elif start is not None and chance < ENDS_BELOW:
            _append(found, start, frame)
            start = None
    if start is not None:
        _append(found, start, len(chances))
    kept = [(a, b) for a, b in found if b - a >= SHORTEST_SPEECH_MS]
    return [(max(0, a - PAD_MS), min(duration_ms, b + PAD_MS)) for a, b in kept]


def _append(found: Spans, first: int, last: int) -> None:
    start, end = round(first * FRAME_MS), round(last * FRAME_MS)
    if found and start - found[-1][1] < SHORTEST_PAUSE_MS:
        found[-1] = (found[-1][0], end)
    else:
        found.append((start, end))
