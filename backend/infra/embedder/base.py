"""The port. The Protocol itself stands with the analysis, which asks for it and imports nothing from here."""

from __future__ import annotations

from backend.analysis.language.ports import LayeredEmbedder as Embedder

DIMENSIONS = 384

__all__ = ["DIMENSIONS", "Embedder"]
