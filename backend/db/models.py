"""Every table of the program, for migrations and for tests that look at all of them."""

from __future__ import annotations

import importlib
from pathlib import Path

from backend.db.base import metadata


def load() -> None:
    """Imports every `tables` of a domain or of a part of one; by name, so that this layer needs to know no domain."""
    root = Path(__file__).resolve().parents[1]
    for path in sorted(root.rglob("tables.py")):
        importlib.import_module(".".join(("backend", *path.relative_to(root).with_suffix("").parts)))


load()
__all__ = ["load", "metadata"]
