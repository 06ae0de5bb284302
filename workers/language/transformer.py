"""
Translation into English by transformers, from local folders alone: `models/translation/<language>/` holds a sequence-to-sequence model with
its tokeniser, e.g. an OPUS-MT one. Nothing is fetched at run time.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from backend.infra.models import lock

_BATCH = 16
_TOKENS = 192
"""Of a sentence; what is longer is cut."""


class TransformersTranslator:
    """Keeps one model in memory: the one that was used last."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loaded: tuple[Path, Any, Any] | None = None

    def languages(self) -> frozenset[str]:
        if find_spec("transformers") is None:
            return frozenset()
        return frozenset(path.parent.name for path in (self._folder / "translation").glob("*/config.json"))

    def name(self, language: str) -> str:
        home = self._home(language)
        pulled = lock.read(self._folder).get(home.name)
        made_by = (pulled.revision or "unversioned")[:12] if pulled else "unversioned"
        return f"{home.name} {made_by} (transformers {version('transformers')})"

    def translate(self, texts: Sequence[str], language: str) -> list[str]:
        import torch

        tokenizer, model = self._load(language)
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        found: dict[int, str] = {}
        for first in range(0, len(order), _BATCH):
            chosen = order[first : first + _BATCH]
            batch = tokenizer([texts[index] for index in chosen], return_tensors="pt", padding=True, truncation=True, max_length=_TOKENS)
            with torch.inference_mode():
                answers = model.generate(**batch.to(model.device), max_new_tokens=_TOKENS, num_beams=1, do_sample=False)
            found.update(zip(chosen, tokenizer.batch_decode(answers, skip_special_tokens=True), strict=True))
        return [found[index].strip() for index in range(len(texts))]

    def _home(self, language: str) -> Path:
        return (self._folder / "translation" / language).resolve()

    def _load(self, language: str) -> tuple[Any, Any]:
        home = self._home(language)
        if self._loaded is None or self._loaded[0] != home:
            from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

            lock.require_unchanged(self._folder, home)
            self._loaded = None
            model = AutoModelForSeq2SeqLM.from_pretrained(str(home), local_files_only=True).eval()
            self._loaded = (home, AutoTokenizer.from_pretrained(str(home), local_files_only=True), model)
        return self._loaded[1], self._loaded[2]
