"""Logistic regression by Newton's method, small enough to be trained while an interaction is analysed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backend.analysis.types import Vectors

STRENGTH = 10.0  # C: the inverse of the ridge penalty
STEPS = 25
CLOSE = 1e-5


@dataclass(frozen=True, slots=True)
class Line:
    """A direction and an offset: p = 1 / (1 + exp(-(x·weights + bias)))."""

    weights: NDArray[np.float32]
    bias: float


def probabilities(line: Line, vectors: Vectors) -> NDArray[np.float64]:
    """One probability a row."""
    raw = vectors.astype(np.float64) @ line.weights.astype(np.float64) + line.bias
    return _sigmoid(raw)


@dataclass(frozen=True, slots=True)
class _Problem:
    """Rows with a one at their end for the offset, their targets and weights, and the ridge penalty of each dimension."""

    rows: NDArray[np.float64]
    target: NDArray[np.float64]
    weight: NDArray[np.float64]
    penalty: NDArray[np.float64]

    def curvature(self, expected: NDArray[np.float64]) -> NDArray[np.float64]:
        found: NDArray[np.float64] = (self.rows.T * (self.weight * expected * (1 - expected))) @ self.rows + np.diag(self.penalty)
        return found


def _problem(positives: Vectors, negatives: Vectors, strength: float) -> _Problem:
    rows = np.concatenate([positives, negatives]).astype(np.float64)
    rows = np.concatenate([rows, np.ones((len(rows), 1))], axis=1)
    target = np.concatenate([np.ones(len(positives)), np.zeros(len(negatives))])
    weight = np.where(target == 1, len(rows) / (2 * len(positives)), len(rows) / (2 * len(negatives))) * strength
    penalty = np.ones(rows.shape[1])
    penalty[-1] = 1e-6
    return _Problem(rows, target, weight, penalty)


def fit(positives: Vectors, negatives: Vectors, strength: float = STRENGTH) -> Line:
    """Minimises ½|w|² + C Σ cᵢ loss(xᵢ), classes weighed to balance, the offset free. Deterministic; 2,000 rows take about 0.2 s."""
    problem = _problem(positives, negatives, strength)
    rows = problem.rows
    found = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        expected = _sigmoid(rows @ found)
        gradient = rows.T @ (problem.weight * (expected - problem.target)) + problem.penalty * found
        step = np.linalg.solve(problem.curvature(expected), gradient)
        found -= step * min(1.0, 4.0 / max(float(np.abs(rows @ step).max()), 1e-12))
        if float(np.abs(step).max()) < CLOSE:
            break
    return Line(found[:-1].astype(np.float32), float(found[-1]))


def left_out(line: Line, positives: Vectors, negatives: Vectors, strength: float = STRENGTH) -> NDArray[np.float64]:
    """
    What each of `positives` would have been given by a line fitted without it: one Newton step away from `line`, the usual
    approximation (Pregibon, Annals of Statistics 9, 1981).
    """
    problem = _problem(positives, negatives, strength)
    solution = np.append(line.weights.astype(np.float64), line.bias)
    expected = _sigmoid(problem.rows @ solution)
    count = len(positives)
    own = problem.rows[:count]
    reach = np.einsum("ij,ji->i", own, np.linalg.solve(problem.curvature(expected), own.T)) * problem.weight[:count]
    leverage = np.minimum(reach * expected[:count] * (1 - expected[:count]), 0.95)
    return _sigmoid(own @ solution - reach * (1 - expected[:count]) / (1 - leverage))


def _sigmoid(raw: NDArray[np.float64]) -> NDArray[np.float64]:
    clipped: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(raw, -40, 40)))
    return clipped
