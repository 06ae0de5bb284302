"""From sentences at their places to what a telephone line carries: one channel a side."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.signal import butter, sosfiltfilt

from scripts.synthesise_samples.timing import Timeline
from scripts.synthesise_samples.voices import Samples

_NARROW = (300.0, 3400.0)
_WIDE = (80.0, 7000.0)
_SIDES = ("agent", "consumer")
_CHORDS = ((0, 4, 7, 12), (-3, 0, 4, 9), (5, 9, 12, 17), (-5, -1, 2, 7))
"""Semitones above the tune's key: C, A minor, F, G."""
_NOTE_S = 0.34
_MUSIC_LEVEL = 0.035


def mix(timeline: Timeline, rate: int, line: dict[str, Any], random: np.random.Generator) -> Samples:
    """Shape (samples, 2), agent left. `line`: `agent_db`, `consumer_db` (speech), `noise_db`, `music` (sides that hear the tune)."""
    length = timeline.duration_ms * rate // 1000
    channels = np.zeros((length, 2))
    for one in timeline.spoken:
        start = one.start_ms * rate // 1000
        piece = one.samples[: length - start]
        channels[start : start + len(piece), _SIDES.index(one.side)] += piece
    channels *= _gain([line.get("agent_db", 0), line.get("consumer_db", -2)])
    for number, hold in enumerate(timeline.holds):
        _play(channels, hold, rate, line.get("music", ["agent"]), number)
    return _through_line(channels, rate, float(line.get("noise_db", -60)), random)


def tune(duration_ms: int, rate: int, key_hz: float = 261.6) -> Samples:
    """A gentle broken-chord tune that fades in and out, shape (samples,), peak 1."""
    sound = np.zeros(duration_ms * rate // 1000)
    step = int(_NOTE_S * rate)
    for number, start in enumerate(range(0, len(sound), step)):
        chord = _CHORDS[number // 8 % len(_CHORDS)]
        note = chord[(0, 1, 2, 3, 2, 1, 3, 2)[number % 8]]
        _add(sound, _pluck(key_hz * 2 ** (note / 12), rate), start)
        if number % 8 == 0:
            _add(sound, 0.8 * _pluck(key_hz * 2 ** (chord[0] / 12 - 0), rate, 2.4), start)
    fade = min(rate, len(sound) // 4)
    sound[:fade] *= np.linspace(0, 1, fade)
    sound[-fade:] *= np.linspace(1, 0, fade)
    return sound / np.abs(sound).max()


def _pluck(hertz: float, rate: int, length_s: float = 1.1) -> Samples:
    t = np.arange(int(length_s * rate)) / rate
    tone = np.sin(2 * np.pi * hertz * t) + 0.35 * np.sin(4 * np.pi * hertz * t) + 0.12 * np.sin(6 * np.pi * hertz * t)
    return np.asarray(tone * np.exp(-3.2 * t / length_s) * np.minimum(1, t / 0.02))


def _add(sound: Samples, piece: Samples, start: int) -> None:
    piece = piece[: len(sound) - start]
    sound[start : start + len(piece)] += piece


def _play(channels: Samples, hold: tuple[int, int], rate: int, sides: list[str], number: int) -> None:
    start = hold[0] * rate // 1000
    music = tune(hold[1] - hold[0], rate, 261.6 * (1.0, 1.122, 0.944)[number % 3]) * _MUSIC_LEVEL * 2.4
    for side in sides:
        _add(channels[:, _SIDES.index(side)], music, start)


def _gain(decibels: list[float]) -> Samples:
    return np.asarray(10.0 ** (np.array(decibels) / 20))


def _through_line(channels: Samples, rate: int, noise_db: float, random: np.random.Generator) -> Samples:
    """Band, hiss and a trace of mains hum, the consumer's side noisier than the agent's; loud peaks are bent, not cut."""
    low, high = _NARROW if rate == 8000 else _WIDE
    hiss = random.normal(0, 1, channels.shape) * _gain([noise_db, noise_db + 5])
    hum = np.sin(2 * np.pi * 350 * np.arange(len(channels)) / rate)[:, None] * _gain([noise_db - 6, noise_db - 3])
    band = butter(4, (low, high), btype="bandpass", fs=rate, output="sos")
    return np.asarray(np.tanh(sosfiltfilt(band, channels + hiss + hum, axis=0) * 1.1))
