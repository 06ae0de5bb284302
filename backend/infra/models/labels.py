"""
What the labels of a sentiment model mean, as values −1…1.

Read from the names a model gives its classes: negative, neutral and positive; one to five stars; or, without names, LABEL_0 and so on
from the worst to the best. What cannot be read so is refused: a guess would turn figures round.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from backend.errors import ConfigurationError
from backend.infra.models.local import LocalModel

_NAMED = {
    "negative": -1.0, "neg": -1.0, "neutral": 0.0, "neu": 0.0, "mixed": 0.0, "positive": 1.0, "pos": 1.0,
}  # fmt: skip
_FINE = {"very negative": -1.0, "negative": -0.5, "neutral": 0.0, "positive": 0.5, "very positive": 1.0}
_STARS = {1: -1.0, 2: -0.5, 3: 0.0, 4: 0.5, 5: 1.0}
_BY_NUMBER = {2: (-1.0, 1.0), 3: (-1.0, 0.0, 1.0), 5: (-1.0, -0.5, 0.0, 0.5, 1.0)}
_THRESHOLDS = {2: 0.8, 3: 0.5, 5: 0.25}
"""
By the number of classes, how far a score must lie from 0 to count as a feeling: with three, where the model is as sure of it as of
neutral; with five, half way to the next star; with two, which leave no room for neutral, where it is nine times as sure of one as of the
other.
"""


@dataclass(frozen=True, slots=True)
class Scale:
    """`values` of the classes in the model's order; scores from `positive` on are positive, up to `negative` negative."""

    values: tuple[float, ...]
    negative: float
    positive: float


def scale_of(model: LocalModel) -> Scale:
    """How the labels of a model are read, from its config.json and assay.json. Raises ConfigurationError."""
    try:
        config = json.loads((model.home / "config.json").read_text("utf-8"))
        labels = {int(index): str(label) for index, label in (config.get("id2label") or {"0": "LABEL_0", "1": "LABEL_1"}).items()}
    except (OSError, ValueError, AttributeError) as error:
        raise ConfigurationError(f"{model.home / 'config.json'} cannot be read: {error}.") from error
    return scale(labels, model.about.get("labels", {}), model.about.get("thresholds", {}), model.name)


def scale(id2label: Mapping[int, str], told: Mapping[str, str], thresholds: Mapping[str, float], model: str) -> Scale:
    """
    The scale of a model. `told` are the meanings of its labels by its assay.json, `thresholds` its `negative` and `positive`. Raises
    ConfigurationError that names the labels and the remedy.
    """
    labels = [id2label[index] for index in sorted(id2label)]
    values = _values([told.get(label, label) for label in labels])
    if values is None or min(values) >= 0 or max(values) <= 0:
        raise ConfigurationError(
            f"The sentiment model {model} has the labels {', '.join(labels)}, which cannot be read as negative, neutral and positive or as"
            ' stars. Say what they mean in an assay.json beside it: {"labels": {"…": "negative", "…": "neutral", "…": "positive"}}.'
        )
    bound = _THRESHOLDS.get(len(values), 0.5)
    return _checked(Scale(values, float(thresholds.get("negative", -bound)), float(thresholds.get("positive", bound))), model)


def _checked(found: Scale, model: str) -> Scale:
    if not -1 < found.negative < found.positive < 1:
        raise ConfigurationError(
            f"The thresholds of the sentiment model {model} are {found.negative:g} and {found.positive:g}: negative must lie below"
            " positive, both between -1 and 1."
        )
    return found


def _values(labels: list[str]) -> tuple[float, ...] | None:
    clean = [re.sub(r"[\s_-]+", " ", label.strip().lower()) for label in labels]
    for names in (_FINE if len(clean) == 5 else {}, _NAMED):
        if all(label in names for label in clean):
            return tuple(names[label] for label in clean)
    stars = [re.fullmatch(r"([1-5])(?: stars?)?", label) for label in clean]
    if len(stars) == 5 and all(stars):
        return tuple(_STARS[int(match[1])] for match in stars if match)
    if clean == [f"label {index}" for index in range(len(clean))]:
        return _BY_NUMBER.get(len(clean))
    return None
