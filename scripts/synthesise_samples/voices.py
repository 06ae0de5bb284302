"""
The voices, and one sentence spoken by one of them.

Flite has three good voices, espeak-ng one a language with variants. More people come out of them by
resampling: `pitch` 1.1 raises voice and formants together by a tenth, as a smaller speaker has them, and the pace is made up for.
"""

from __future__ import annotations

import subprocess
import tempfile
import unicodedata
import wave
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

Samples = NDArray[np.float64]

_ESPEAK_WORDS_PER_MINUTE = 165
_EDGE_S = 0.02
_LOUDNESS = 0.2
"""Root mean square of speech while it is there, full scale 1."""


@dataclass(frozen=True, slots=True)
class Voice:
    """`pace` 1.1 speaks a tenth faster; `base` is flite's voice or espeak-ng's."""

    engine: Literal["flite", "espeak"]
    base: str
    pitch: float = 1.0
    pace: float = 1.0


VOICES: dict[str, Voice] = {
    "lena": Voice("flite", "slt", 1.0, 0.98),
    "tom": Voice("flite", "rms", 0.97, 1.03),
    "priya": Voice("flite", "slt", 1.1, 0.98),
    "jonas": Voice("flite", "awb", 1.0, 0.97),
    "lucia": Voice("flite", "slt", 1.05, 1.02),
    "low woman": Voice("flite", "slt", 0.89, 1.0),
    "young woman": Voice("flite", "slt", 1.17, 1.03),
    "scot": Voice("flite", "awb", 0.94, 1.02),
    "light scot": Voice("flite", "awb", 1.13, 1.1),
    "deep man": Voice("flite", "rms", 0.9, 1.05),
    "young man": Voice("flite", "rms", 1.11, 1.12),
    "plain man": Voice("flite", "rms", 1.04, 1.0),
    "gruff man": Voice("flite", "awb", 0.88, 0.98),
    "london man": Voice("espeak", "en-gb-x-rp+Andy", 1.0, 1.0),
    "hamburg man": Voice("espeak", "de+m3", 1.0, 1.0),
    "munich woman": Voice("espeak", "de+f2", 1.0, 1.02),
    "madrid woman": Voice("espeak", "es+f3", 1.0, 1.05),
    "lima man": Voice("espeak", "es-419+m2", 1.0, 1.0),
}

_SAY = {"Ortega": "or tay ga", "Lucía": "loo see ah", "Krämer": "kraymer", "Priya": "pree ya", "Nair": "nire", "Adeyemi": "ah day yemmy"}
_SAY |= {"Quillfone": "quill phone", "Osprelle": "oss prell", "Bramblehome": "bramble home", "Zephyrtel": "zeffer tell"}
_SAY |= {"Homestova": "home stover", "Farandole": "farran dole", "Mm-hm": "um hum", "Jonas": "yo nuss", "Orbicell": "orby cell"}


def speak(text: str, voice: Voice, rate: int) -> Samples:
    """One sentence, shape (samples,), without silence at its ends, at the common loudness."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "speech.wav"
        _run(text, voice, file)
        heard, heard_rate = _read(file)
    ratio = Fraction(rate / (heard_rate * voice.pitch)).limit_denominator(240)
    return _level(_trim(resample_poly(heard, ratio.numerator, ratio.denominator), rate))


def _run(text: str, voice: Voice, file: Path) -> None:
    pace = voice.pace / voice.pitch
    if voice.engine == "flite":
        command = ["flite", "-voice", voice.base, "--setf", f"duration_stretch={1 / pace:.4f}", "-t", _plain(text), "-o", str(file)]
    else:
        command = ["espeak-ng", "-v", voice.base, "-s", str(round(_ESPEAK_WORDS_PER_MINUTE * pace)), "-w", str(file), text]
    subprocess.run(command, check=True, capture_output=True)


def _plain(text: str) -> str:
    """Flite reads English letters only, and names as they are spelt."""
    for written, spoken in _SAY.items():
        text = text.replace(written, spoken)
    text = text.replace("…", "...").replace("’", "'").replace("–", ",")
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def _read(file: Path) -> tuple[Samples, int]:
    with wave.open(str(file)) as sound:
        raw = np.frombuffer(sound.readframes(sound.getnframes()), dtype="<i2")
        return raw / 32768.0, sound.getframerate()


def _trim(samples: Samples, rate: int) -> Samples:
    loud = np.flatnonzero(np.abs(samples) > 0.02 * np.abs(samples).max())
    edge = int(_EDGE_S * rate)
    return samples[max(0, loud[0] - edge) : loud[-1] + edge]


def _level(samples: Samples) -> Samples:
    speech = samples[np.abs(samples) > 0.05 * np.abs(samples).max()]
    return samples * (_LOUDNESS / np.sqrt(np.mean(speech**2)))
