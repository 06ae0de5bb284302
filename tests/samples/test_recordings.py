"""The recordings sound as their transcripts say."""

from __future__ import annotations

import json

import av
import numpy as np
import pytest

from scripts.synthesise_samples import manifest
from scripts.synthesise_samples.manifest import SAMPLES

CALLS = manifest.load()["calls"]
RATE = 8000
FRAME_MS = 20


def heard(path):
    """Shape (channels, samples) at 8 kHz."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        resampler = av.AudioResampler("fltp", stream.layout, RATE)
        frames = [part for frame in container.decode(stream) for part in resampler.resample(frame)]
        return np.concatenate([frame.to_ndarray() for frame in [*frames, *resampler.resample(None)]], axis=1)


def loudness(channel):
    """Root mean square of each frame."""
    step = RATE * FRAME_MS // 1000
    return np.sqrt(np.mean(channel[: len(channel) // step * step].reshape(-1, step) ** 2, axis=1))


def spoken(call, sides, frames):
    """Frames in which one of `sides` speaks, and those in which a hold runs, as masks."""
    truth = json.loads((SAMPLES / "truth" / f"{call['name']}.json").read_text())
    speech, hold = np.zeros(frames, bool), np.zeros(frames, bool)
    for segment in truth["segments"]:
        if segment["speaker"] in sides:
            speech[segment["start_ms"] // FRAME_MS : segment["end_ms"] // FRAME_MS + 1] = True
    for one in call["holds"]:
        hold[one["start_ms"] // FRAME_MS : one["end_ms"] // FRAME_MS + 1] = True
    return speech, hold


@pytest.mark.parametrize("call", CALLS, ids=[call["name"] for call in CALLS])
def test_each_channel_is_loud_where_its_side_speaks(call):
    sound = heard(SAMPLES / call["recording"])
    assert sound.shape[0] == call["channels"]
    assert sound.shape[1] * 1000 / RATE == pytest.approx(call["duration_ms"], abs=60)
    sides = [["agent"], ["consumer"]] if call["channels"] == 2 else [["agent", "consumer"]]
    for channel, who in zip(sound, sides, strict=True):
        level = loudness(channel)
        threshold = 3 * max(0.0006, np.percentile(level, 5))
        speech, hold = spoken(call, who, len(level))
        around = np.array([level[max(0, i - 4) : i + 5].max() for i in range(len(level))])
        assert (around[speech] > threshold).mean() > 0.95
        assert (level[~speech & ~hold] > threshold).mean() < 0.05
        assert np.abs(channel).max() < 1.0


def test_music_plays_in_every_hold():
    for call in CALLS:
        if call["holds"]:
            sound = np.abs(heard(SAMPLES / call["recording"])).max(axis=0)
            for hold in call["holds"]:
                assert sound[(hold["start_ms"] + 2_000) * 8 : (hold["end_ms"] - 2_000) * 8].max() > 0.02, call["name"]


def test_the_video_call_has_a_moving_picture_that_browsers_play():
    (call,) = [one for one in CALLS if one["channel"] == "video"]
    with av.open(str(SAMPLES / call["recording"])) as container:
        video = container.streams.video[0]
        assert (video.codec_context.name, video.width, video.height) == ("vp9", 640, 360)
        pictures = [frame.to_ndarray(format="gray") for _, frame in zip(range(60), container.decode(video), strict=False)]
    assert len(pictures) == 60
    assert (pictures[0] != pictures[59]).any()
