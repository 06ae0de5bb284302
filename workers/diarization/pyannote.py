"""
pyannote.audio, from a pipeline in a local folder: `models/diarization/config.yaml` and what it names.

Nothing is fetched and nothing is reported: `workers` says so to its packages before any is imported.
"""

from __future__ import annotations

import warnings
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from backend.infra.models import lock
from workers.asr.base import RATE, Interval, Share, Sound, Wave
from workers.diarization.base import by_first_word
from workers.unloadable import unloadable

_SPEAKERS = 2
"""A call has two sides; a transfer is an interaction of its own."""
_SLICE = 60 * RATE


def installed() -> bool:
    return find_spec("pyannote") is not None and find_spec("pyannote.audio") is not None


class PyannoteDiarizer:
    def __init__(self, folder: Path) -> None:
        self._folder = folder / "diarization"
        self._pipeline: Any = None

    @property
    def name(self) -> str:
        return f"pyannote.audio {version('pyannote.audio')}"

    def available(self) -> bool:
        return installed() and (self._folder / "config.yaml").exists()

    def diarize(self, sound: Sound, share: Share) -> dict[str, list[Interval]]:
        import torch

        pipeline = self._load()
        waveform = torch.from_numpy(_whole(sound)).unsqueeze(0)
        answer = pipeline({"waveform": waveform, "sample_rate": RATE}, num_speakers=_SPEAKERS)
        annotation = getattr(answer, "speaker_diarization", answer)
        found: dict[str, list[Interval]] = {}
        for segment, _, label in annotation.itertracks(yield_label=True):
            found.setdefault(str(label), []).append((round(segment.start * 1000), round(segment.end * 1000)))
        share(1.0)
        return by_first_word(found)

    def _load(self) -> Any:
        if self._pipeline is None:
            lock.require_unchanged(self._folder.parent, self._folder)
            with warnings.catch_warnings():
                # It warns that it cannot read files by itself; it is only ever handed waveforms.
                warnings.simplefilter("ignore")
                import torch
                from pyannote.audio import Pipeline
            try:
                self._pipeline = _placed(Pipeline.from_pretrained(str(self._folder)))
            except (MemoryError, torch.OutOfMemoryError):
                raise
            except Exception as error:
                raise unloadable("pyannote.audio", self._folder, error) from error
        return self._pipeline


def _placed(pipeline: Any) -> Any:
    """On a GPU where there is one: a pipeline is loaded for the processor."""
    import torch

    return pipeline.to(torch.device("cuda")) if torch.cuda.is_available() else pipeline


def _whole(sound: Sound) -> Wave:
    """All of it, and no more than once: filled slice by slice, an hour takes 230 MB."""
    found = np.empty(len(sound), np.float32)
    for start in range(0, len(sound), _SLICE):
        found[start : start + _SLICE] = sound[start : start + _SLICE]
    return found
