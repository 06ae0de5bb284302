"""Recordings of every kind, made on the spot."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np


def tone(seconds: float, *, rate: int = 16_000, hertz: float = 220, level: float = 0.3) -> np.ndarray:
    at = np.arange(int(seconds * rate)) / rate
    return (level * np.sin(2 * np.pi * hertz * at)).astype(np.float32)


def write(path: Path, channels: list[np.ndarray], *, codec: str, container: str, rate: int = 16_000, video: bool = False) -> Path:
    """Encodes channels of equal length; with `video` a small picture goes along."""
    layout = {1: "mono", 2: "stereo", 5: "5.0"}[len(channels)]
    with av.open(str(path), "w", format=container) as out:
        picture = out.add_stream("libx264" if container == "mp4" else "libvpx", rate=10) if video else None
        if picture:
            picture.width, picture.height, picture.pix_fmt = 64, 48, "yuv420p"
        stream = out.add_stream(codec, rate=rate, layout=layout)
        if picture:
            for number in range(int(len(channels[0]) / rate * 10)):
                frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), number * 5 % 255, np.uint8), format="rgb24")
                frame.pts, frame.time_base = number, Fraction(1, 10)
                out.mux(picture.encode(frame))
            out.mux(picture.encode(None))
        resampler = av.AudioResampler(format=stream.codec_context.format, layout=layout, rate=rate)
        fifo = av.AudioFifo()
        frame = av.AudioFrame.from_ndarray(np.stack(channels), format="fltp", layout=layout)
        frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
        for piece in resampler.resample(frame):
            fifo.write(piece)
        size = stream.codec_context.frame_size or 1024
        while piece := fifo.read(size, partial=True):
            out.mux(stream.encode(piece))
        out.mux(stream.encode(None))
    return path
