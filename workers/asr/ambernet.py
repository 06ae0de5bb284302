"""
Spoken-language identification by a NeMo label model (AmberNet and its kind): `models/language/<name>.nemo`, its labels being languages.

Read as it was saved, from the disk alone; a model that was pulled is held to its lock before it is loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from backend.analysis.tokens import base_language
from backend.errors import ConfigurationError
from backend.infra.installation import language_model
from backend.infra.models import lock
from workers.asr.base import Sound
from workers.asr.nemo import installed
from workers.unloadable import unloadable

_SCALE = 30.0
"""Of the angular softmax that such models are trained with, where the model does not say it."""
_RENAMED = {"iw": "he", "jw": "jv", "in": "id", "nn": "no", "nb": "no", "cmn": "zh"}
"""Older names of languages, as in VoxLingua107."""


class NemoLanguageDetector:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loaded: tuple[lock.Stamp, Any, tuple[str, ...]] | None = None

    @property
    def name(self) -> str:
        path = language_model(self._folder)
        return f"{path.stem if path else 'none'} (NeMo {version('nemo-toolkit')})"

    def available(self) -> bool:
        return installed() and language_model(self._folder) is not None

    def detect(self, sound: Sound) -> Mapping[str, float]:
        import torch

        model, labels = self._model()
        _, logits = model.infer_segment(sound)
        chances = torch.softmax(_scale(model) * logits[0].float(), dim=-1).tolist()
        found: dict[str, float] = {}
        for label, chance in zip(labels, chances, strict=True):
            found[label] = found.get(label, 0.0) + chance
        return found

    def _model(self) -> tuple[Any, tuple[str, ...]]:
        """Raises ConfigurationError for a model that is not what was pulled, or that does not say its labels."""
        path = language_model(self._folder)
        if path is None:
            raise ConfigurationError("No model that tells languages is installed.")
        stamp = lock.stamp(path)
        if self._loaded is None or self._loaded[0] != stamp:
            self._loaded = None
            lock.require_unchanged(self._folder, path)
            model = _restore(path.resolve())
            self._loaded = (stamp, model, _labels(model, path))
        return self._loaded[1:]


def _restore(path: Path) -> Any:
    import torch
    from nemo.collections.asr.models import EncDecSpeakerLabelModel

    device = "cuda" if torch.cuda.is_available() else "cpu"
    try:
        return EncDecSpeakerLabelModel.restore_from(str(path), map_location=device).eval()
    except (MemoryError, torch.OutOfMemoryError):
        raise
    except Exception as error:
        raise unloadable("NeMo", path, error) from error


def _labels(model: Any, path: Path) -> tuple[str, ...]:
    kept = (model.cfg.get("train_ds") or {}).get("labels") or model.cfg.get("labels")
    if not kept:
        raise ConfigurationError(f"{path.name} does not say which languages its labels are (train_ds.labels). Use another model.")
    return tuple(_RENAMED.get(base_language(str(label)), base_language(str(label))) for label in kept)


def _scale(model: Any) -> float:
    """What a logit is multiplied by: cosines of an angular decoder are close together."""
    angular = (model.cfg.get("decoder") or {}).get("angular", False)
    return float((model.cfg.get("loss") or {}).get("scale") or _SCALE) if angular else 1.0
