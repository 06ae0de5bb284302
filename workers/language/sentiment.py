"""Sentiment by a classifier of transformers, from `models/sentiment/<name>/`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from backend.infra.models.labels import scale_of
from backend.infra.models.local import LocalModel
from workers.language.loading import Loader, batched, most_tokens, named

_BATCH = 32
_TOKENS = 256


class TransformersJudge:
    """A `Judge` of the analysis. Raises ConfigurationError at once where its labels cannot be read."""

    def __init__(self, folder: Path, model: LocalModel) -> None:
        self._model = model
        self._loader = Loader(folder, "AutoModelForSequenceClassification")
        self._scale = scale_of(model)
        self.thresholds = (self._scale.negative, self._scale.positive)
        self.name = named(folder, model.home, model.name)

    def __call__(self, texts: Sequence[str]) -> list[float]:
        """A score −1…1 of each text: the mean of its classes' values, each by its probability."""
        tokenizer, model = self._loader.load(self._model.home)
        import torch

        most = most_tokens(tokenizer, model, _TOKENS)
        values = torch.tensor(self._scale.values, device=model.device)
        prefix = self._model.about.get("prefix", "")

        def read(some: list[str]) -> list[float]:
            batch = tokenizer([prefix + text for text in some], return_tensors="pt", padding=True, truncation=True, max_length=most)
            with torch.inference_mode():
                shares = model(**batch.to(model.device)).logits.float().softmax(dim=-1)
            found: list[float] = (shares @ values).tolist()
            return found

        return batched(texts, _BATCH, read)
