"""Links from where the engines look for models to where pulled ones lie. Relative, so that the models folder can be moved and copied."""

from __future__ import annotations

import os
from pathlib import Path

from backend.errors import ConfigurationError
from backend.infra.models.catalogue import OWN, Kind
from backend.infra.models.lock import Locked, home


def make(folder: Path, kind: Kind, locked: Locked) -> None:
    """Raises ConfigurationError where something that was put by hand is in the way."""
    base = home(folder, locked.name)
    if kind == "diarization":
        _link(folder / "diarization", base)
        return
    if kind == "language":
        for each in locked.files:
            _link(folder / "language" / Path(each.path).name, base / each.path)
        return
    if kind in OWN:
        _link(folder / kind / locked.name, base)
        return
    for language in locked.languages:
        if kind == "translation":
            _link(folder / "translation" / language, base)
        else:
            for each in locked.files:
                _link(folder / "asr" / language / Path(each.path).name, base / each.path)


def _link(place: Path, target: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_symlink():
        place.unlink()
    elif place.exists():
        raise ConfigurationError(f"{place} is there already and was not pulled. Move it away, then run this again.")
    place.symlink_to(os.path.relpath(target, place.parent))
