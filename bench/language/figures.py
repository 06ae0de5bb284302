"""Accuracy, macro-F1, precision and recall, on plain lists."""

from __future__ import annotations

from collections.abc import Sequence


def f1(right: int, found: int, wanted: int) -> float:
    """The harmonic mean of precision and recall; 0 where nothing is right."""
    return 2 * right / (found + wanted) if right else 0.0


def macro_f1(truth: Sequence[str], given: Sequence[str]) -> float:
    """The mean over the classes of the truth."""
    classes = sorted(set(truth))
    return sum(f1(_both(truth, given, each), given.count(each), truth.count(each)) for each in classes) / len(classes)


def macro_f1_sets(truth: Sequence[set[str]], given: Sequence[set[str]], classes: Sequence[str]) -> float:
    """The same where a text has any number of classes."""
    total = 0.0
    for each in classes:
        wanted, found = [each in one for one in truth], [each in one for one in given]
        total += f1(sum(a and b for a, b in zip(wanted, found, strict=True)), sum(found), sum(wanted))
    return total / len(classes)


def recall(truth: Sequence[str], given: Sequence[str], each: str) -> float:
    return _both(truth, given, each) / max(1, truth.count(each))


def share(truth: Sequence[str], given: Sequence[str], true: str, called: str) -> float:
    """The share of the texts of class `true` that are called `called`."""
    return sum(t == true and g == called for t, g in zip(truth, given, strict=True)) / max(1, truth.count(true))


def accuracy(truth: Sequence[str], given: Sequence[str]) -> float:
    return sum(t == g for t, g in zip(truth, given, strict=True)) / len(truth)


def _both(truth: Sequence[str], given: Sequence[str], each: str) -> int:
    return sum(t == g == each for t, g in zip(truth, given, strict=True))
