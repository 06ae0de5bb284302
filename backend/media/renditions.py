"""
What browsers play: the original where they can, else an MP4 made from it.

The agent is on the left and the consumer on the right. The index stands at the front and sound and picture lie side by side, so that
a page can jump anywhere before the file is loaded. A picture that browsers know is copied; others are encoded anew.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from backend.media.containers import opened, picture_stream
from backend.media.decoding import RATE, Decoded, Source, samples

AUDIO_BIT_RATE = 64_000
BLOCK = 16_384
_MP4 = "mov,mp4,m4a,3gp,3g2,mj2"
_WEBM = "matroska,webm"
_AUDIO = {
    ("wav", "pcm_s16le"): "audio/wav",
    ("wav", "pcm_u8"): "audio/wav",
    ("mp3", "mp3float"): "audio/mpeg",
    ("mp3", "mp3"): "audio/mpeg",
    ("ogg", "opus"): "audio/ogg",
    ("ogg", "vorbis"): "audio/ogg",
    ("flac", "flac"): "audio/flac",
    (_MP4, "aac"): "audio/mp4",
    (_WEBM, "opus"): "audio/webm",
}
_VIDEO = {
    (_MP4, "aac", "h264"): "video/mp4",
    (_WEBM, "opus", "vp8"): "video/webm",
    (_WEBM, "opus", "vp9"): "video/webm",
}
_PIXELS = ("yuv420p", "yuvj420p")
_TICKS = Fraction(1, 90_000)
_SIDES = ("agent", "consumer", "other")


def playable(sources: Sequence[Source], decoded: Decoded) -> str | None:
    """
    The media type of the original where browsers play it as it is; None where a rendition is needed: two files, another codec, two
    tracks, or a header that does not say how long it lasts, in which no player can jump.
    """
    facts = decoded.facts
    if len(sources) != 1 or not facts["seekable"]:
        return None
    container = facts["container"]
    with opened(sources[0].path) as given:
        picture = picture_stream(given)
        if len(given.streams.audio) != 1 or (container == _WEBM and not _is_webm(sources[0].path)):
            return None
        if picture is None:
            return _AUDIO.get((container, facts["codec"]))
        if picture.codec_context.pix_fmt not in _PIXELS:
            return None
        return _VIDEO.get((container, facts["codec"], picture.codec_context.name))


def _is_webm(path: Path) -> bool:
    """Matroska names its kind near the start; browsers are promised WebM only."""
    with path.open("rb") as file:
        return b"webm" in file.read(64)


def render(sources: Sequence[Source], decoded: Decoded, target: Path) -> str:
    """Writes the MP4 and returns its media type. Takes time: call it in a thread."""
    with av.open(str(target), "w", format="mp4", options={"movflags": "+faststart"}) as out:
        if not decoded.has_video:
            for packet in _sound(decoded, out):
                out.mux(packet)
            return "audio/mp4"
        path = next(source.path for source in sources if _has_picture(source.path))
        with opened(path) as given:
            for packet in heapq.merge(_picture(given, out), _sound(decoded, out), key=_time):
                out.mux(packet)
    return "video/mp4"


def _has_picture(path: Path) -> bool:
    with opened(path) as given:
        return picture_stream(given) is not None


def _time(packet: Any) -> float:
    return float((packet.dts or 0) * packet.time_base)


def _sound(decoded: Decoded, out: Any) -> Iterator[Any]:
    """Makes the sound's stream at once, its packets as they are asked for."""
    sides = [channel for _, channel in sorted(zip(decoded.roles, decoded.channels, strict=True), key=lambda pair: _SIDES.index(pair[0]))]
    layout = "stereo" if len(sides) == 2 else "mono"
    stream = out.add_stream("aac", rate=RATE, layout=layout)
    stream.bit_rate = AUDIO_BIT_RATE
    # At this rate the search of the default coder takes thrice as long and saves nothing.
    stream.options = {"aac_coder": "fast"}
    return _encoded_sound([samples(side) for side in sides], layout, stream)


def _encoded_sound(channels: list[Any], layout: str, stream: Any) -> Iterator[Any]:
    for start in range(0, len(channels[0]), BLOCK):
        planes = np.stack([np.asarray(channel[start : start + BLOCK], np.float32) / 32768 for channel in channels])
        frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout=layout)
        frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
        yield from stream.encode(frame)
    yield from stream.encode(None)


def _picture(given: Any, out: Any) -> Iterator[Any]:
    """Makes the picture's stream at once, its packets as they are asked for."""
    source = picture_stream(given)
    assert source is not None
    codec = source.codec_context
    start = Fraction(given.start_time or 0, 1_000_000)
    if codec.name == "h264" and codec.pix_fmt in _PIXELS and given.format.name in (_MP4, _WEBM):
        return _copied(given, source, out.add_stream_from_template(source), start)
    rate = source.average_rate if source.average_rate and 1 <= source.average_rate <= 120 else Fraction(25)
    stream = out.add_stream("libx264", rate=rate)
    stream.width, stream.height = max(2, codec.width // 2 * 2), max(2, codec.height // 2 * 2)
    stream.pix_fmt = "yuv420p"
    stream.options = {"crf": "26", "preset": "veryfast"}
    # Screens are recorded when they change: at the mean rate, two such frames could fall on one tick.
    stream.codec_context.time_base = _TICKS
    return _encoded_picture(given, source, stream, start)


def _copied(given: Any, source: Any, stream: Any, start: Fraction) -> Iterator[Any]:
    shift = round(start / source.time_base)
    for packet in _with_dts(packet for packet in given.demux(source) if packet.size and packet.pts is not None):
        packet.dts -= shift
        packet.pts -= shift
        packet.stream = stream
        yield packet


def _with_dts(packets: Iterator[Any]) -> Iterator[Any]:
    """
    Gives a decoding time to the packets that have none: Matroska keeps only when a frame is shown, and the first few that are decoded
    early stay without. They come a tick apart before the first that is known.
    """
    early: list[Any] = []
    last: int | None = None
    for packet in packets:
        if last is None and packet.dts is None:
            early.append(packet)
            continue
        yield from _before(packet.dts, early)
        early = []
        last = packet.dts if packet.dts is not None else (last or 0) + 1
        packet.dts = last
        yield packet
    yield from _before(min((packet.pts for packet in early), default=0), early)


def _before(tick: int | None, early: list[Any]) -> Iterator[Any]:
    first = min((tick or 0, *(packet.pts for packet in early))) - len(early)
    for number, packet in enumerate(early):
        packet.dts = first + number
        yield packet


def _encoded_picture(given: Any, source: Any, stream: Any, start: Fraction) -> Iterator[Any]:
    last = -1
    for frame in given.decode(source):
        at = -1 if frame.pts is None else round((frame.pts * frame.time_base - start) / _TICKS)
        if at <= last:
            continue
        even = frame.reformat(width=stream.width, height=stream.height, format="yuv420p")
        even.pts, even.time_base, even.pict_type = at, _TICKS, 0
        last = at
        yield from stream.encode(even)
    yield from stream.encode(None)
