"""
Diarisation error rate: (missed speech + false alarm + speaker confusion) ÷ speech of the reference, speakers mapped in the best way,
over all files together (NIST md-eval's definition; computed by pyannote.metrics).
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class SpeakerErrors:
    """Seconds."""

    speech: float
    missed: float
    false_alarm: float
    confusion: float

    @property
    def rate(self) -> float:
        return (self.missed + self.false_alarm + self.confusion) / self.speech if self.speech else 0.0


def turns(path: Path) -> dict[str, Any]:
    """File → speaker turns of an RTTM. Raises ValueError with the line that is none."""
    from pyannote.core import Annotation, Segment

    found: dict[str, Any] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        parts = line.split()
        if not parts or parts[0] != "SPEAKER":
            continue
        try:
            start, length = float(parts[3]), float(parts[4])
            file, speaker = parts[1], parts[7]
        except (IndexError, ValueError) as error:
            raise ValueError(f"{path}, line {number}: no SPEAKER line of an RTTM: {line[:80]}") from error
        if length > 0:
            found.setdefault(file, Annotation(uri=file))[Segment(start, start + length), number] = speaker
    return found


def regions(path: Path) -> dict[str, Any]:
    """File → what is scored, from a UEM."""
    from pyannote.core import Segment, Timeline

    found: dict[str, Any] = {}
    for line in path.read_text("utf-8").splitlines():
        parts = line.split(";")[0].split()
        if len(parts) == 4:
            found.setdefault(parts[0], Timeline(uri=parts[0])).add(Segment(float(parts[2]), float(parts[3])))
    return found


def speaker_errors(
    reference: Mapping[str, Any], system: Mapping[str, Any], scored: Mapping[str, Any] | None = None, *, collar_s: float = 0.0
) -> SpeakerErrors:
    """Over all files of the reference. `collar_s` seconds around each boundary are not scored (0: everything is)."""
    from pyannote.core import Annotation
    from pyannote.metrics.diarization import DiarizationErrorRate

    metric = DiarizationErrorRate(collar=collar_s)
    with warnings.catch_warnings():
        # Without a UEM everything between the first and the last turn is scored, which is what is wanted.
        warnings.simplefilter("ignore")
        for file, wanted in reference.items():
            metric(wanted, system.get(file, Annotation(uri=file)), uem=(scored or {}).get(file))
    parts = metric.accumulated_
    return SpeakerErrors(*(float(parts[name]) for name in ("total", "missed detection", "false alarm", "confusion")))


def one_speaker(reference: Mapping[str, Any]) -> dict[str, Any]:
    """The baseline that knows when there is speech, and takes it all for one person's."""
    from pyannote.core import Annotation

    found = {}
    for file, wanted in reference.items():
        single = Annotation(uri=file)
        for segment in wanted.get_timeline().support():
            single[segment] = "one"
        found[file] = single
    return found


def row(name: str, errors: SpeakerErrors) -> str:
    return (
        f"{name:34} DER {errors.rate:7.2%}  (missed {errors.missed:.3f} s, false alarm {errors.false_alarm:.3f} s, "
        f"confusion {errors.confusion:.3f} s of {errors.speech:.3f} s)"
    )
