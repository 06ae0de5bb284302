"""
The waveform of a recording as bytes that a page can draw at once.

Eight bytes of header (channels u8, three zeros, points u32 little endian), then for each channel so many peaks, 0…255. A quiet
call is drawn as large as a loud one, and soft speech stays visible: peaks are relative to the loudest ordinary moment and bent
by a root.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from backend.media.decoding import PCM, RATE, Channel

MOST_POINTS = 4_000
POINTS_PER_S = 50
_FLOOR = 300.0
_BEND = 0.7


def peaks(channels: Sequence[Channel]) -> bytes:
    """Channels of equal length, 16 kHz. An empty recording has one point of silence."""
    length = max((len(channel) for channel in channels), default=0)
    points = max(1, min(MOST_POINTS, length * POINTS_PER_S // RATE))
    found = np.stack([_maxima(channel, points) for channel in channels])
    reference = max(_FLOOR, float(np.percentile(found, 99.5)))
    scaled = 255 * np.minimum(1.0, found / reference) ** _BEND
    return struct.pack("<B3xI", len(channels), points) + np.round(scaled).astype(np.uint8).tobytes()


def _maxima(channel: Channel, points: int) -> NDArray[np.float64]:
    """The largest amplitude in each of `points` equal stretches; reads the channel once, a stretch at a time."""
    edges = np.linspace(0, len(channel), points + 1).astype(int)
    return np.array([_loudest(channel[start:end]) for start, end in pairwise(edges)], np.float64)


def _loudest(stretch: PCM) -> float:
    return float(max(abs(int(stretch.max())), abs(int(stretch.min())))) if len(stretch) else 0.0
