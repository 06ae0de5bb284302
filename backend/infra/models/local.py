"""
Models of the operator's own, found by where they lie: `<kind>/<name>/` in the models folder, with the files that transformers loads.

A file `assay.json` beside them may say what the model's own files do not: for which languages it is, how its labels are to be read, what
to put before each text. Of several models of a kind that cover a language, the last by name is taken, as for speech.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from backend.errors import ConfigurationError
from backend.infra.models import lock

ABOUT = "assay.json"
KINDS = ("sentiment", "topics", "summary")
_KNOWN = {"languages": list, "labels": dict, "thresholds": dict, "prefix": str}


@dataclass(frozen=True, slots=True)
class LocalModel:
    """`home` is where the files lie. `about` is what assay.json says; `languages` are primary subtags."""

    kind: str
    name: str
    home: Path
    languages: tuple[str, ...]
    about: Mapping[str, Any]


def local_models(folder: Path, kind: str) -> list[LocalModel]:
    """Every model of a kind, by name. Raises ConfigurationError where an assay.json is not what it should be."""
    found = sorted(path.parent for path in (folder / kind).glob("*/config.json"))
    pulled = lock.read(folder) if found else {}
    return [_model(folder, kind, place, pulled) for place in found]


def for_language(folder: Path, kind: str, language: str) -> LocalModel | None:
    """The model that serves a language (a primary subtag)."""
    covering = [each for each in local_models(folder, kind) if language in each.languages]
    return covering[-1] if covering else None


def translated(folder: Path) -> frozenset[str]:
    """The languages with a model of `translation/<language>/`, which translates them into English."""
    return frozenset(path.parent.name for path in (folder / "translation").glob("*/config.json"))


def _model(folder: Path, kind: str, place: Path, pulled: Mapping[str, lock.Locked]) -> LocalModel:
    about = _about(place / ABOUT)
    home = place.resolve()
    locked = pulled.get(home.name) if home.parent == (folder / "hub").resolve() else None
    languages = about.get("languages") or (locked.languages if locked else ()) or ("en",)
    return LocalModel(kind, place.name, home, tuple(each.lower() for each in languages), about)


def _about(path: Path) -> Mapping[str, Any]:
    try:
        told = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{path} cannot be read as JSON: {error}.") from error
    if not isinstance(told, dict):
        raise ConfigurationError(f"{path} must be a JSON object with some of {', '.join(_KNOWN)}.")
    for name, value in told.items():
        if name not in _KNOWN or not isinstance(value, _KNOWN[name]):
            raise ConfigurationError(f"{path}: {name!r} is not known here, or of the wrong kind. It may hold {', '.join(_KNOWN)}.")
    if not all(isinstance(each, str) and each for each in told.get("languages", ())):
        raise ConfigurationError(f'{path}: languages must be subtags in a list, e.g. ["en", "de"].')
    return told


def version_of(folder: Path, home: Path) -> str:
    """The revision that was pulled; else what the files are, so that another file is another version."""
    pulled = lock.read(folder).get(home.name) if home.parent == (folder / "hub").resolve() else None
    if pulled and pulled.revision:
        return pulled.revision[:12]
    files = sorted(path for path in home.rglob("*") if path.is_file())
    return _fingerprint(tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files))


@lru_cache(maxsize=32)
def _fingerprint(stamps: tuple[tuple[str, int, int], ...]) -> str:
    """Read once a process for files that stay as they are."""
    digest = hashlib.sha256()
    for path, _, _ in stamps:
        digest.update(f"{Path(path).name} {lock.sha256(Path(path))}\n".encode())
    return f"sha256:{digest.hexdigest()[:12]}"
