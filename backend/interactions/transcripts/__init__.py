"""Transcripts as contact centres and vendors deliver them, read into the interchange document."""

from __future__ import annotations

from backend.interactions.transcripts.read import FORMATS, Delivered, detect_format, read_delivered

__all__ = ["FORMATS", "Delivered", "detect_format", "read_delivered"]
