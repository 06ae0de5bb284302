"""The waveform has the promised form, and quiet calls can be seen in it."""

from __future__ import annotations

import numpy as np

from backend.media.peaks import peaks
from tests.media.sounds import tone


def test_peaks_have_the_promised_form():
    loud, silent = (tone(2) * 32768).astype(np.int16), np.zeros(32_000, np.int16)
    data = peaks([loud, silent])
    assert (data[0], data[1:4], int.from_bytes(data[4:8], "little"), len(data)) == (2, b"\0\0\0", 40, 8 + 80)
    assert min(data[8:48]) > 200
    assert max(data[48:]) == 0
    assert len(peaks([np.zeros(0, np.int16)])) == 9
