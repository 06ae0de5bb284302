"""Sentences to vectors. `load()` gives the engine of this installation: all-MiniLM-L6-v2 by numpy, from the disk, verified by hash."""

from __future__ import annotations

from backend.infra.embedder.minilm import MiniLM, load

__all__ = ["MiniLM", "load"]
