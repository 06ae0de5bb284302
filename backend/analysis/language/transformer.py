"""
The forward pass of BERT's encoder layers in plain numpy, exact to about 1e-6 of a torch run.

Pure arithmetic: the embedder runs the shipped six layers with it, the sentiment head its own two upper ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

HEADS = 12
EPSILON = 1e-12
ROWS = 16


@dataclass(frozen=True, slots=True)
class Layer:
    """One encoder layer; matrices are stored (in, out), query, key and value side by side."""

    qkv: Array
    qkv_bias: Array
    out: Array
    out_bias: Array
    norm: Array
    norm_bias: Array
    up: Array
    up_bias: Array
    down: Array
    down_bias: Array
    last_norm: Array
    last_norm_bias: Array


def layer(weights: Mapping[str, NDArray[np.floating]], prefix: str) -> Layer:
    """Reads one layer by the names that BERT checkpoints use, e.g. prefix `encoder.layer.4.`; fp16 becomes fp32."""

    def matrix(name: str) -> Array:
        return np.ascontiguousarray(weights[f"{prefix}{name}.weight"].T, dtype=np.float32)

    def vector(name: str) -> Array:
        return np.ascontiguousarray(weights[f"{prefix}{name}"], dtype=np.float32)

    parts = [f"attention.self.{name}" for name in ("query", "key", "value")]
    return Layer(
        qkv=np.ascontiguousarray(np.concatenate([matrix(part) for part in parts], axis=1)),
        qkv_bias=np.concatenate([vector(f"{part}.bias") for part in parts]),
        out=matrix("attention.output.dense"),
        out_bias=vector("attention.output.dense.bias"),
        norm=vector("attention.output.LayerNorm.weight"),
        norm_bias=vector("attention.output.LayerNorm.bias"),
        up=matrix("intermediate.dense"),
        up_bias=vector("intermediate.dense.bias"),
        down=matrix("output.dense"),
        down_bias=vector("output.dense.bias"),
        last_norm=vector("output.LayerNorm.weight"),
        last_norm_bias=vector("output.LayerNorm.bias"),
    )


def forward(layer: Layer, states: Array, mask: Array) -> Array:
    """States (batch, length, width) through one layer. `mask` (batch, length) is 1 for tokens, 0 for padding."""
    flat = states.reshape(-1, states.shape[-1])  # one product of matrices each, not one a text
    attended = _attention(layer, flat, mask) @ layer.out
    attended += layer.out_bias
    attended += flat
    flat = normalise(attended, layer.norm, layer.norm_bias)
    inner = flat @ layer.up
    inner += layer.up_bias
    hidden = gelu(inner) @ layer.down
    hidden += layer.down_bias
    hidden += flat
    return normalise(hidden, layer.last_norm, layer.last_norm_bias).reshape(states.shape)


def normalise(values: Array, weight: Array, bias: Array) -> Array:
    """Layer normalisation over the last axis."""
    centred: Array = values - values.mean(axis=-1, keepdims=True)
    variance = np.einsum("...w,...w->...", centred, centred)[..., None] / np.float32(centred.shape[-1])
    centred /= np.sqrt(variance + np.float32(EPSILON))
    centred *= weight
    centred += bias
    return centred


def gelu(values: Array) -> Array:
    """Gaussian error linear unit, written over `values` (tokens, width); a few rows at a time, so that they stay in the cache."""
    for start in range(0, len(values), ROWS):
        _gelu(values[start : start + ROWS])
    return values


def _gelu(values: Array) -> None:
    """erf by Abramowitz and Stegun 7.1.26: x - |x|/2 (1 - erf(|x|/sqrt 2)) above zero, mirrored below; absolute error under 1e-6."""
    scaled = np.abs(values)
    t = scaled * np.float32(0.3275911 * 0.7071067811865476)
    t += np.float32(1)
    np.reciprocal(t, out=t)
    tail = t * np.float32(1.061405429)
    for coefficient in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        tail += np.float32(coefficient)
        tail *= t
    np.multiply(scaled, scaled, out=t)
    t *= np.float32(-0.5)
    np.exp(t, out=t)
    tail *= t
    tail *= scaled
    tail *= np.float32(0.5)
    np.maximum(values, 0, out=values)
    values -= tail


def mean_pool(states: Array, mask: Array) -> Array:
    """The mean of the token states, shape (batch, width)."""
    total = np.einsum("blw,bl->bw", states, mask)
    mean: Array = total / mask.sum(axis=1, keepdims=True)
    return mean


def unit(vectors: Array) -> Array:
    """Rows at length one."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Array = vectors / np.maximum(length, 1e-12)
    return scaled


def _attention(layer: Layer, flat: Array, mask: Array) -> Array:
    batch, length = mask.shape
    width = flat.shape[-1]
    joint = flat @ layer.qkv
    joint += layer.qkv_bias
    query, key, value = joint.reshape(batch, length, 3, HEADS, width // HEADS).transpose(2, 0, 3, 1, 4)
    scores = query @ key.swapaxes(-1, -2)
    scores *= np.float32((width // HEADS) ** -0.5)
    scores += ((1 - mask) * np.float32(-1e9))[:, None, None, :]
    scores -= scores.max(axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=-1, keepdims=True)
    return np.ascontiguousarray((scores @ value).transpose(0, 2, 1, 3)).reshape(-1, width)
