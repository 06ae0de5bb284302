"""
NeMo models, restored from `.nemo` files.

`models/asr/<language>/<name>.nemo` holds a model of that language; with several, the last by name is used. Beside them an optional
`models.json` says what a file cannot: `{"<file name>": {"name": "…", "version": "…", "keeps_fillers": false}}`. Of a model that was pulled
the lock file says it, and its bytes are held to the lock before they are loaded.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from backend.analysis.tokens import base_language, has_word, is_unspaced
from backend.analysis.types import Engine, Word
from backend.infra.installation import speech_models
from backend.infra.models import lock
from workers.asr.base import RATE, Interval, Share, Sound
from workers.asr.chunks import cut, plan
from workers.unloadable import unloadable

_BATCH = 4
_LEAST_MS = 100
"""Shorter sound makes no frame after subsampling."""
log = logging.getLogger(__name__)


def installed() -> bool:
    """Whether NeMo is there, without importing it: that takes many seconds."""
    return find_spec("nemo") is not None


class NemoRecognizer:
    """Keeps one model in memory: the one that was used last."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loaded: tuple[lock.Stamp, Any] | None = None

    def installed(self) -> bool:
        return installed()

    def languages(self) -> frozenset[str]:
        return frozenset(speech_models(self._folder)) if installed() else frozenset()

    def engine(self, language: str) -> Engine:
        path = speech_models(self._folder)[language]
        facts = self._facts().get(path.name, {})
        made_by = facts.get("version", "unversioned")
        return Engine(facts.get("name", path.stem), f"{made_by} (NeMo {version('nemo-toolkit')})", facts.get("keeps_fillers"))

    def recognize(self, sound: Sound, language: str, speech: Sequence[Interval], share: Share) -> list[Word]:
        model = self._model(speech_models(self._folder)[language])
        chunks = [chunk for chunk in plan(speech, len(sound) * 1000 // RATE) if chunk[1] - chunk[0] >= _LEAST_MS]
        words: list[Word] = []
        told = _told(model, language)
        for first in range(0, len(chunks), _BATCH):
            batch = chunks[first : first + _BATCH]
            answers = model.transcribe(
                [cut(sound, chunk) for chunk in batch], timestamps=True, batch_size=len(batch), num_workers=0, verbose=False, **told
            )
            for chunk, answer in zip(batch, answers, strict=True):
                words += _characters(answer, chunk) if is_unspaced(language) else _words(answer, chunk)
            share(min(1.0, (first + len(batch)) / len(chunks)))
        return words

    def _facts(self) -> dict[str, dict[str, Any]]:
        """By file name, as they are now: a model may be pulled while a worker runs."""
        pulled = lock.read(self._folder).values()
        found: dict[str, dict[str, Any]] = {
            Path(file.path).name: {"name": each.name, "version": (each.revision or file.sha256)[:12]}
            for each in pulled
            for file in each.files
        }
        for path in (self._folder / "asr").glob("**/models.json"):
            found |= json.loads(path.read_text())
        return found

    def _model(self, path: Path) -> Any:
        stamp = lock.stamp(path)
        if self._loaded is None or self._loaded[0] != stamp:
            self._loaded = None
            lock.require_unchanged(self._folder, path)
            self._loaded = (stamp, _restore(path.resolve()))
        return self._loaded[1]


def _restore(path: Path) -> Any:
    """
    The model, on a GPU where there is one, and made to say how sure it is of each token. Raises ConfigurationError where NeMo cannot
    load the file; what a full memory did is worth another try, and passes.
    """
    import torch
    from nemo.collections.asr.models import ASRModel
    from nemo.utils import logging as of_nemo
    from omegaconf import open_dict

    of_nemo.setLevel(logging.ERROR)  # it would tell at each batch that times were asked for
    log.info("restoring %s", path.name)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    try:
        model = ASRModel.restore_from(str(path), map_location=device).eval()
    except (MemoryError, torch.OutOfMemoryError):
        raise
    except Exception as error:
        raise unloadable("NeMo", path, error) from error
    decoding = model.cfg.decoding
    with open_dict(decoding):
        # Of tokens only: NeMo's own aggregation to words raises where its two ways of counting words differ.
        # As its probability, which a reader understands: the default, an entropy, gives 0.3 where all is right.
        certainty = {"name": "max_prob", "alpha": 1.0}
        decoding.confidence_cfg = {"preserve_token_confidence": True, "exclude_blank": True, "method_cfg": certainty}
    model.change_decoding_strategy(decoding, verbose=False)
    return model


def _told(model: Any, language: str) -> dict[str, str]:
    """The language, for a model that is told it: its own name for it, e.g. `hi-IN` for `hi`; else it finds out by itself."""
    known = (model.cfg.get("model_defaults") or {}).get("prompt_dictionary")
    if not known:
        return {}
    names = [name for name in sorted(known) if name == language or name.split("-")[0] == base_language(language)]
    return {"target_lang": language if language in names else names[0] if names else "auto"}


def _characters(answer: Any, chunk: Interval) -> list[Word]:
    """Where no spaces part words, each character stands for itself; marks stay with the one before."""
    start, end = chunk
    found: list[Word] = []
    for each in answer.timestamp["char"]:
        pieces = each["char"] if isinstance(each["char"], str) else "".join(each["char"])
        text = pieces.replace("▁", "").strip()
        begin, finish = (start + round(float(each[edge]) * 1000) for edge in ("start", "end"))
        span = max(0, finish - begin)
        for place, letter in enumerate(text):
            if found and not has_word(letter):
                found[-1] = replace(found[-1], text=found[-1].text + letter)
            else:
                first, last = (begin + span * edge // len(text) for edge in (place, place + 1))
                found.append(Word(letter, min(end, first), min(end, max(first, last))))
    return found


def _words(answer: Any, chunk: Interval) -> list[Word]:
    """Words of one chunk. Times come in seconds, as numpy numbers for some decoders; a word keeps inside its chunk."""
    start, end = chunk
    words = []
    for each in answer.timestamp["word"]:
        begin = min(end, start + round(float(each["start"]) * 1000))
        finish = min(end, max(begin, start + round(float(each["end"]) * 1000)))
        words.append(Word(str(each["word"]), begin, finish, _confidence(answer, each)))
    return words


def _confidence(answer: Any, word: dict[str, Any]) -> float | None:
    """The least of its tokens' confidences; None where the decoder does not give one a token."""
    tokens, values = answer.timestamp.get("char") or [], getattr(answer, "token_confidence", None)
    if values is None or len(values) != len(tokens):
        return None
    first, last = int(word["start_offset"]), int(word["end_offset"])
    own = [float(value) for token, value in zip(tokens, values, strict=True) if first <= int(token["start_offset"]) <= last]
    return min(1.0, max(0.0, min(own))) if own else None
