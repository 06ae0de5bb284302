"""What is shipped: the weights of the heads, their thresholds and versions. Verified by hash, read once a process."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load as parse

from backend.analysis.language.logistic import Line
from backend.analysis.language.transformer import Array, Layer, layer
from backend.errors import ConfigurationError

FOLDER = files("backend.analysis") / "data" / "language"


@dataclass(frozen=True, slots=True)
class SentimentHead:
    """A linear map to negative, neutral, positive; on the upper layers' vectors, or without layers on the encoder's own."""

    layers: tuple[Layer, ...]
    weights: Array
    bias: Array


@dataclass(frozen=True, slots=True)
class Band:
    """Raw scores at or below `negative` are negative, at or above `positive` positive."""

    negative: float
    positive: float


@dataclass(frozen=True, slots=True)
class Shipped:
    """`guides` are the vectors of the default topics' sentences, `background` those of talk about no topic."""

    sentiment: SentimentHead
    frozen_sentiment: SentimentHead
    bands: Mapping[str, Mapping[str, Band]]
    next_steps: Line
    good_questions: Line
    topics: Mapping[str, Line]
    guides: Mapping[str, Array]
    background: Array
    thresholds: Mapping[str, float]
    versions: Mapping[str, str]


@lru_cache
def shipped() -> Shipped:
    """The heads of this version. A file that does not match the manifest is refused."""
    manifest = json.loads(_read("manifest.json"))
    heads = parse(_verified("heads.safetensors", manifest))
    upper = parse(_verified("sentiment.safetensors", manifest))
    names = list(manifest["topics"])
    return Shipped(
        sentiment=_sentiment(upper, tuple(layer(upper, f"encoder.layer.{index}.") for index in (4, 5)), "head"),
        frozen_sentiment=_sentiment(heads, (), "sentiment"),
        bands={model: {role: Band(**band) for role, band in roles.items()} for model, roles in manifest["bands"].items()},
        next_steps=_line(heads, "next_steps"),
        good_questions=_line(heads, "good_questions"),
        topics={name: _line(heads, f"topic.{place}") for place, name in enumerate(names)},
        guides={name: heads[f"guides.{place}"].astype(np.float32) for place, name in enumerate(names)},
        background=heads["background"].astype(np.float32),
        thresholds=manifest["thresholds"],
        versions=manifest["versions"],
    )


@lru_cache
def default_topics() -> Mapping[str, tuple[str, ...]]:
    """The seven default topics with their guiding sentences."""
    return {name: tuple(sentences) for name, sentences in json.loads(_read("topics.json")).items()}


def _sentiment(weights: Mapping[str, NDArray[np.floating]], layers: tuple[Layer, ...], name: str) -> SentimentHead:
    return SentimentHead(layers, weights[f"{name}.weight"].astype(np.float32), weights[f"{name}.bias"].astype(np.float32))


def _line(heads: Mapping[str, NDArray[np.floating]], name: str) -> Line:
    return Line(heads[f"{name}.weight"].astype(np.float32), float(heads[f"{name}.bias"][0]))


def _read(name: str) -> bytes:
    try:
        return (FOLDER / name).read_bytes()
    except OSError as error:
        raise ConfigurationError(f"The language data {name} cannot be read ({error.strerror}). Install Assay again.") from error


def _verified(name: str, manifest: Mapping[str, Any]) -> bytes:
    content = _read(name)
    found, expected = hashlib.sha256(content).hexdigest(), manifest["files"][name]
    if found != expected:
        raise ConfigurationError(
            f"The language data {name} is not what this version was made with (SHA-256 {found[:12]}…, expected {expected[:12]}…). "
            "Install Assay again, or train the heads anew (python scripts/train_heads)."
        )
    return content
