"""What browsers cannot play gets a form that they can."""

from __future__ import annotations

import pytest

from backend.media.decoding import Limits, Source, decode
from backend.media.renditions import playable, render
from tests.media.sounds import tone, write

LIMITS = Limits(1 << 32, 12 * 3_600_000)


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
