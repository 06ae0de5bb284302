"""What cannot be decoded whole is refused, with the reason and the remedy; nothing outside the file is ever read."""

from __future__ import annotations

import os
import struct

import av
import numpy as np
import pytest

from backend.errors import MediaRefused
from backend.media.containers import DEMUXERS
from backend.media.decoding import Limits, Source, decode
from tests.media.sounds import tone, write

LIMITS = Limits(1 << 32, 12 * 3_600_000)


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
    assert "damaged or cut" in refusal(tmp_path, wav[:20])
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


@pytest.mark.parametrize(
    ("codec", "container", "rate", "says"),
    [
        ("flac", "flac", 16_000, "Unexpected end of file"),
        ("libmp3lame", "mp3", 16_000, "Unexpected end of file at 00:0"),
        ("aac", "mp4", 16_000, "its index is missing|Unexpected end of file"),
        ("libopus", "webm", 48_000, "Unexpected end of file at 00:0"),
        ("pcm_mulaw", "wav", 8_000, "Unexpected end of file at 00:05: the file announces 00:10"),
        ("pcm_s16be", "aiff", 16_000, "Unexpected end of file at 00:0"),
    ],
)
def test_every_kind_that_was_cut_is_refused(tmp_path, codec, container, rate, says):
    noise = np.random.default_rng(1).normal(0, 0.1, 10 * rate).astype(np.float32)
    whole = write(tmp_path / "w", [noise], codec=codec, container=container, rate=rate).read_bytes()
    (tmp_path / "cut").write_bytes(whole[: len(whole) // 2 + 60])
    with pytest.raises(MediaRefused, match=says):
        decode([Source(tmp_path / "cut")], tmp_path, LIMITS)


def wav(data: bytes, *, size: int | None = None, rate: int = 8_000, channels: int = 1) -> bytes:
    shape = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, channels, rate, rate * channels * 2, channels * 2, 16)
    size = len(data) if size is None else size
    return b"RIFF" + struct.pack("<I", min(36 + size, 0xFFFF_FFFF)) + b"WAVE" + shape + b"data" + struct.pack("<I", size) + data


@pytest.mark.parametrize("size", [0, 0xFFFF_FFFF, 0x7FFF_FFFF])
def test_a_header_written_before_the_size_was_known_is_no_fault(tmp_path, size):
    (tmp_path / "piped").write_bytes(wav(os.urandom(32_000), size=size))
    decoded = decode([Source(tmp_path / "piped")], tmp_path, LIMITS)
    assert decoded.duration_ms == 2000
    assert decoded.facts["seekable"] is False


@pytest.mark.parametrize("size", [2, 16_000])
def test_a_header_that_hides_sound_is_refused_with_the_way_to_mend_it(tmp_path, size):
    says = refusal(tmp_path, wav(os.urandom(16_000 * 90), size=size))
    assert f"announces 00:0{size // 16_000} of sound, and 01:29 more" in says
    assert "ffmpeg -ignore_length 1" in says


@pytest.mark.parametrize(
    "behind", [b"LIST" + struct.pack("<I", 8_000) + bytes(8_000), bytes(9_000), b"id3 " + struct.pack("<I", 3) + b"abc\0", b"x"]
)
def test_what_may_stand_behind_the_sound_is_no_fault(tmp_path, behind):
    (tmp_path / "noted").write_bytes(wav(os.urandom(32_000)) + behind)
    assert decode([Source(tmp_path / "noted")], tmp_path, LIMITS).duration_ms == 2000


def test_a_huge_claim_is_refused_before_anything_is_decoded(tmp_path):
    assert "lasts 23:18:00" in refusal(tmp_path, wav(b"\0" * 1000, size=8_000 * 2 * 83_880))


@pytest.mark.parametrize("seed", range(12))
def test_raw_sound_is_never_taken_for_something_else(tmp_path, seed):
    random = np.random.default_rng(seed)
    wide = (random.normal(0, 3000, 40_000) * np.sin(np.arange(40_000) / 300)).astype("<i2")
    content = wide.tobytes() if seed % 2 else (wide >> 8).astype(np.int8).tobytes()
    assert "ffmpeg -f s16le" in refusal(tmp_path, content)


PLAYLISTS = [
    "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n{secret}\n#EXT-X-ENDLIST\n",
    "ffconcat version 1.0\nfile '{secret}'\n",
    "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 9 RTP/AVP 0\na=rtpmap:0 PCMU/8000\n",
    '<?xml version="1.0"?><MPD type="static" profiles="urn:mpeg:dash:profile:isoff-main:2011"><Period><AdaptationSet mimeType="audio/mp4">'
    "<Representation id='1' bandwidth='1'><BaseURL>{secret}</BaseURL></Representation></AdaptationSet></Period></MPD>",
]


@pytest.mark.parametrize("text", PLAYLISTS)
def test_a_file_that_names_other_files_is_not_followed(tmp_path, text):
    secret = write(tmp_path / "secret.wav", [tone(5)], codec="pcm_s16le", container="wav")
    for name in ("given", "given.m3u8", "given.ffconcat", "given.sdp", "given.mpd"):
        (tmp_path / name).write_text(text.format(secret=secret.name if "concat" in text else secret))
        with pytest.raises(MediaRefused, match="cannot be read"):
            decode([Source(tmp_path / name)], tmp_path, LIMITS)


def test_the_formats_that_are_taken_are_known_to_ffmpeg():
    known = {name for names in av.formats_available for name in names.split(",")}
    assert set(DEMUXERS) <= known
    assert not set(DEMUXERS) & {"hls", "dash", "concat", "sdp", "rtsp", "rtp", "image2", "lavfi", "webm_dash_manifest"}


def test_more_than_two_tracks_are_refused_and_two_of_one_channel_are_two_sides(tmp_path):
    two = many_tracks(tmp_path / "two.mkv", 2)
    decoded = decode([Source(two)], tmp_path, LIMITS)
    assert (len(decoded.channels), decoded.roles, decoded.facts["channels"]) == (2, ("agent", "consumer"), 2)
    assert "3 sound tracks" in refusal(tmp_path, many_tracks(tmp_path / "three.mkv", 3).read_bytes())


def many_tracks(path, count: int):
    with av.open(str(path), "w", format="matroska") as out:
        streams = [out.add_stream("pcm_s16le", rate=16_000, layout="mono") for _ in range(count)]
        for number, stream in enumerate(streams):
            frame = av.AudioFrame.from_ndarray(
                (tone(1, hertz=200 + 100 * number)[None] * 32767).astype(np.int16), format="s16", layout="mono"
            )
            frame.sample_rate, frame.pts = 16_000, 0
            out.mux(stream.encode(frame))
    return path


def test_a_picture_without_sound_and_a_huge_picture_are_refused(tmp_path):
    with av.open(str(tmp_path / "mute.mp4"), "w", format="mp4") as out:
        stream = out.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        out.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), format="rgb24")))
        out.mux(stream.encode(None))
    assert "no sound" in refusal(tmp_path, (tmp_path / "mute.mp4").read_bytes())


def test_a_damaged_file_is_refused(tmp_path):
    noise = np.random.default_rng(1).normal(0, 0.1, 160_000).astype(np.float32)
    content = bytearray(write(tmp_path / "w", [noise], codec="flac", container="flac").read_bytes())
    content[2_000 : len(content) - 2_000] = os.urandom(len(content) - 4_000)
    assert "Deliver it again" in refusal(tmp_path, bytes(content))
