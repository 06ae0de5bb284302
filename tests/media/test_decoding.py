"""Recordings are decoded whole, or refused with a reason."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from backend.errors import MediaRefused
from backend.media.decoding import Limits, Source, clock, decode, samples
from backend.media.renditions import playable, render
from tests.media.sounds import tone, write

LIMITS = Limits(1 << 32, 12 * 3_600_000)
SHARED = Path(__file__).parents[3] / "shared" / "data"
KINDS = [
    ("pcm_s16le", "wav", 16_000, "audio/wav"),
    ("pcm_mulaw", "wav", 8_000, None),
    ("pcm_alaw", "wav", 8_000, None),
    ("libmp3lame", "mp3", 44_100, "audio/mpeg"),
    ("aac", "mp4", 44_100, "audio/mp4"),
    ("libopus", "ogg", 48_000, "audio/ogg"),
    ("libopus", "webm", 48_000, "audio/webm"),
    ("flac", "flac", 44_100, "audio/flac"),
]


@pytest.mark.parametrize(("codec", "container", "rate", "mime"), KINDS)
@pytest.mark.parametrize("channels", [1, 2])
def test_every_kind_is_decoded_to_its_length(tmp_path, codec, container, rate, mime, channels):
    sides = [tone(3, rate=rate), tone(3, rate=rate, hertz=330)]
    file = write(tmp_path / "a", sides[:channels], codec=codec, container=container, rate=rate)
    decoded = decode([Source(file)], tmp_path, LIMITS)
    # MP3 holds whole frames: it cannot tell where within the last one the sound ended.
    assert decoded.duration_ms == pytest.approx(3000, abs=60 if container == "mp3" else 20)
    assert decoded.roles == (("other",) if channels == 1 else ("agent", "consumer"))
    assert playable([Source(file)], decoded) == mime
    assert np.abs(samples(decoded.channels[0])[8_000:40_000].astype(float)).max() == pytest.approx(0.3 * 32768, rel=0.3)


def test_two_sides_become_two_channels_of_one_length(tmp_path):
    agent = write(tmp_path / "a", [tone(1)], codec="pcm_s16le", container="wav")
    consumer = write(tmp_path / "c", [tone(2)], codec="pcm_s16le", container="wav")
    decoded = decode([Source(agent, ("agent",)), Source(consumer, ("consumer",))], tmp_path, LIMITS)
    assert (decoded.duration_ms, decoded.roles) == (2000, ("agent", "consumer"))
    assert [len(samples(path)) for path in decoded.channels] == [32_000, 32_000]
    assert not samples(decoded.channels[0])[17_000:].any()
    target = tmp_path / "rendition.mp4"
    assert render([], decoded, target) == "audio/mp4"
    again = decode([Source(target)], tmp_path, LIMITS)
    assert again.duration_ms == pytest.approx(2000, abs=80)
    assert again.facts["channels"] == 2


def test_the_same_mix_on_both_channels_is_one(tmp_path):
    file = write(tmp_path / "a", [tone(2)] * 2, codec="libmp3lame", container="mp3")
    decoded = decode([Source(file)], tmp_path, LIMITS)
    assert (len(decoded.channels), decoded.roles, decoded.facts["same_channels"]) == (1, ("other",), True)
    inverted = write(tmp_path / "b", [tone(2), -tone(2)], codec="pcm_s16le", container="wav")
    assert len(decode([Source(inverted)], tmp_path, LIMITS).channels) == 2


def test_silence_is_taken_and_said(tmp_path):
    silent = write(tmp_path / "a", [np.zeros(16_000, np.float32)] * 2, codec="pcm_s16le", container="wav")
    assert decode([Source(silent)], tmp_path, LIMITS).facts["silent_channels"] == [0, 1]
    half = write(tmp_path / "b", [tone(1), np.zeros(16_000, np.float32)], codec="pcm_s16le", container="wav")
    decoded = decode([Source(half)], tmp_path, LIMITS)
    assert (decoded.facts["silent_channels"], len(decoded.channels)) == ([1], 2)


def pieces(path: Path, starts_s: list[float], *, picture_s: float | None = None) -> Path:
    """A file in which pieces of one second begin at these times."""
    with av.open(str(path), "w", format="matroska") as out:
        picture = out.add_stream("libx264", rate=10) if picture_s is not None else None
        if picture:
            picture.width, picture.height, picture.pix_fmt = 64, 48, "yuv420p"
        stream = out.add_stream("pcm_s16le", rate=16_000, layout="mono")
        for number in range(int((picture_s or 0) * 10)):
            frame = av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 10)
            out.mux(picture.encode(frame))
        if picture:
            out.mux(picture.encode(None))
        for start in starts_s:
            frame = av.AudioFrame.from_ndarray((tone(1)[None] * 32767).astype(np.int16), format="s16", layout="mono")
            frame.sample_rate, frame.pts, frame.time_base = 16_000, int(start * 16_000), Fraction(1, 16_000)
            out.mux(stream.encode(frame))
    return path


def heard(decoded) -> list[bool]:
    """For each half second, whether there is sound."""
    sound = np.abs(samples(decoded.channels[0])[:].astype(int))
    return [bool(sound[start + 400 : start + 7_600].max() > 100) for start in range(0, len(sound) - 7_999, 8_000)]


def test_what_was_not_recorded_is_silence(tmp_path):
    decoded = decode([Source(pieces(tmp_path / "gap", [0, 2.5]))], tmp_path, LIMITS)
    assert decoded.duration_ms == pytest.approx(3500, abs=20)
    assert heard(decoded) == [True] * 2 + [False] * 3 + [True] * 2


def test_a_clock_that_jumps_is_no_gap(tmp_path):
    decoded = decode([Source(pieces(tmp_path / "jump", [0, 20_000, 20_001]))], tmp_path, LIMITS)
    assert decoded.duration_ms == pytest.approx(3000, abs=20)


def test_sound_that_begins_after_the_picture_stays_with_it(tmp_path):
    decoded = decode([Source(pieces(tmp_path / "late", [1.5], picture_s=3))], tmp_path, LIMITS)
    assert heard(decoded) == [False] * 3 + [True] * 2


def test_progress_rises_to_the_end(tmp_path):
    file = write(tmp_path / "a", [tone(5)], codec="pcm_s16le", container="wav")
    seen: list[float] = []
    decode([Source(file)], tmp_path, LIMITS, seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == pytest.approx(1, abs=0.02)


def test_clock():
    assert [clock(0), clock(178_999), clock(3_723_000)] == ["00:00", "02:58", "1:02:03"]


EXPECTED = {
    "azure-speech/test_audio.mp3": 630, "azure-speech/whatstheweatherlike.mp3": 2_030, "azure-speech/test_audio.wav": 630,
    "azure-speech/missing_wav_header.wav": None, "google-speech/audio.raw": None, "google-speech/quit.raw": None,
    "google-speech/dialogflow_230pm.wav": 1_593, "google-speech/dialogflow_today.wav": 591,
    "azure-speech/katiesteve.wav": 29_488, "azure-speech/test_audio_stereo.wav": 1_720, "azure-speech/es-mx.wav": 6_125,
    "azure-speech/whatstheweatherlike-mulaw.wav": 2_030, "google-speech/Google_Gnome.wav": 55_559, "whisper-tests/jfk.flac": 11_000,
    "aws-lca/Auto_Repairs_40_agent.wav": 245_380,
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_real_files_are_decoded_to_their_length_or_refused(tmp_path, name):
    folder, file_name = name.split("/")
    file = next((SHARED / folder).rglob(file_name), None)
    if file is None:
        pytest.skip(f"the file {name} is not beside the project")
    if EXPECTED[name] is None:
        with pytest.raises(MediaRefused, match="without a header"):
            decode([Source(file)], tmp_path, LIMITS)
    else:
        assert decode([Source(file)], tmp_path, LIMITS).duration_ms == pytest.approx(EXPECTED[name], abs=20)
