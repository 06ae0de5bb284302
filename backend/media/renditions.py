"""What browsers play: the original where they can, else an MP4 made from it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from backend.media.decoding import RATE, Decoded, Source, samples

AUDIO_BIT_RATE = 64_000
BLOCK = 1024
_AUDIO = {
    ("wav", "pcm_s16le"): "audio/wav",
    ("wav", "pcm_u8"): "audio/wav",
    ("mp3", "mp3float"): "audio/mpeg",
    ("ogg", "opus"): "audio/ogg",
    ("ogg", "vorbis"): "audio/ogg",
    ("flac", "flac"): "audio/flac",
    ("mov,mp4,m4a,3gp,3g2,mj2", "aac"): "audio/mp4",
    ("matroska,webm", "opus"): "audio/webm",
}
_VIDEO = {
    ("mov,mp4,m4a,3gp,3g2,mj2", "aac", "h264"): "video/mp4",
    ("matroska,webm", "opus", "vp8"): "video/webm",
    ("matroska,webm", "opus", "vp9"): "video/webm",
}


def playable(sources: Sequence[Source], decoded: Decoded) -> str | None:
    """The media type of the original where browsers play it as it is; None where a rendition is needed."""
    if len(sources) != 1:
        return None
    facts = decoded.facts
    if decoded.has_video:
        return _VIDEO.get((facts["container"], facts["codec"], facts.get("video_codec", "")))
    return _AUDIO.get((facts["container"], facts["codec"]))


def render(sources: Sequence[Source], decoded: Decoded, target: Path) -> str:
    """Writes an MP4 that starts before it is loaded whole, and returns its media type. Takes time: call it in a thread."""
    with av.open(str(target), "w", format="mp4", options={"movflags": "+faststart"}) as out:
        video = _copy_video_stream(sources[0].path, out) if decoded.has_video else None
        audio = out.add_stream("aac", rate=RATE)
        audio.bit_rate = AUDIO_BIT_RATE
        audio.layout = "stereo" if len(decoded.channels) == 2 else "mono"
        if video is not None:
            _write_video(sources[0].path, video, out)
        _write_audio(decoded, audio, out)
    return "video/mp4" if decoded.has_video else "audio/mp4"


def _copy_video_stream(path: Path, out: Any) -> Any:
    with av.open(str(path)) as container:
        given = container.streams.video[0]
        stream = out.add_stream("libx264", rate=given.average_rate or Fraction(25))
        stream.width, stream.height = given.width // 2 * 2, given.height // 2 * 2
        stream.pix_fmt = "yuv420p"
        stream.options = {"crf": "26", "preset": "veryfast"}
        return stream


def _write_video(path: Path, stream: Any, out: Any) -> None:
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            even = frame.reformat(width=stream.width, height=stream.height, format="yuv420p")
            even.pts, even.time_base = frame.pts, frame.time_base
            out.mux(stream.encode(even))
        out.mux(stream.encode(None))


def _write_audio(decoded: Decoded, stream: Any, out: Any) -> None:
    channels = [samples(path) for path in decoded.channels]
    layout = "stereo" if len(channels) == 2 else "mono"
    for start in range(0, len(channels[0]), BLOCK):
        planes = np.stack([np.asarray(channel[start : start + BLOCK], np.float32) / 32768 for channel in channels])
        frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout=layout)
        frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
        out.mux(stream.encode(frame))
    out.mux(stream.encode(None))
