"""Every table of the program, for migrations and for tests that look at all of them."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil

import backend
from backend.db.base import metadata


def load() -> None:
    """Imports each domain's `tables`; by name, so that this layer needs to know no domain."""
    for module in pkgutil.iter_modules(backend.__path__):
        if module.ispkg and importlib.util.find_spec(f"backend.{module.name}.tables"):
            importlib.import_module(f"backend.{module.name}.tables")


load()
__all__ = ["load", "metadata"]
