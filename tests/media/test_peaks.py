"""The waveform has the promised form, and quiet calls can be seen in it."""

from __future__ import annotations

import numpy as np

from backend.media.peaks import peaks
from tests.media.sounds import tone


def test_peaks_have_the_promised_form():
    loud, silent = (tone(2) * 32768).astype(np.int16), np.zeros(32_000, np.int16)
    data = peaks([loud, silent])
    assert (data[0], data[1:4], int.from_bytes(data[4:8], "little"), len(data)) == (2, b"\0\0\0", 100, 8 + 200)
    assert min(data[8:108]) > 200
    assert max(data[108:]) == 0
    assert len(peaks([np.zeros(0, np.int16)])) == 9


def test_a_long_call_has_four_thousand_points_a_channel():
    assert len(peaks([np.zeros(200 * 16_000, np.int16)] * 2)) == 8 + 2 * 4_000


def test_a_quiet_call_is_as_large_as_a_loud_one_and_a_soft_side_can_be_seen():
    loud = (tone(20, level=0.8) * 32767).astype(np.int16)
    quiet = (tone(20, level=0.02) * 32767).astype(np.int16)
    assert np.median(list(peaks([quiet])[8:])) == np.median(list(peaks([loud])[8:]))
    both = peaks([loud, quiet])
    assert 10 < np.median(list(both[8 + 1000 :])) < 60


def test_one_click_does_not_flatten_everything_else():
    sound = (tone(60, level=0.1) * 32767).astype(np.int16)
    sound[5_000] = -32768
    assert np.median(list(peaks([sound])[8:])) > 200


def test_peaks_at_the_edge_of_sixteen_bits():
    assert max(peaks([np.full(16_000, -32768, np.int16)])[8:]) == 255
