"""What `assay models` does."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend.analysis.tokens import base_language
from backend.config import Config
from backend.errors import InvalidInput
from backend.infra.models import lock
from backend.infra.models.catalogue import Model, catalogue, find, is_beta, recommended
from backend.infra.models.hub import Hub
from backend.infra.models.lock import Locked
from backend.infra.models.pull import Wish
from backend.infra.models.pull import pull as bring

FAILED = 1


@dataclass(frozen=True, slots=True)
class Order:
    """What `pull` was asked for."""

    names: tuple[str, ...]
    languages: tuple[str, ...]
    revision: str | None
    source: Path | None
    accepted: bool


def show(config: Config, language: str | None, *, as_json: bool) -> None:
    """Raises InvalidInput for a language that no model covers."""
    folder = config.models_folder
    known = lock.read(folder)
    chosen = [each for each in catalogue() if language is None or base_language(language) in each.covers]
    if not chosen:
        raise InvalidInput("No model of the catalogue covers this language.", pointer="--language", value=language)
    rows = [_row(config, each, known.get(each.name)) for each in chosen]
    if as_json:
        _print(json.dumps({"folder": str(folder.resolve()), "models": rows}, ensure_ascii=False))
    else:
        _print("\n".join(map(_lines, rows)) + "\n* beta: its quality has not been measured")
        if doubtful := [row["name"] for row in rows if not row["licence_verified"]]:
            _print(f"! licence not verified: {', '.join(doubtful)}. Nobody of this project has read it: read it before you use the model.")


def _verified(model: Model, locked: Locked | None) -> bool:
    """Whether the licence was read on the model's page, or told by the hub with the files."""
    return bool(model.licence_seen) or (locked is not None and locked.licence != model.terms)


def _row(config: Config, model: Model, locked: Locked | None) -> dict[str, Any]:
    folder = config.models_folder
    state = "absent" if locked is None else "here" if lock.complete(folder, locked) else "incomplete"
    return {
        "name": model.name, "kind": model.kind, "source": model.source, "licence": locked.licence if locked else model.terms,
        "licence_seen": model.licence_seen, "licence_verified": _verified(model, locked),
        "licence_at": model.terms_at(config.model_hub_url), "gated": model.gated, "state": state,
        "revision": locked.revision if locked else model.revision, "note": model.note,
        "languages": [{"language": each, "beta": is_beta(each), "recommended": each in model.languages} for each in model.covers],
        "used_for": list(locked.languages) if locked else [],
    }  # fmt: skip


def _lines(row: dict[str, Any]) -> str:
    names = [each["language"] + "*" * each["beta"] for each in row["languages"]]
    terms = f"{row['licence']}{', terms to be accepted' if row['gated'] else ''}"
    at = f" at {row['revision'][:12]}" if row["revision"] else ""
    first = f"{row['state']:10} {row['name']} ({row['kind']}; {terms}){at}"
    doubt = () if row["licence_verified"] else (f"! Its licence was not verified. It is published with the model: {row['licence_at']}",)
    return f"\n{'':11}".join((first, " ".join(names) or "any language", row["note"], *doubt))


def pull(config: Config, order: Order, *, as_json: bool) -> None:
    """Fetches one model after the other. Raises what `backend.infra.models.pull` raises."""
    hub = Hub(config.model_hub_url, config.hf_token.get_secret_value())
    wishes = _wishes(order)
    done = []
    for wish in wishes:
        if not as_json:
            _say(f"{wish.model.name}: {wish.model.source}, licence {wish.model.terms}")
        if not wish.model.licence_seen:
            _say(_doubt(wish.model, config))
        locked, fetched = bring(config.models_folder, hub, wish, _quiet if as_json else _Telling())
        done.append(_outcome(locked, fetched) | {"licence_verified": _verified(wish.model, locked)})
        if not as_json:
            _print(_sentence(done[-1]))
    if as_json:
        _print(json.dumps({"models": done}, ensure_ascii=False))


def _doubt(model: Model, config: Config) -> str:
    return (
        f"! The licence of {model.name} was not verified: nobody of this project has read it. Read it before you use the model, which is"
        f" published at {model.terms_at(config.model_hub_url)}"
    )


def _wishes(order: Order) -> list[Wish]:
    if not order.names and not order.languages:
        raise InvalidInput("Say which model, or --language. `assay models list` shows them all.", pointer="MODEL")
    if order.names:
        models = [find(name) for name in order.names]
        if order.revision and len(models) > 1:
            raise InvalidInput("A revision belongs to one model.", pointer="--revision", value=order.revision)
        languages = tuple(map(base_language, order.languages)) or None
        return [Wish(each, languages, order.revision, order.source, order.accepted) for each in models]
    if order.revision:
        raise InvalidInput("A revision belongs to one model: name it.", pointer="--revision", value=order.revision)
    chosen: dict[str, list[str]] = {}
    for language in map(base_language, order.languages):
        for model in recommended(language):
            chosen.setdefault(model.name, []).append(language)
    return [Wish(find(name), tuple(languages), None, order.source, order.accepted) for name, languages in chosen.items()]


def _outcome(locked: Locked, fetched: bool) -> dict[str, Any]:
    return {
        "name": locked.name, "source": locked.source, "revision": locked.revision, "licence": locked.licence, "fetched": fetched,
        "languages": list(locked.languages), "bytes": sum(each.size for each in locked.files), "files": len(locked.files),
    }  # fmt: skip


def _sentence(row: dict[str, Any]) -> str:
    how = "fetched and verified" if row["revision"] else "taken as it is in the folder"
    what = f"{how}, {row['bytes'] / 1e6:,.1f} MB in {row['files']} files" if row["fetched"] else "is here already, and unchanged"
    languages = f", for {' '.join(row['languages'])}" if row["languages"] else ""
    return f"{row['name']} {what}{languages} (revision {row['revision'] or 'unknown'}, licence {row['licence']})"


def verify(config: Config, names: Sequence[str], *, as_json: bool) -> int:
    """1 where a model is not what was pulled. Raises InvalidInput for one that was not pulled."""
    folder = config.models_folder
    known = lock.read(folder)
    chosen = [find(name).name for name in names] or list(known)
    for name in chosen:
        if name not in known:
            raise InvalidInput(f"It has not been pulled: assay models pull {name}", pointer="MODEL", value=name)
    found = {name: lock.faults(folder, known[name]) for name in chosen}
    rows = [
        {"name": name, "well": not bad, "faults": [{"path": each.path, "fault": each.fault} for each in bad]} for name, bad in found.items()
    ]
    if as_json:
        _print(json.dumps({"models": rows}, ensure_ascii=False))
    elif not rows:
        _print("No model has been pulled.")
    for name, bad in () if as_json else found.items():
        files = ", ".join(f"{each.path} ({each.fault})" for each in bad)
        _print(f"FAULTY {name}: {files}\n       → assay models pull {name}" if bad else f"ok     {name}")
    return FAILED if any(found.values()) else 0


class _Telling:
    """A line for each file and tenth of it, on standard error."""

    def __init__(self) -> None:
        self._told: tuple[str, int] = ("", -1)

    def __call__(self, path: str, come: int, whole: int) -> None:
        step = (path, 10 * come // max(1, whole))
        if step != self._told:
            self._told = step
            _say(f"  {path}: {10 * step[1]} % of {whole / 1e6:,.1f} MB")


def _quiet(path: str, come: int, whole: int) -> None:
    """Progress that nobody asked for."""


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
