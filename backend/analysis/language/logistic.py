"""Logistic regression, small enough to be trained while an interaction is analysed."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backend.analysis.types import Vectors

STRENGTH = 10.0  # C: the inverse of the ridge penalty
STEPS = 400
CLOSE = 1e-6  # of the slope at the start
REMEMBERED = 10  # steps
SMALLEST = 1e-10


@dataclass(frozen=True, slots=True)
class Line:
    """A direction and an offset: p = 1 / (1 + exp(-(x·weights + bias)))."""

    weights: NDArray[np.float32]
    bias: float


def probabilities(line: Line, vectors: Vectors, more: NDArray[np.float64] | float = 0.0) -> NDArray[np.float64]:
    """One probability a row; `more` is added before the sigmoid."""
    raw = vectors.astype(np.float64) @ line.weights.astype(np.float64) + line.bias + more
    return _sigmoid(raw)


@dataclass(frozen=True, slots=True)
class _Problem:
    """Rows with a one at their end for the offset, their targets and weights, and the ridge penalty of each dimension."""

    rows: NDArray[np.float64]
    target: NDArray[np.float64]
    weight: NDArray[np.float64]
    penalty: NDArray[np.float64]

    def at(self, point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """What is minimised, and its slope."""
        raw = self.rows @ point
        loss = self.weight @ (np.logaddexp(0.0, raw) - self.target * raw) + 0.5 * float(self.penalty @ (point * point))
        slope: NDArray[np.float64] = self.rows.T @ (self.weight * (_sigmoid(raw) - self.target)) + self.penalty * point
        return float(loss), slope

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
    """
    Minimises ½|w|² + C Σ cᵢ loss(xᵢ), classes weighed to balance, the offset free. Deterministic; 2,000 rows take some 50 ms.

    By limited-memory BFGS (Nocedal, Mathematics of Computation 35, 1980), which never forms the curvature of hundreds of dimensions.
    """
    problem = _problem(positives, negatives, strength)
    found = np.zeros(problem.rows.shape[1])
    value, slope = problem.at(found)
    enough = CLOSE * float(np.abs(slope).max())
    past: deque[tuple[NDArray[np.float64], NDArray[np.float64]]] = deque(maxlen=REMEMBERED)
    for _ in range(STEPS):
        if float(np.abs(slope).max()) <= enough:
            break
        course = -_towards(slope, past)
        size, gain = 1.0 if past else 1.0 / float(np.abs(slope).sum()), float(slope @ course)
        while True:
            after, risen = problem.at(found + size * course)
            if after <= value + 1e-4 * size * gain or size < SMALLEST:
                break
            size /= 2
        moved, turned = size * course, risen - slope
        if float(moved @ turned) > 0:
            past.append((moved, turned))
        found, value, slope = found + moved, after, risen
    return Line(found[:-1].astype(np.float32), float(found[-1]))


def _towards(slope: NDArray[np.float64], past: Sequence[tuple[NDArray[np.float64], NDArray[np.float64]]]) -> NDArray[np.float64]:
    """The slope divided by the curvature that the last steps met: the two loops of the method."""
    found = slope.copy()
    shares = []
    for moved, turned in reversed(past):
        share = float(moved @ found) / float(moved @ turned)
        found -= share * turned
        shares.append(share)
    if past:
        moved, turned = past[-1]
        found *= float(moved @ turned) / float(turned @ turned)
    for (moved, turned), share in zip(past, reversed(shares), strict=True):
        found += moved * (share - float(turned @ found) / float(moved @ turned))
    return found


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
