"""Decoding and speech activity of a sample recording of two channels."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import av

from backend.media.activity import find_activity
from backend.media.decoding import PCM, RATE, Decoded, Limits, Source, decode, samples
from bench.measure import Figure, compare, rate

RECORDING = Path(__file__).resolve().parents[1] / "samples" / "recordings" / "01-roaming-bill-tier-1.ogg"
MOST_S = 60
LIMITS = Limits(max_bytes=1 << 30, max_duration_ms=3_600_000)


def figures(folder: Path) -> list[Figure]:
    decoded = decode([Source(RECORDING)], folder, LIMITS)
    channels = [samples(path) for path in decoded.channels]
    return [_decoding(folder, decoded), *_activity(channels)]


def _decoding(folder: Path, decoded: Decoded) -> Figure:
    seconds = compare(lambda: decode([Source(RECORDING)], folder, LIMITS), _decode_and_drop, repeat=3)
    return rate("decode a call of two channels to 16 kHz files", decoded.duration_ms / 1000, "x real time", "PyAV, frames dropped", seconds)


def _decode_and_drop() -> None:
    with av.open(str(RECORDING)) as container:
        for _ in container.decode(audio=0):
            pass


def _activity(channels: list[PCM]) -> list[Figure]:
    channels = [channel[: MOST_S * RATE] for channel in channels]
    theirs = [("the same, a channel at a time", lambda: [find_activity([channel]) for channel in channels])]
    if find_spec("torch"):
        theirs.append(("silero-vad's own loop (ONNX)", _silero(channels)))
    ours, *others = compare(lambda: find_activity(channels), *(work for _, work in theirs), repeat=2)
    length_s = len(channels[0]) / RATE
    return [
        rate("speech activity, both channels", length_s, "x real time", name, (ours, seconds))
        for (name, _), seconds in zip(theirs, others, strict=True)
    ]


def _silero(channels: list[PCM]) -> Callable[[], object]:
    import torch
    from silero_vad import get_speech_timestamps, load_silero_vad

    torch.set_num_threads(1)
    model = load_silero_vad(onnx=True)
    tensors = [torch.tensor(channel, dtype=torch.float32) / 32768 for channel in channels]
    return lambda: [get_speech_timestamps(tensor, model, sampling_rate=16_000) for tensor in tensors]
