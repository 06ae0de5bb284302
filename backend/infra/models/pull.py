"""
Brings a model into the models folder: fetched beside, verified, then put in place.

What a first pull finds is written down (revision, size and SHA-256 of each file); from then on a pull takes exactly that, and refuses
anything else. Another revision comes only when it is asked for by name.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from backend.errors import ConfigurationError, InvalidInput
from backend.infra.models import links, lock
from backend.infra.models.catalogue import Model
from backend.infra.models.hub import Hub, HubFile
from backend.infra.models.lock import Locked, LockedFile
from backend.infra.models.origin import FromFolder, FromHub, Origin, Tell

_SPARE = 2**28
"""Bytes that stay free on the disk."""


@dataclass(frozen=True, slots=True)
class Wish:
    """`languages` None: those for which the catalogue recommends the model. `source`: a folder instead of a hub."""

    model: Model
    languages: tuple[str, ...] | None = None
    revision: str | None = None
    source: Path | None = None
    accepted: bool = False


def pull(folder: Path, hub: Hub, wish: Wish, tell: Tell) -> tuple[Locked, bool]:
    """
    The model as it lies there now, and whether anything was fetched. Raises InvalidInput for a language or revision that there is not,
    ConfigurationError where terms are not accepted, something is not what it should be, or the hub cannot be reached.
    """
    model = wish.model
    languages = _languages(wish)
    with lock.alone(folder):
        known = lock.read(folder)
        before = known.get(model.name)
        pinned = wish.revision or (before.revision if before else None) or model.revision
        if before and pinned == before.revision and lock.complete(folder, before) and not lock.faults(folder, before):
            found, fetched = before, False
        else:
            _require_published(model, wish.source)
            _require_terms(model, wish.accepted or before is not None, model.gated)
            origin: Origin = FromFolder(wish.source, model, pinned) if wish.source else FromHub(hub, model, pinned)
            _require_terms(model, wish.accepted or before is not None, origin.gated)
            renewed = wish.revision is not None and before is not None and origin.revision != before.revision
            found, fetched = _bring(folder, model, origin, None if renewed else before, tell), True
        found = replace(found, languages=tuple(sorted({*(before.languages if before else ()), *languages})))
        lock.write(folder, known | {model.name: found})
        links.make(folder, model.kind, found)
    return found, fetched


def _languages(wish: Wish) -> tuple[str, ...]:
    if wish.languages is None:
        return wish.model.languages or wish.model.also
    for language in wish.languages:
        if wish.model.kind not in ("diarization", "language") and language not in wish.model.covers:
            covered = ", ".join(wish.model.covers)
            raise InvalidInput(f"{wish.model.name} does not cover this language, but {covered}.", pointer="--language", value=language)
    return wish.languages


def _require_published(model: Model, source: Path | None) -> None:
    if model.page and source is None:
        raise ConfigurationError(
            f"No hub has {model.name}. Fetch {model.page} into a folder, then run: assay models pull {model.name} --from FOLDER"
        )


def _require_terms(model: Model, accepted: bool, gated: bool) -> None:
    if gated and not accepted:
        raise ConfigurationError(
            f"{model.name} is handed out to those alone who accept its terms ({model.terms}; they stand on its page, {model.source})."
            " Accept them there, set HF_TOKEN, and say so here with --accept-licence."
        )


def _bring(folder: Path, model: Model, origin: Origin, before: Locked | None, tell: Tell) -> Locked:
    wanted = origin.files
    if not any(Path(each.path).suffix in (".nemo", ".bin", ".safetensors", ".npz") for each in wanted):
        raise ConfigurationError(f"No model of {model.name} is there (looked for {', '.join((*model.files, *model.weights))}).")
    if before:
        wanted = _held(before, origin)
    _require_room(folder, wanted)
    beside = folder / "hub" / ".partial" / model.name
    files = [_one(folder, beside, model, origin, each, tell) for each in wanted]
    home = lock.home(folder, model.name)
    for each in files:
        fresh = beside / (origin.revision or "folder") / each.path
        if fresh.exists():
            (home / each.path).parent.mkdir(parents=True, exist_ok=True)
            fresh.replace(home / each.path)
    _clear(home, {each.path for each in files})
    shutil.rmtree(beside, ignore_errors=True)
    return Locked(model.name, model.source, origin.revision, origin.licence, (), tuple(files))


def _held(before: Locked, origin: Origin) -> tuple[HubFile, ...]:
    """The files of the lock, all of which the origin must have, as they were."""
    offered = {each.path: each for each in origin.files}
    for each in before.files:
        other = offered.get(each.path)
        if other is None or other.sha256 not in (None, each.sha256):
            raise ConfigurationError(
                f"{before.name}: {each.path} is not the file that was pulled before (revision {before.revision}). Nothing was changed."
                " Where that is meant, name the new revision with --revision."
            )
    return tuple(HubFile(each.path, each.size, each.sha256, None) for each in before.files)


def _require_room(folder: Path, wanted: Iterable[HubFile]) -> None:
    needed, free = sum(each.size or 0 for each in wanted), shutil.disk_usage(folder).free
    if needed + _SPARE > free:
        raise ConfigurationError(
            f"{needed / 1e9:.1f} GB are to come, {free / 1e9:.1f} GB are free in {folder}. Free some, or set ASSAY_MODELS."
        )


def _one(folder: Path, beside: Path, model: Model, origin: Origin, wanted: HubFile, tell: Tell) -> LockedFile:
    """The verified file, in place already or fetched beside."""
    there = lock.home(folder, model.name) / wanted.path
    if wanted.sha256 and there.is_file() and there.stat().st_size == wanted.size and lock.sha256(there) == wanted.sha256:
        return LockedFile(wanted.path, there.stat().st_size, wanted.sha256)
    target = beside / (origin.revision or "folder") / wanted.path
    target.parent.mkdir(parents=True, exist_ok=True)
    origin.fetch(wanted, target, tell)
    size, digest = target.stat().st_size, lock.sha256(target)
    wrong = (wanted.size is not None and size != wanted.size) or (wanted.sha256 is not None and digest != wanted.sha256)
    if wrong or (wanted.sha256 is None and wanted.blob is not None and _blob(target) != wanted.blob):
        target.unlink()
        raise ConfigurationError(
            f"{model.name}: {wanted.path} is not the file that it should be (SHA-256 {digest[:12]}…, expected"
            f" {(wanted.sha256 or wanted.blob or 'another size')[:12]}…). It was thrown away, and nothing was changed."
        )
    return LockedFile(wanted.path, size, digest)


def _blob(path: Path) -> str:
    """The git blob id of a file, which hubs give for small ones."""
    digest = hashlib.sha1(f"blob {path.stat().st_size}\0".encode(), usedforsecurity=False)
    digest.update(path.read_bytes())
    return digest.hexdigest()


def _clear(home: Path, kept: set[str]) -> None:
    """Removes what an older revision left."""
    for path in sorted(home.rglob("*"), reverse=True):
        if path.is_file() and path.relative_to(home).as_posix() not in kept:
            path.unlink()
