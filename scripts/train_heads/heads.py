"""Trains the linear heads on frozen sentence vectors: next steps, good questions, default topics, and sentiment without own layers."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
from material import NEGATIVE, POSITIVE, Example, fill, lines, sentiment_lines, signed
from numpy.typing import NDArray

from backend.analysis.language.logistic import Line, fit, probabilities
from backend.analysis.language.shipped import default_topics
from backend.analysis.language.topics import CONTAMINATED, SAME
from backend.infra.embedder.minilm import MiniLM

Vectors = NDArray[np.float32]

BACKGROUND = 1800  # lines of calls; all lines of talk about nothing come on top
FROZEN_STRENGTH = 0.5  # a stiff head: on frozen vectors a looser one learns subjects, not feelings
TOPIC_STRENGTH = 10.0


def callout_head(embedder: MiniLM, name: str) -> Line:
    """Next steps or good questions: the lines that are one against those that only look like one."""
    items = signed(f"{name}.txt")
    vectors = embedder([text for _, text in items])
    right = np.array([sign == "+" for sign, _ in items])
    return fit(vectors[right], vectors[~right])


def frozen_sentiment(embedder: MiniLM, examples: Sequence[Example]) -> dict[str, NDArray[np.float32]]:
    """Negative against the rest and positive against the rest, as a map to three classes with neutral at zero."""
    vectors = embedder([item.text for item in examples])
    labels = np.array([item.label for item in examples])
    negative, positive = (fit(vectors[labels == sign], vectors[labels != sign], FROZEN_STRENGTH) for sign in (NEGATIVE, POSITIVE))
    weight = np.stack([negative.weights, np.zeros_like(negative.weights), positive.weights])
    return {"sentiment.weight": weight, "sentiment.bias": np.array([negative.bias, 0.0, positive.bias], dtype=np.float32)}


def background_lines() -> list[str]:
    """Talk about this and that: a fixed choice of the whole material, and the lines of everyday.txt."""
    texts = [line for name in ("negative", "neutral", "positive") for line in lines(f"sentiment_{name}.txt")]
    texts += [text for name in ("next_steps", "good_questions") for _, text in signed(f"{name}.txt")]
    texts += [text for _, template in signed("sentiment_templates.txt") for text in fill(template, 2)]
    unique = sorted(set(texts))
    random.Random(3).shuffle(unique)
    return unique[:BACKGROUND] + lines("everyday.txt")


def topic_heads(embedder: MiniLM, background: Vectors) -> tuple[dict[str, Line], dict[str, Vectors]]:
    """The default topics, each against the background and the other six. Background that turns out to be of the topic is taken out once."""
    more = [line.split(": ", 1) for line in lines("topics_more.txt")]
    texts = {name: [*sentences, *(text for topic, text in more if topic == name)] for name, sentences in default_topics().items()}
    guides = {name: embedder(sentences) for name, sentences in texts.items()}
    against = embedder(lines("topics_not.txt"))
    found = {}
    for name, own in guides.items():
        others = np.concatenate([vectors for other, vectors in guides.items() if other != name])
        others = others[(others @ own.T).max(axis=1) < SAME]
        clean = background[(background @ own.T).max(axis=1) < CONTAMINATED]
        first = fit(own, np.concatenate([clean, others]), TOPIC_STRENGTH)
        clean = clean[probabilities(first, clean) < 0.5]
        found[name] = fit(own, np.concatenate([clean, others, against]), TOPIC_STRENGTH)
    return found, guides


def linear_heads(embedder: MiniLM) -> dict[str, NDArray[np.floating]]:
    """Everything of heads.safetensors; vectors that are only compared are kept at half precision."""
    background = embedder(background_lines()).astype(np.float16)
    topics, guides = topic_heads(embedder, background.astype(np.float32))
    tensors: dict[str, NDArray[np.floating]] = {"background": background, **frozen_sentiment(embedder, sentiment_lines())}
    for name in ("next_steps", "good_questions"):
        tensors |= _named(name, callout_head(embedder, name))
    for place, name in enumerate(topics):
        tensors |= _named(f"topic.{place}", topics[name])
        tensors[f"guides.{place}"] = guides[name].astype(np.float16)
    return tensors


def _named(name: str, line: Line) -> dict[str, NDArray[np.floating]]:
    return {f"{name}.weight": line.weights, f"{name}.bias": np.array([line.bias], dtype=np.float32)}
