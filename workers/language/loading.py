"""Loads a model by transformers from a local folder, after its files have been checked. Nothing is fetched, nothing is told to anyone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from backend.infra.models import lock
from backend.infra.models.local import version_of
from workers.unloadable import unloadable

T = TypeVar("T")
_QUIET = {"TRANSFORMERS_VERBOSITY": "error", "TOKENIZERS_PARALLELISM": "false"}


def installed() -> bool:
    return find_spec("transformers") is not None and find_spec("torch") is not None


def named(folder: Path, home: Path, name: str) -> str:
    """Model, version and engine, as an analysis keeps it."""
    return f"{name} {version_of(folder, home)} (transformers {version('transformers')})"


class Loader:
    """Keeps one model in memory: the one that was used last."""

    def __init__(self, folder: Path, architecture: str) -> None:
        self._folder = folder
        self._architecture = architecture
        self._loaded: tuple[tuple[Path, str], Any, Any] | None = None

    def load(self, home: Path) -> tuple[Any, Any]:
        """Tokeniser and model. Raises ConfigurationError where a pulled file has changed, or transformers cannot load it."""
        which = home, version_of(self._folder, home)
        if self._loaded is None or self._loaded[0] != which:
            lock.require_unchanged(self._folder, home)
            self._loaded = None
            self._loaded = (which, *_loaded(home, self._architecture))
        return self._loaded[1], self._loaded[2]


def _loaded(home: Path, architecture: str) -> tuple[Any, Any]:
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    import torch
    import transformers

    quiet: Any = transformers.utils.logging
    quiet.disable_progress_bar()
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(str(home), local_files_only=True)
        model = getattr(transformers, architecture).from_pretrained(str(home), local_files_only=True).eval()
    except (MemoryError, torch.OutOfMemoryError):
        raise
    except Exception as error:
        raise unloadable("transformers", home, error) from error
    return tokenizer, model.to("cuda" if torch.cuda.is_available() else "cpu")


def most_tokens(tokenizer: Any, model: Any, most: int) -> int:
    """How many tokens of a text the model can read, at most `most`."""
    places = getattr(model.config, "max_position_embeddings", None) or most
    # Some count positions from behind the padding's number.
    return int(max(8, min(most, places - 2, tokenizer.model_max_length)))


def batched(texts: Sequence[str], size: int, read: Callable[[list[str]], Sequence[T]]) -> list[T]:
    """What `read` makes of each text, in order; texts of near lengths are read together."""
    found: dict[int, T] = {}
    for chosen in _batches(texts, size):
        found.update(zip(chosen, read([texts[index] for index in chosen]), strict=True))
    return [found[index] for index in range(len(texts))]


def _batches(texts: Sequence[str], size: int) -> Iterator[list[int]]:
    order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
    for first in range(0, len(order), size):
        yield order[first : first + size]
