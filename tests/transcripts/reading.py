"""Reads what a test writes down, and says who spoke when."""

from __future__ import annotations

import json

from backend.interactions.transcripts import read_delivered


def read(data, name="t", language=None):
    content = data if isinstance(data, bytes) else (data if isinstance(data, str) else json.dumps(data)).encode()
    return read_delivered(content, name, language=language)


def said(delivered):
    roles = {speaker["id"]: speaker["role"] for speaker in delivered.document["speakers"]}
    return [(roles[s["speaker"]], s["start_ms"], s["end_ms"], s["text"]) for s in delivered.document["segments"]]
