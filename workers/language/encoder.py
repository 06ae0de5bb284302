"""Sentences to vectors by an encoder of transformers, from `models/topics/<name>/`: for topics in place of the one that ships."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from backend.analysis.types import Vectors
from backend.infra.models.local import LocalModel
from workers.language.loading import Loader, batched, most_tokens, named

_BATCH = 32
_TOKENS = 256


class TransformersEncoder:
    """Callable as `Embed`: unit vectors, as wide as the model makes them."""

    def __init__(self, folder: Path, model: LocalModel) -> None:
        self._model = model
        self._loader = Loader(folder, "AutoModel")
        self.name = named(folder, model.home, model.name)

    def __call__(self, texts: Sequence[str]) -> Vectors:
        tokenizer, model = self._loader.load(self._model.home)
        import torch

        most = most_tokens(tokenizer, model, _TOKENS)
        prefix, first_token = self._model.about.get("prefix", ""), _pools_first(self._model.home)

        def read(some: list[str]) -> Sequence[Vectors]:
            batch = tokenizer([prefix + text for text in some], return_tensors="pt", padding=True, truncation=True, max_length=most)
            batch = batch.to(model.device)
            with torch.inference_mode():
                states = model(**batch).last_hidden_state.float()
            mask = batch["attention_mask"].unsqueeze(-1)
            pooled = states[:, 0] if first_token else (states * mask).sum(dim=1) / mask.sum(dim=1)
            found: Vectors = torch.nn.functional.normalize(pooled, dim=-1).cpu().numpy()
            return list(found)

        rows = batched(texts, _BATCH, read)
        return np.array(rows, dtype=np.float32) if rows else np.zeros((0, int(model.config.hidden_size)), np.float32)


def _pools_first(home: Path) -> bool:
    """Whether the model was made to be read at its first token, as sentence-transformers write it down; else the mean of all is taken."""
    path = home / "1_Pooling" / "config.json"
    return path.is_file() and bool(json.loads(path.read_text("utf-8")).get("pooling_mode_cls_token"))
