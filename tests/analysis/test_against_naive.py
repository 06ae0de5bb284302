"""The conversation figures agree with a second, naive computation: on drawn calls, and on real ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from backend.analysis.analyze import analyze
from backend.analysis.reading import read_transcript
from backend.analysis.types import Settings
from tests.analysis import naive
from tests.analysis.documents import calls

HARPER_VALLEY = Path(__file__).parents[3] / "shared" / "data" / "harper-valley"


def agree(document: dict[str, Any]) -> None:
    found = analyze(read_transcript(document), Settings(), only="conversation")
    expected = naive.conversation(document)
    for role in ("agent", "consumer"):
        assert found[role]["talk_ms"] == expected["talk"][role]
        assert found[role]["talk_share_pct"] == pytest.approx(expected["share"][role])
        assert found[role]["patience_ms"] == pytest.approx(expected["patience"][role])
        assert found[role]["longest_spiel_ms"] == expected["spiel"][role]
        assert found[role]["words_per_min"] == pytest.approx(expected["speed"][role])
    assert found["speaker_changes"] == expected["changes"]
    assert [(turn["role"], turn["start_ms"], turn["end_ms"]) for turn in found["turns"]] == expected["turns"]
    assert found["response_lag_ms"] == pytest.approx(expected["lag"])
    spans = {kind: [(e["start_ms"], e["end_ms"]) for e in found["events"] if e["type"] == kind] for kind in ("silence", "crosstalk")}
    assert spans == {"silence": expected["silences"], "crosstalk": expected["crosstalks"]}
    score = found["engagement_score"]
    assert (score and score["value"]) == expected["engagement"]


@given(calls())
@settings(max_examples=200)
def test_drawn_calls(document):
    agree(document)


def convert(file: Path) -> dict[str, Any]:
    """A Harper Valley call as an interchange document."""
    turns = json.loads(file.read_text())
    turns = turns.get("segments") or turns.get("transcript") or turns.get("turns") if isinstance(turns, dict) else turns
    segments = []
    for turn in turns:
        start = int(turn.get("start_ms", turn.get("offset_ms", 0)))
        end = int(turn.get("end_ms", start + turn.get("duration_ms", 0)))
        role = str(turn.get("speaker_role", turn.get("role", turn.get("speaker", "")))).lower()
        text = turn.get("human_transcript", turn.get("text", ""))
        segments.append({"speaker": "a" if role.startswith("agent") else "c", "start_ms": start, "end_ms": end, "text": text})
    speakers = [{"id": "a", "role": "agent"}, {"id": "c", "role": "consumer"}]
    return {"language": "en", "duration_ms": max(s["end_ms"] for s in segments), "speakers": speakers, "segments": segments}


@pytest.mark.parametrize("name", sorted(path.name for path in HARPER_VALLEY.glob("*.json")) or ["absent"])
def test_real_calls(name):
    if name == "absent":
        pytest.skip("the calls of Harper Valley are not beside the project")
    agree(convert(HARPER_VALLEY / name))
