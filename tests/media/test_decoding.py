"""Recordings are decoded whole, or refused with a reason."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from backend.errors import MediaRefused
from backend.media.decoding import Limits, Source, clock, decode, samples
from backend.media.peaks import peaks
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
    file = write(tmp_path / "a", [tone(3, rate=rate)] * channels, codec=codec, container=container, rate=rate)
    decoded = decode([Source(file)], tmp_path, LIMITS)
    # MP3 holds whole frames: it cannot tell where within the last one the sound ended.
    assert decoded.duration_ms == pytest.approx(3000, abs=60 if container == "mp3" else 20)
    assert decoded.roles == (("other",) if channels == 1 else ("agent", "consumer"))
    assert playable([Source(file)], decoded) == mime
    assert np.abs(samples(decoded.channels[0])[8_000:40_000].astype(float)).max() == pytest.approx(0.3 * 32768, rel=0.15)


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


@pytest.mark.parametrize(("container", "codec", "mime"), [("mp4", "aac", "video/mp4"), ("webm", "libopus", "video/webm")])
def test_video_is_heard_and_kept(tmp_path, container, codec, mime):
    file = write(tmp_path / "v", [tone(2, rate=48_000)] * 2, codec=codec, container=container, rate=48_000, video=True)
    decoded = decode([Source(file)], tmp_path, LIMITS)
    assert decoded.has_video
    assert decoded.duration_ms == pytest.approx(2000, abs=20)
    assert playable([Source(file)], decoded) == mime
    target = tmp_path / "rendition.mp4"
    assert render([Source(file)], decoded, target) == "video/mp4"
    assert decode([Source(target)], tmp_path, LIMITS).has_video


def refusal(tmp_path, content: bytes, limits: Limits = LIMITS) -> str:
    file = tmp_path / "given"
    file.write_bytes(content)
    with pytest.raises(MediaRefused) as caught:
        decode([Source(file)], tmp_path, limits)
    return caught.value.message


def test_bad_files_are_refused_with_a_reason(tmp_path):
    wav = write(tmp_path / "w", [tone(10)], codec="pcm_s16le", container="wav").read_bytes()
    assert "empty" in refusal(tmp_path, b"")
    assert "cannot be read" in refusal(tmp_path, b"this is no recording at all" * 50)
    assert "cannot be read" in refusal(tmp_path, wav[44:] if wav[44:48] != b"RIFF" else b"\0")
    assert "Unexpected end of file at 00:04" in refusal(tmp_path, wav[: len(wav) // 2])
    assert "too little" in refusal(tmp_path, write(tmp_path / "s", [tone(0.01)], codec="pcm_s16le", container="wav").read_bytes())
    assert "5 channels" in refusal(tmp_path, write(tmp_path / "5", [tone(1)] * 5, codec="pcm_s16le", container="wav").read_bytes())
    assert "MAX_UPLOAD_MB" in refusal(tmp_path, wav, Limits(1000, 10**9))
    assert "MAX_DURATION_H" in refusal(tmp_path, wav, Limits(1 << 30, 5_000))


def test_three_files_or_stereo_sides_are_refused(tmp_path):
    stereo = write(tmp_path / "a", [tone(1)] * 2, codec="pcm_s16le", container="wav")
    with pytest.raises(MediaRefused, match="one channel in each"):
        decode([Source(stereo), Source(stereo)], tmp_path, LIMITS)
    with pytest.raises(MediaRefused, match="3 were given"):
        decode([Source(stereo)] * 3, tmp_path, LIMITS)


def test_progress_rises_to_the_end(tmp_path):
    file = write(tmp_path / "a", [tone(5)], codec="pcm_s16le", container="wav")
    seen: list[float] = []
    decode([Source(file)], tmp_path, LIMITS, seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == pytest.approx(1, abs=0.02)


def test_peaks_have_the_promised_form():
    loud, silent = (tone(2) * 32768).astype(np.int16), np.zeros(32_000, np.int16)
    data = peaks([loud, silent])
    assert (data[0], data[1:4], int.from_bytes(data[4:8], "little"), len(data)) == (2, b"\0\0\0", 40, 8 + 80)
    assert min(data[8:48]) > 200
    assert max(data[48:]) == 0
    assert len(peaks([np.zeros(0, np.int16)])) == 9


def test_clock():
    assert [clock(0), clock(178_999), clock(3_723_000)] == ["00:00", "02:58", "1:02:03"]


EXPECTED = {
    "azure-speech/katiesteve.wav": 29_488, "azure-speech/test_audio_stereo.wav": 1_720, "azure-speech/es-mx.wav": 6_125,
    "azure-speech/whatstheweatherlike-mulaw.wav": 2_030, "google-speech/Google_Gnome.wav": 55_559, "whisper-tests/jfk.flac": 11_000,
    "aws-lca/Auto_Repairs_40_agent.wav": 245_380,
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_real_files(tmp_path, name):
    folder, file_name = name.split("/")
    file = next((SHARED / folder).rglob(file_name), None)
    if file is None:
        pytest.skip(f"the file {name} is not beside the project")
    assert decode([Source(file)], tmp_path, LIMITS).duration_ms == pytest.approx(EXPECTED[name], abs=20)


@pytest.mark.parametrize("name", ["azure-speech/missing_wav_header.wav", "google-speech/audio.raw", "google-speech/quit.raw"])
def test_real_files_without_a_header_are_refused(tmp_path, name):
    if not (SHARED / name).exists():
        pytest.skip(f"the file {name} is not beside the project")
    with pytest.raises(MediaRefused):
        decode([Source(SHARED / name)], tmp_path, LIMITS)
