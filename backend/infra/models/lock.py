"""
`models.lock.json` in the models folder: of each model that was brought, the revision and the size and SHA-256 of every file.

A model's files lie in `hub/<name>/`; links lead to them from where the engines look: `asr/<language>/<file>`, `language/<file>`,
`diarization`, `translation/<language>`, and `sentiment`, `topics` or `summary/<name>`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path

from backend.errors import ConfigurationError

NAME = "models.lock.json"
_PIECE = 2**20


@dataclass(frozen=True, slots=True)
class LockedFile:
    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Locked:
    """A model as it was brought. `revision` is None where it came from a folder that does not say."""

    name: str
    source: str
    revision: str | None
    licence: str
    languages: tuple[str, ...]
    files: tuple[LockedFile, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """A file that is not as the lock says: `missing`, `size` or `changed`."""

    path: str
    fault: str


def read(folder: Path) -> dict[str, Locked]:
    """By name; empty where nothing has been brought yet. Raises ConfigurationError where the file is damaged."""
    try:
        entries = json.loads((folder / NAME).read_text())["models"]
        return {entry["name"]: _locked(entry) for entry in entries}
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(f"{folder / NAME} is damaged. Put it back, or remove it and pull the models again.") from error


def _locked(entry: dict[str, object]) -> Locked:
    made = Locked(**entry)  # type: ignore[arg-type]
    files = tuple(LockedFile(**each) for each in entry["files"])  # type: ignore[attr-defined]
    return replace(made, languages=tuple(made.languages), files=files)


def write(folder: Path, models: Mapping[str, Locked]) -> None:
    """Replaces the file in one step."""
    document = {"models": [asdict(models[name]) for name in sorted(models)]}
    fresh = folder / f"{NAME}.new"
    fresh.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
    fresh.replace(folder / NAME)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One process at a time changes the models folder; another one is told so."""
    import fcntl

    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ConfigurationError(f"Another process is changing {folder}. Wait until it has finished.") from error
        yield


def home(folder: Path, name: str) -> Path:
    """Where a model's files lie."""
    return folder / "hub" / name


def complete(folder: Path, locked: Locked) -> bool:
    """Whether every file is there in its size, without reading them."""
    places = [(home(folder, locked.name) / each.path, each.size) for each in locked.files]
    return all(path.is_file() and path.stat().st_size == size for path, size in places)


def faults(folder: Path, locked: Locked) -> list[Fault]:
    """Reads every file and compares it with the lock."""
    found = []
    for each in locked.files:
        path = home(folder, locked.name) / each.path
        if not path.is_file():
            found.append(Fault(each.path, "missing"))
        elif path.stat().st_size != each.size:
            found.append(Fault(each.path, "size"))
        elif sha256(path) != each.sha256:
            found.append(Fault(each.path, "changed"))
    return found


def require_unchanged(folder: Path, path: Path) -> None:
    """
    Refuses a model that was pulled and is not what was pulled any more, before a byte of it is run: a model file is a program. What the
    operator put there by hand is taken on their word. `path` is a file or folder as the engine knows it.
    """
    real = path.resolve()
    for name, locked in read(folder).items():
        place = home(folder, name).resolve()
        if real == place or place in real.parents:
            _check(folder, locked)


def _check(folder: Path, locked: Locked) -> None:
    places = [home(folder, locked.name) / each.path for each in locked.files]
    stamps = tuple((path.stat().st_mtime_ns, path.stat().st_size) if path.exists() else (0, 0) for path in places)
    bad = _checked(folder, locked, stamps)
    if bad:
        raise ConfigurationError(
            f"The model {locked.name} is not what was pulled ({bad[0].path}: {bad[0].fault}). It is not loaded. Run: assay models pull"
            f" {locked.name}"
        )


@lru_cache(maxsize=32)
def _checked(folder: Path, locked: Locked, stamps: tuple[tuple[int, int], ...]) -> tuple[Fault, ...]:
    """Once a process for files that stay as they are."""
    return tuple(faults(folder, locked))


Stamp = tuple[Path, int, int]


def stamp(path: Path) -> Stamp:
    """Which file it is and whether it is still the same, without reading it: links followed, since one may serve many languages."""
    real = path.resolve()
    about = real.stat()
    return real, about.st_mtime_ns, about.st_size


def sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()
