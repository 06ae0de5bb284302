"""
The models that are known to work: where they are published, for which languages, under which licence.

Names and licences are their publishers', each with the page on which it was read. No revision is written here that has not been seen:
the first pull asks the hub for it and records it in the lock file, and from then on every pull and every check holds to that.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from backend.analysis.tokens import base_language
from backend.errors import InvalidInput

Kind = Literal["asr", "language", "diarization", "translation", "sentiment", "topics", "summary"]
OWN: tuple[Kind, ...] = ("sentiment", "topics", "summary")
"""Kinds of which a model takes the place of one that ships."""
UNVERIFIED = "unverified: read the model's page"
MEASURED = frozenset({"en"})
"""Languages whose quality has been measured; all others are marked beta."""


@dataclass(frozen=True, slots=True)
class Model:
    """
    `languages` are those for which this is the model to take, `also` what it covers besides. `files` are patterns of what is fetched; of
    `weights`, the first that is published. `page`: where a file is to be fetched by hand that no hub has.
    `licence_seen` is the page on which the licence was read; without it nobody here has.
    """

    name: str
    kind: Kind
    source: str
    licence: str
    languages: tuple[str, ...]
    files: tuple[str, ...]
    also: tuple[str, ...] = ()
    weights: tuple[str, ...] = ()
    gated: bool = False
    revision: str | None = None
    note: str = ""
    page: str = ""
    licence_seen: str = ""

    @property
    def terms(self) -> str:
        """The licence as it is shown: what was not read on the model's page is no more than hearsay."""
        if self.licence_seen:
            return self.licence
        return f"{self.licence} ({UNVERIFIED})" if self.licence else UNVERIFIED

    def terms_at(self, hub: str) -> str:
        """The address at which it is published, with its licence."""
        return self.page or f"{hub.rstrip('/')}/{self.source}"

    @property
    def covers(self) -> tuple[str, ...]:
        return tuple(sorted({*self.languages, *self.also}))

    def choose(self, published: list[str]) -> list[str]:
        """What to fetch of the files that are published, sorted."""
        chosen = {path for path in published if any(fnmatchcase(path, pattern) for pattern in self.files)}
        return sorted({*chosen, *[path for path in self.weights if path in published][:1]})


@lru_cache
def catalogue() -> tuple[Model, ...]:
    """Every model, in the order in which they are shown."""
    document = json.loads((files("backend.infra.models") / "catalogue.json").read_text())
    return tuple(Model(**{name: _frozen(value) for name, value in entry.items()}) for entry in document["models"])


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def is_beta(language: str) -> bool:
    return base_language(language) not in MEASURED


def find(name: str) -> Model:
    """The model of this name, or of this name on the hub. Raises InvalidInput."""
    wanted = name.lower()
    for model in catalogue():
        if wanted in (model.name.lower(), model.source.lower()):
            return model
    near = get_close_matches(wanted, [model.name for model in catalogue()], n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    raise InvalidInput(f"There is no such model. {hint}`assay models list` shows them all.", pointer="MODEL", value=name)


def recognising(language: str) -> list[str]:
    """The names of the models that recognise a language, the one to take first."""
    base = base_language(language)
    speech = [model for model in catalogue() if model.kind == "asr" and base in model.covers]
    return [model.name for model in sorted(speech, key=lambda model: base not in model.languages)]


def recommended(language: str) -> list[Model]:
    """The models to take for a language, one a kind. Raises InvalidInput where none covers it."""
    base = base_language(language)
    found = [model for model in catalogue() if base in model.languages]
    if not found:
        raise InvalidInput("No model of the catalogue covers this language.", pointer="--language", value=language)
    return found
