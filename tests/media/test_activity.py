"""Speech is told from silence and tones, channel by channel."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from backend.media.activity import _spans, _without_bleed, detector, find_activity
from backend.media.decoding import Limits, Source, decode, samples
from tests.media.sounds import tone

SHARED = Path(__file__).parents[3] / "shared" / "data" / "aws-lca"


def test_silence_and_tones_are_no_speech():
    silent, ringing = np.zeros(48_000, np.int16), (tone(3, hertz=440) * 32768).astype(np.int16)
    assert find_activity([silent, ringing]) == [[], []]
    assert find_activity([]) == []
    assert find_activity([np.zeros(0, np.int16)]) == [[]]
    assert detector().startswith("silero-vad 6")


def test_frames_become_intervals():
    chances = np.array([0] * 10 + [0.9] * 10 + [0.1] * 3 + [0.9] * 10 + [0] * 30 + [0.9] * 2 + [0] * 10, np.float32)
    assert _spans(chances, 10_000) == [(320 - 32, 33 * 32 + 32)]


def test_what_the_other_side_is_heard_saying_is_taken_out():
    mine, other = np.full(100, -60.0, np.float32), np.full(100, -20.0, np.float32)
    assert _without_bleed([(0, 1000)], mine, other) == []
    assert _without_bleed([(0, 1000)], other, mine) == [(0, 1000)]


def test_a_real_call(tmp_path):
    files = [SHARED / "Auto_Repairs_40_agent.wav", SHARED / "Auto_Repairs_40_caller.wav"]
    if not files[0].exists():
        pytest.skip("the acted call is not beside the project")
    decoded = decode([Source(files[0], ("agent",)), Source(files[1], ("consumer",))], tmp_path, Limits(1 << 30, 10**9))
    agent, consumer = find_activity([samples(path) for path in decoded.channels])
    assert 80_000 < sum(end - start for start, end in agent) < 110_000
    assert 80_000 < sum(end - start for start, end in consumer) < 115_000
