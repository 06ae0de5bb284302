"""
Translation into English by transformers, from local folders alone: `models/translation/<language>/` holds a sequence-to-sequence model with
its tokeniser, e.g. an OPUS-MT one. Nothing is fetched at run time.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from backend.infra.models.local import translated
from workers.language.loading import Loader, batched, installed, most_tokens, named

_BATCH = 16
_TOKENS = 192
"""Of a sentence; what is longer is cut."""


class TransformersTranslator:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loader = Loader(folder, "AutoModelForSeq2SeqLM")

    def languages(self) -> frozenset[str]:
        if not installed():
            return frozenset()
        return translated(self._folder)

    def name(self, language: str) -> str:
        home = self._home(language)
        return named(self._folder, home, home.name)

    def translate(self, texts: Sequence[str], language: str) -> list[str]:
        """Each text in English, in order. Raises ConfigurationError where the model is not what was pulled."""
        tokenizer, model = self._loader.load(self._home(language))
        import torch

        most = most_tokens(tokenizer, model, _TOKENS)

        def read(some: list[str]) -> list[str]:
            batch = tokenizer(
                some, return_tensors="pt", padding=True, truncation=True, max_length=most, return_token_type_ids=False
            )  # fmt: skip
            with torch.inference_mode():
                answers = model.generate(**batch.to(model.device), max_new_tokens=most, num_beams=1, do_sample=False)
            return [text.strip() for text in tokenizer.batch_decode(answers, skip_special_tokens=True)]

        return batched(texts, _BATCH, read)

    def _home(self, language: str) -> Path:
        return (self._folder / "translation" / language).resolve()
