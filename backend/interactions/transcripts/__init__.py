"""Transcripts as contact centres and vendors deliver them, read into the interchange document."""

from __future__ import annotations

from backend.interactions.transcripts.read import Delivered, read_delivered

__all__ = ["Delivered", "read_delivered"]
