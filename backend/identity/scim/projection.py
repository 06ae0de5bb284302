"""Which attributes an answer will show, so that nothing is loaded to be thrown away. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from scim2_models import ResponseParameters


class Wanted(StrEnum):
    NOT = "not"
    PARTS = "parts"
    WHOLE = "whole"


def wanted(asked: ResponseParameters[Any] | None, name: str) -> Wanted:
    """How much of a multi-valued attribute of a core schema `attributes` and `excludedAttributes` leave. None: all."""
    if asked is None:
        return Wanted.WHOLE
    if asked.attributes:
        return _among([str(path) for path in asked.attributes], name)
    without = _among([str(path) for path in asked.excluded_attributes or ()], name)
    return {Wanted.NOT: Wanted.WHOLE, Wanted.WHOLE: Wanted.NOT, Wanted.PARTS: Wanted.PARTS}[without]


def _among(paths: list[str], name: str) -> Wanted:
    plain = [path.rpartition(":")[2].lower() for path in paths]
    if name in plain:
        return Wanted.WHOLE
    return Wanted.PARTS if any(path.startswith(f"{name}.") for path in plain) else Wanted.NOT
