"""
The meaning of what was said: sentiment, topics, next steps, good questions, summary. Pure; the sentence encoder is handed in.

English only. What another language lacks is named in `skipped`, with the reason. The heads, what they were trained on and how well they do
stand in `backend/analysis/data/language/CARD.md`.
"""

from __future__ import annotations

from backend.analysis.language.parts import language_parts

__all__ = ["language_parts"]
