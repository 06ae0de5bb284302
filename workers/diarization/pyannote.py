"""
pyannote.audio, from a pipeline in a local folder: `models/diarization/config.yaml` and what it names.

Nothing is fetched and nothing is reported: `workers` says so to its packages before any is imported.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from importlib.metadata import version
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from backend.infra.models import lock
from workers.asr.base import RATE, Interval, Share, Sound, Wave
from workers.diarization.base import by_first_word
from workers.diarization.voices import Voice, Voices
from workers.unloadable import unloadable

_SPEAKERS = 2
"""A call has two sides; a transfer is an interaction of its own."""
_SLICE = 60 * RATE
_AT_ONCE = 30 * 60 * RATE
_A_MS = RATE // 1000


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
        pipeline = self._load()
        found: dict[str, list[Interval]] = {}
        voices = Voices(_SPEAKERS)
        for start, end in _stretches(len(sound)):
            spoken, heard = _heard(pipeline, _filled(sound, start, end), start * 1000 // RATE)
            for label, number in voices.known(heard).items():
                found.setdefault(str(number), []).extend(spoken[label])
            share(end / len(sound))
        share(1.0)
        return by_first_word({name: _joined(spans) for name, spans in found.items()})

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


def _stretches(size: int) -> list[tuple[int, int]]:
    """Equal parts of at most half an hour, in samples that are whole milliseconds: what clustering takes grows with the square of it."""
    count = -(-size // _AT_ONCE)
    edges = [size * index // count // _A_MS * _A_MS for index in range(count)] + [size]
    return list(pairwise(edges))


def _heard(pipeline: Any, sound: Wave, start_ms: int) -> tuple[dict[str, list[Interval]], dict[str, tuple[Voice, int]]]:
    """By the pipeline's label of a speaker when they speak, and their voice with the length of their speech."""
    import torch

    answer = pipeline({"waveform": torch.from_numpy(sound).unsqueeze(0), "sample_rate": RATE}, num_speakers=_SPEAKERS)
    annotation = getattr(answer, "speaker_diarization", answer)
    spoken: dict[str, list[Interval]] = {}
    for segment, _, label in annotation.itertracks(yield_label=True):
        spoken.setdefault(str(label), []).append((start_ms + round(segment.start * 1000), start_ms + round(segment.end * 1000)))
    embeddings = getattr(answer, "speaker_embeddings", None)
    rows = dict(zip(map(str, annotation.labels()), embeddings, strict=False)) if embeddings is not None else {}
    unknown = np.zeros(next(iter(rows.values())).shape if rows else 1)
    most = sorted(spoken, key=lambda label: -_length(spoken[label]))[:_SPEAKERS]
    return spoken, {label: (rows.get(label, unknown), _length(spoken[label])) for label in sorted(most)}


def _length(spans: Sequence[Interval]) -> int:
    return sum(end - start for start, end in spans)


def _joined(spans: Sequence[Interval]) -> list[Interval]:
    """A word that was cut between two stretches is whole again."""
    joined: list[Interval] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _filled(sound: Sound, start: int, end: int) -> Wave:
    """A stretch in memory once: filled slice by slice, half an hour takes 115 MB."""
    found = np.empty(end - start, np.float32)
    for place in range(start, end, _SLICE):
        found[place - start : place - start + _SLICE] = sound[place : min(end, place + _SLICE)]
    return found
