"""The picture of a video call: two people drawn from shapes, each with a level meter, moving with their voices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scripts.synthesise_samples.encoding import Picture
from scripts.synthesise_samples.voices import Samples

WIDTH, HEIGHT, FPS = 640, 360, 10
_METER_BARS = 12
_ROWS, _COLUMNS = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)

Canvas = NDArray[np.float32]
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Tile:
    left: int
    wall: Colour
    shirt: Colour
    hair: Colour
    skin: Colour


_TILES = (
    _Tile(0, (226, 232, 240), (49, 87, 138), (52, 40, 36), (214, 168, 136)),
    _Tile(320, (238, 230, 216), (160, 82, 60), (120, 96, 66), (236, 196, 168)),
)


def pictures(channels: Samples, rate: int) -> Iterator[Picture]:
    """One RGB picture a tenth of a second, shape (360, 640, 3); `channels` has the agent left."""
    levels = _levels(channels, rate)
    still = _still()
    for number, level in enumerate(levels):
        canvas = still.copy()
        for tile, loud in zip(_TILES, level, strict=True):
            _mouth(canvas, tile, float(loud), number)
            _meter(canvas, tile, float(loud))
        _lights(canvas, number)
        yield canvas.astype(np.uint8)


def _levels(channels: Samples, rate: int) -> Samples:
    """Loudness 0…1 a picture and side, falling slower than it rises."""
    step = rate // FPS
    frames = channels[: len(channels) // step * step].reshape(-1, step, 2)
    loud = np.clip((20 * np.log10(np.sqrt(np.mean(frames**2, axis=1)) + 1e-6) + 48) / 32, 0, 1)
    for i in range(1, len(loud)):
        loud[i] = np.maximum(loud[i], loud[i - 1] - 0.22)
    return np.asarray(loud)


def _still() -> Canvas:
    canvas = np.zeros((HEIGHT, WIDTH, 3), dtype=np.float32)
    for tile in _TILES:
        x = tile.left + 160
        _box(canvas, tile.left, 0, 320, HEIGHT, tile.wall)
        _disc(canvas, x, 350, 96, 108, tile.shirt)
        _box(canvas, x - 18, 212, 36, 44, tile.skin)
        _disc(canvas, x, 144, 66, 74, tile.hair)
        _disc(canvas, x, 164, 54, 64, tile.skin)
        for eye in (-20, 20):
            _disc(canvas, x + eye, 154, 5, 6, (40, 36, 40))
    _box(canvas, 318, 0, 4, HEIGHT, (24, 30, 40))
    _box(canvas, 530, 262, 84, 34, (44, 50, 60))
    return canvas


def _mouth(canvas: Canvas, tile: _Tile, loud: float, number: int) -> None:
    open_by = 2 + 11 * loud * (0.6 + 0.4 * np.sin(number * 2.1))
    _disc(canvas, tile.left + 160, 198, 17, open_by, (150, 60, 66))


def _meter(canvas: Canvas, tile: _Tile, loud: float) -> None:
    for bar in range(_METER_BARS):
        lit = bar < round(loud * _METER_BARS)
        colour = (70, 176, 120) if bar < 9 else (222, 160, 60)
        _box(canvas, tile.left + 18 + bar * 11, 334, 8, 12, colour if lit else (176, 184, 194))


def _lights(canvas: Canvas, number: int) -> None:
    """The router that the consumer shows: power steady, the middle light blinking."""
    for light in range(4):
        on = light == 0 or (light == 2 and number // 5 % 2 == 0)
        _disc(canvas, 546 + light * 17, 279, 4, 4, (110, 220, 130) if on else (82, 90, 102))


def _box(canvas: Canvas, x: int, y: int, width: int, height: int, colour: Colour) -> None:
    canvas[y : y + height, x : x + width] = colour


def _disc(canvas: Canvas, x: float, y: float, across: float, down: float, colour: Colour) -> None:
    """An ellipse with soft edges, drawn only where it lies."""
    top, left = max(0, int(y - down) - 1), max(0, int(x - across) - 1)
    area = np.s_[top : int(y + down) + 2, left : int(x + across) + 2]
    reach = np.hypot((_COLUMNS[area] - x) / across, (_ROWS[area] - y) / down)
    cover = np.clip((1 - reach) * min(across, down) + 0.5, 0, 1)[..., None]
    canvas[area] = canvas[area] * (1 - cover) + np.array(colour, dtype=np.float32) * cover
