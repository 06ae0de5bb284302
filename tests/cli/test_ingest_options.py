"""Options of `assay ingest` become interactions, or say which of them does not fit."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from backend.accounts.service import NewAgent
from backend.analysis.types import Hold
from backend.errors import InvalidInput
from workers.commands.ingest_options import Given, interactions

CALL, OTHER = Path("call.wav"), Path("other.wav")


def test_each_file_is_an_interaction():
    assert [new.parts[0].name for new in interactions(Given(files=[CALL, OTHER]))] == ["call.wav", "other.wav"]


def test_two_sides_are_one_interaction():
    (new,) = interactions(Given(files=[], agent=CALL, consumer=OTHER))
    assert [(part.name, part.roles) for part in new.parts] == [("call.wav", ("agent",)), ("other.wav", ("consumer",))]


def test_everything_is_handed_on():
    (new,) = interactions(
        Given(
            files=[CALL], transcript=OTHER, external_id="x", engagement="e", agent_id="1", agent_email="a@b.example", team="north",
            started_at="2026-11-02T09:00:00+01:00", holds=["30000-42000"], channel_roles="consumer, agent", language="de",
        )
    )  # fmt: skip
    assert (new.external_id, new.engagement_external_id, new.language) == ("x", "e", "de")
    assert new.agent == NewAgent("1", "a@b.example", None, "north")
    assert new.started_at == datetime.fromisoformat("2026-11-02T09:00:00+01:00")
    assert new.holds == (Hold(30_000, 42_000),)
    assert new.parts[0].roles == ("consumer", "agent")
    assert new.transcript.name == "other.wav"


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"files": []}, "FILE"),
        ({"files": [], "agent": CALL}, "--consumer"),
        ({"files": [], "consumer": CALL}, "--agent"),
        ({"files": [CALL], "agent": CALL, "consumer": CALL}, "FILE"),
        ({"files": [CALL, OTHER], "external_id": "x"}, "--external-id"),
        ({"files": [CALL, OTHER], "transcript": CALL}, "--transcript"),
        ({"files": [CALL], "holds": ["9-x"]}, "--hold"),
        ({"files": [CALL], "started_at": "yesterday"}, "--started-at"),
        ({"files": [CALL], "channel_roles": "boss"}, "--channel-roles"),
        ({"files": [CALL], "team": "north"}, "--team"),
    ],
)
def test_what_does_not_fit_is_named(given, pointer):
    with pytest.raises(InvalidInput) as fault:
        interactions(Given(**given))
    assert fault.value.pointer == pointer
