"""Summaries by a sequence-to-sequence model of transformers, from `models/summary/<name>/`: sentences that are written, not quoted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from backend.infra.models.local import LocalModel
from workers.language.loading import Loader, most_tokens, named

_TOKENS = 1_024
"""Read at once; a longer conversation is read in parts, and each part summarised."""
_WRITTEN = 120
_SPARE = 8


class TransformersWriter:
    """A `Writer` of the analysis."""

    def __init__(self, folder: Path, model: LocalModel) -> None:
        self._model = model
        self._loader = Loader(folder, "AutoModelForSeq2SeqLM")
        self.name = named(folder, model.home, model.name)

    def __call__(self, lines: Sequence[str]) -> list[str]:
        """What the model writes of each part of the conversation; `lines` are `Agent: …` and `Customer: …`."""
        tokenizer, model = self._loader.load(self._model.home)
        import torch

        most = most_tokens(tokenizer, model, _TOKENS)
        prefix = self._model.about.get("prefix", "")
        texts = []
        for part in _parts(lines, tokenizer, most - _SPARE - len(tokenizer.tokenize(prefix))):
            batch = tokenizer([prefix + part], return_tensors="pt", truncation=True, max_length=most, return_token_type_ids=False)
            with torch.inference_mode():
                answer = model.generate(**batch.to(model.device), max_new_tokens=min(_WRITTEN, most - 1), do_sample=False)
            texts.append(tokenizer.decode(answer[0], skip_special_tokens=True).strip())
        return texts


def _parts(lines: Sequence[str], tokenizer: Any, most: int) -> list[str]:
    """The lines joined as long as the model can read them together."""
    parts: list[list[str]] = []
    room = 0
    for line in lines:
        length = len(tokenizer.tokenize(line)) + 1
        if not parts or length > room:
            parts.append([])
            room = most
        parts[-1].append(line)
        room -= length
    return ["\n".join(part) for part in parts]
