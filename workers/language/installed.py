"""The models of an installation in the place of those that ship: `sentiment/<name>/`, `topics/<name>/`, `summary/<name>/`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Any

from backend.analysis.language.ports import SHIPPED, Replacements
from backend.infra.models.local import KINDS, LocalModel, for_language, version_of
from workers.language.encoder import TransformersEncoder
from workers.language.loading import installed
from workers.language.sentiment import TransformersJudge
from workers.language.summary import TransformersWriter

_ENGLISH = "en"
_MAKERS: dict[str, Callable[[Path, LocalModel], Any]] = {
    "sentiment": TransformersJudge, "topics": TransformersEncoder, "summary": TransformersWriter,
}  # fmt: skip


class InstalledModels:
    """Looks for models at every conversation, so that what is put there is used from the next one on; loaded ones stay in memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[str, tuple[str, Any]] = {}

    def instead(self, language: str, turn: Lock) -> Replacements:
        """Raises ConfigurationError where a model is there that cannot be used: to leave it out silently would change figures."""
        if not installed():
            return SHIPPED
        found = self._for(language, turn)
        return found if language == _ENGLISH else replace(found, english=self._for(_ENGLISH, turn))

    def _for(self, language: str, turn: Lock) -> Replacements:
        judge, encoder, writer = (self._engine(kind, language, turn) for kind in KINDS)
        return Replacements(judge, encoder, writer)

    def _engine(self, kind: str, language: str, turn: Lock) -> Any:
        model = for_language(self._folder, kind, language)
        if model is None:
            return None
        version = version_of(self._folder, model.home)
        known = self._made.get(str(model.home))
        if known is None or known[0] != version:
            known = (version, _MAKERS[kind](self._folder, model))
            self._made[str(model.home)] = known
        return _InTurn(known[1], turn)


class _InTurn:
    """An engine that computes alone."""

    def __init__(self, engine: Any, turn: Lock) -> None:
        self.name = engine.name
        self.thresholds = getattr(engine, "thresholds", (-1.0, 1.0))
        self._engine, self._turn = engine, turn

    def __call__(self, texts: Sequence[str]) -> Any:
        with self._turn:
            return self._engine(texts)
