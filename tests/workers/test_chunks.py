"""Chunks cover all speech, overlap nowhere, and are short enough for a model."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from workers.asr.chunks import JOIN_MS, LONGEST_MS, cut, plan

spans = st.lists(st.tuples(st.integers(0, 600_000), st.integers(1, 90_000)), max_size=20)


@given(spans)
def test_every_millisecond_of_speech_is_in_exactly_one_chunk(rows):
    total = 700_000
    speech = [(start, min(total, start + length)) for start, length in rows]
    chunks = plan(speech, total)
    assert all(0 <= start < end <= total and end - start <= LONGEST_MS for start, end in chunks)
    assert all(before[1] <= after[0] for before, after in pairwise(chunks))
    for start, end in speech:
        covered = sum(max(0, min(end, stop) - max(start, begin)) for begin, stop in chunks)
        assert covered == end - start


def test_close_stretches_are_heard_together_and_distant_ones_apart():
    near, far = 2_000 + JOIN_MS - 1, 2_000 + JOIN_MS + 1
    assert len(plan([(1_000, 2_000), (near, 5_000)], 60_000)) == 1
    assert len(plan([(1_000, 2_000), (far, 5_000)], 60_000)) == 2


def test_a_chunk_is_cut_to_the_sample():
    sound = np.arange(16_000, dtype=np.float32)
    assert cut(sound, (250, 500))[0] == 4_000
    assert cut(sound, (250, 500)).size == 4_000
