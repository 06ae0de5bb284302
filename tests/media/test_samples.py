"""A decoded channel on disk is sliced as an array in memory is, and reads no more than the slice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.media.activity import find_activity
from backend.media.decoding import samples
from workers.sound import as_sound

edges = st.none() | st.integers(-70, 70)


@pytest.fixture(scope="module")
def channel(tmp_path_factory):
    path = tmp_path_factory.mktemp("channel") / "channel.s16"
    np.arange(50, dtype="<i2").tofile(path)
    return path


@given(first=st.integers(0, 60), last=st.none() | st.integers(0, 60), start=edges, end=edges)
def test_a_stretch_is_sliced_like_an_array(channel, first, last, start, end):
    kept = np.arange(50)[first:last]
    stretch = samples(channel, first, last)
    assert len(stretch) == len(kept)
    assert stretch[start:end].tolist() == kept[start:end].tolist()


def test_an_empty_channel_is_empty(tmp_path):
    (tmp_path / "channel.s16").touch()
    assert len(samples(tmp_path / "channel.s16")) == 0
    assert find_activity([samples(tmp_path / "channel.s16")]) == [[]]


def test_speech_models_hear_numbers_from_minus_one_to_one(tmp_path):
    np.array([-32_768] * 32 + [16_384] * 32, "<i2").tofile(tmp_path / "channel.s16")
    sound = as_sound(tmp_path / "channel.s16", 1, 3)
    assert len(sound) == 32
    assert sound[:].dtype == np.float32
    assert sound[:][[0, 15, 16, 31]].tolist() == [-1, -1, 0.5, 0.5]
    assert sound[15:17].tolist() == [-1, 0.5]
