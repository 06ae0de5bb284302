"""Writes recordings, the same bytes each time the same libraries are given the same sound."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from scripts.synthesise_samples.voices import Samples

Picture = NDArray[np.uint8]
_CODECS = {".ogg": "libopus", ".webm": "libopus", ".mp3": "libmp3lame"}
_OPUS = {"application": "voip", "vbr": "on", "frame_duration": "40"}
"""voip: the two sides are coded apart, so that neither leaks into the other."""
_VP9 = {"crf": "40", "deadline": "good", "cpu-used": "4", "g": "60"}


def write(path: Path, channels: Samples, rate: int, kbps: int, pictures: Iterable[Picture] | None = None, fps: int = 10) -> None:
    """`channels` is of shape (samples, 1 or 2), full scale 1; the ending of `path` names the container: .ogg, .webm, .mp3."""
    codec = _CODECS[path.suffix]
    with av.open(str(path), "w", options={"fflags": "+bitexact"}) as container:
        video = _video_stream(container, fps) if pictures is not None else None
        layout = "mono" if channels.shape[1] == 1 else "stereo"
        sound = container.add_stream(codec, rate=rate, layout=layout, options=_OPUS if codec == "libopus" else {})
        sound.bit_rate = kbps * 1000
        for packet in sorted(_packets(sound, channels, rate, layout, video, pictures), key=_at):
            container.mux(packet)


def _video_stream(container: Any, fps: int) -> Any:
    video = container.add_stream("libvpx-vp9", rate=fps, options=_VP9)
    video.width, video.height, video.pix_fmt, video.bit_rate, video.codec_context.thread_count = 640, 360, "yuv420p", 0, 1
    return video


def _packets(sound: Any, channels: Samples, rate: int, layout: str, video: Any, pictures: Iterable[Picture] | None) -> list[Any]:
    pcm = (np.clip(channels, -1, 1) * 32767).astype("<i2").reshape(1, -1)
    frame = av.AudioFrame.from_ndarray(pcm, format="s16", layout=layout)
    frame.sample_rate, frame.pts = rate, 0
    packets = [*_encoded(sound, frame), *sound.encode(None)]
    for number, picture in enumerate(pictures or ()):
        image = av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(format="yuv420p")
        image.pts = number
        packets += video.encode(image)
    return packets + (video.encode(None) if video else [])


def _encoded(sound: Any, frame: Any) -> list[Any]:
    resampler = av.AudioResampler(format=sound.codec_context.format, layout=sound.codec_context.layout, rate=sound.codec_context.rate)
    return [packet for piece in [*resampler.resample(frame), *resampler.resample(None)] for packet in sound.encode(piece)]


def _at(packet: Any) -> tuple[float, str]:
    return float((packet.dts or 0) * packet.time_base), packet.stream.type
