"""What is left of a conversation for whoever may not read what was said: who spoke when, and the figures. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from backend.analyses.rules import Document
from backend.analysis.evidence import Evidence

_NOTHING_SAID: dict[str, Any] = {"mentions": [], "next_steps": [], "good_questions": [], "summary": None}
"""The parts of an analysis that hold words of the conversation, and what stands in their place."""
_SAYS = ("CALL_OUTS", "NEXT_STEPS", "GOOD_QUESTIONS", "SUMMARY")
"""The figures that are such parts."""
_UNREAD = "It is made of what was said, which is shown to those who may read transcripts."
_FACTS = ("language", "duration_ms", "engine", "speakers", "holds")
_STRETCH = ("speaker", "start_ms", "end_ms")


def silent_transcript(document: Document) -> Document:
    """The transcript as one whose words are unknown."""
    segments = [{**{name: segment[name] for name in _STRETCH}, "text": None} for segment in document["segments"]]
    return {**{name: document[name] for name in _FACTS if name in document}, "segments": segments}


def silent_analysis(document: Document) -> Document:
    return {**document, **_NOTHING_SAID}


def silent_evidence(found: Evidence) -> Evidence:
    """The same computation, its passages without their words."""
    if found.figure in _SAYS:
        return replace(found, computation=_UNREAD, items=())
    return replace(found, items=tuple(replace(item, quote=None) for item in found.items))
