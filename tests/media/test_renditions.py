"""What browsers cannot play gets a form that they can: seekable, the agent on the left, sound and picture together."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from backend.media.decoding import Limits, Source, decode, samples
from backend.media.renditions import playable, render
from tests.media.sounds import tone, write

LIMITS = Limits(1 << 32, 12 * 3_600_000)


def rendered(tmp_path: Path, *sources: Source):
    decoded = decode(sources, tmp_path, LIMITS)
    target = tmp_path / "rendition.mp4"
    kind = render(sources, decoded, target)
    folder = tmp_path / "again"
    folder.mkdir()
    return kind, decoded, decode([Source(target)], folder, LIMITS), target


def pitch(channel: Path) -> float:
    """Hertz of the strongest tone."""
    sound = np.asarray(samples(channel)[8_000:24_000], float)
    return float(np.argmax(np.abs(np.fft.rfft(sound))) * 16_000 / len(sound))


@pytest.mark.parametrize(("container", "codec", "mime"), [("mp4", "aac", "video/mp4"), ("webm", "libopus", "video/webm")])
def test_video_is_heard_and_kept(tmp_path, container, codec, mime):
    sides = [tone(2, rate=48_000), tone(2, rate=48_000, hertz=330)]
    file = write(tmp_path / "v", sides, codec=codec, container=container, rate=48_000, video=True)
    kind, decoded, again, target = rendered(tmp_path, Source(file))
    assert playable([Source(file)], decoded) == mime
    assert decoded.duration_ms == pytest.approx(2000, abs=20)
    assert (kind, again.has_video, again.facts["video_codec"]) == ("video/mp4", True, "h264")
    assert again.duration_ms == pytest.approx(2000, abs=80)
    assert playable([Source(target)], again) == "video/mp4"


@pytest.mark.parametrize("roles", [("agent", "consumer"), ("consumer", "agent")])
def test_the_agent_is_on_the_left(tmp_path, roles):
    low = write(tmp_path / "low", [tone(2, hertz=300)], codec="pcm_mulaw", container="wav", rate=16_000)
    high = write(tmp_path / "high", [tone(2, hertz=900)], codec="pcm_mulaw", container="wav", rate=16_000)
    kind, decoded, again, target = rendered(tmp_path, Source(low, roles[:1]), Source(high, roles[1:]))
    assert playable([Source(low), Source(high)], decoded) is None
    assert (kind, playable([Source(target)], again)) == ("audio/mp4", "audio/mp4")
    expected = [300, 900] if roles[0] == "agent" else [900, 300]
    assert [pitch(channel) for channel in again.channels] == pytest.approx(expected, abs=3)


def test_the_index_is_at_the_front(tmp_path):
    file = write(tmp_path / "a", [tone(2)], codec="pcm_alaw", container="wav")
    _, _, _, target = rendered(tmp_path, Source(file))
    content = target.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


def test_sound_and_picture_lie_side_by_side(tmp_path):
    file = write(tmp_path / "v", [tone(6, rate=48_000)], codec="libopus", container="webm", rate=48_000, video=True)
    _, _, _, target = rendered(tmp_path, Source(file))
    with av.open(str(target)) as given:
        order = [packet.stream.type for packet in given.demux() if packet.size]
    assert order.index("audio") < len(order) // 4
    assert max(index for index, kind in enumerate(order) if kind == "video") > len(order) * 3 // 4


def screen(path: Path, times_ms: list[int], *, codec: str, container: str) -> Path:
    """A video whose frames come when they come, with sound."""
    with av.open(str(path), "w", format=container) as out:
        picture = out.add_stream(codec, rate=5)
        picture.width, picture.height, picture.pix_fmt = 64, 48, "yuv420p"
        picture.codec_context.time_base = Fraction(1, 1000)
        stream = out.add_stream("pcm_s16le", rate=16_000, layout="mono")
        for number, ms in enumerate(times_ms):
            frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), number * 7 % 255, np.uint8), format="rgb24")
            frame.pts, frame.time_base = ms, Fraction(1, 1000)
            out.mux(picture.encode(frame))
        out.mux(picture.encode(None))
        frame = av.AudioFrame.from_ndarray((tone(3)[None] * 32767).astype(np.int16), format="s16", layout="mono")
        frame.sample_rate, frame.pts = 16_000, 0
        out.mux(stream.encode(frame))
    return path


@pytest.mark.parametrize("codec", ["libx264", "libvpx"])
def test_frames_at_any_time_are_kept(tmp_path, codec):
    times = [0, 3, 9, 500, 505, 1_400, 2_900]
    file = screen(tmp_path / "s", times, codec=codec, container="matroska")
    _, decoded, again, target = rendered(tmp_path, Source(file))
    assert playable([Source(file)], decoded) is None
    assert again.duration_ms == pytest.approx(3000, abs=80)
    with av.open(str(target)) as given:
        shown = sorted(round(float(frame.time) * 1000) for frame in given.decode(video=0))
    assert shown == pytest.approx(times, abs=2)


def test_what_does_not_say_its_length_is_rendered(tmp_path):
    file = write(tmp_path / "a", [tone(2, rate=48_000)], codec="libopus", container="webm", rate=48_000)
    content = file.read_bytes()
    at = content.index(b"\x44\x89\x88")
    file.write_bytes(blank(content, at))
    decoded = decode([Source(file)], tmp_path, LIMITS)
    assert decoded.facts["seekable"] is False
    assert playable([Source(file)], decoded) is None


def blank(content: bytes, at: int) -> bytes:
    """Makes WebM's duration (an element of 11 bytes) a void one, as recorders in browsers leave it out."""
    return content[:at] + b"\xec\x89" + bytes(9) + content[at + 11 :]
