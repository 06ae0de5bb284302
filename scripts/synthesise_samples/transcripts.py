"""The true transcript in the shapes in which contact centres deliver it."""

from __future__ import annotations

import json
from typing import Any

from scripts.synthesise_samples.dialogue import Dialogue
from scripts.synthesise_samples.timing import Spoken, Timeline

ENGINE = {"name": "delivered", "version": "1", "keeps_fillers": True}


def webvtt(dialogue: Dialogue, timeline: Timeline) -> str:
    """One cue a sentence, the speaker in a voice tag."""
    cues = [f"{number}\n{_cue(dialogue, one)}\n" for number, one in enumerate(timeline.spoken, 1)]
    return "\n".join(["WEBVTT\n", *cues])


def _cue(dialogue: Dialogue, one: Spoken) -> str:
    text = one.text.replace("&", "&amp;").replace("<", "&lt;")
    return f"{_clock(one.start_ms)} --> {_clock(one.end_ms)}\n<v {dialogue.named(one.side)}>{text}</v>"


def _clock(ms: int) -> str:
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def interchange(dialogue: Dialogue, timeline: Timeline, *, words: bool = True) -> str:
    """The JSON that Assay reads, one segment a sentence and line."""
    head: dict[str, Any] = {
        "language": dialogue.language,
        "duration_ms": timeline.duration_ms,
        "engine": ENGINE,
        "speakers": [{"id": side, "role": side, "name": dialogue.named(side)} for side in ("agent", "consumer")],
        "holds": [{"start_ms": start, "end_ms": end} for start, end in timeline.holds],
    }
    segments = ",\n".join(json.dumps(_segment(one, words), ensure_ascii=False) for one in timeline.spoken)
    return json.dumps(head, ensure_ascii=False)[:-1] + f',\n"segments": [\n{segments}\n]}}\n'


def _segment(one: Spoken, words: bool) -> dict[str, Any]:
    segment: dict[str, Any] = {"speaker": one.side, "start_ms": one.start_ms, "end_ms": one.end_ms, "text": one.text}
    if words:
        segment["words"] = [{"text": word.text, "start_ms": word.start_ms, "end_ms": word.end_ms} for word in one.words]
    return segment
