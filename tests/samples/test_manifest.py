"""The committed sample calls hold what the product shows, and belong to their dialogues."""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from datetime import datetime
from itertools import pairwise

import pytest

from scripts.synthesise_samples import manifest
from scripts.synthesise_samples.manifest import SAMPLES

MEGABYTE = 1_000_000


def test_every_file_belongs_to_its_dialogue():
    assert manifest.faults() == []


@pytest.fixture
def copied(tmp_path):
    shutil.copytree(SAMPLES, tmp_path / "samples")
    return tmp_path / "samples"


def test_whatever_is_changed_by_hand_is_noticed(copied):
    calls = manifest.load(copied)["calls"]
    with (copied / "dialogues" / f"{calls[0]['name']}.txt").open("a") as dialogue:
        dialogue.write("agent: One more thing.\n")
    (copied / calls[1]["recording"]).write_bytes(b"")
    (copied / calls[2]["recording"]).unlink()
    (copied / "recordings" / "extra.ogg").write_bytes(b"")
    (copied / "demo.yaml").write_text((copied / "demo.yaml").read_text().replace("Helen Osei", "Helen Ossei"))
    faults = manifest.faults(copied)
    assert len(faults) == 5
    for word in ("has changed since it was spoken", "not what was written", "is missing", "belongs to no call", "demo.yaml has changed"):
        assert any(word in fault for fault in faults), word


def test_all_together_is_small():
    assert sum(file.stat().st_size for file in SAMPLES.rglob("*") if file.is_file()) < 9 * MEGABYTE


def test_interactions_engagements_agents_teams(calls):
    engagements = Counter(call["engagement"] for call in calls)
    assert len(calls) >= 16
    assert len(engagements) >= 10
    assert sorted(engagements.values())[-2:] == [2, 3]
    assert len({call["external_id"] for call in calls}) == len(calls)
    assert len({call["agent"]["external_id"] for call in calls}) == 5
    assert len({call["agent"]["team"] for call in calls}) == 2


def test_the_three_of_one_engagement_go_up_to_the_manager(calls):
    three = [call for call in calls if call["engagement"] == "QF-2026-104417"]
    assert [call["position"] for call in three] == [1, 2, 3]
    assert len({call["agent"]["name"] for call in three}) == 3
    assert len({call["consumer"] for call in three}) == 1


def test_the_interactions_of_an_engagement_follow_each_other(calls):
    by_engagement = defaultdict(list)
    for call in calls:
        by_engagement[call["engagement"]].append(call)
    for parts in by_engagement.values():
        for earlier, later in pairwise(parts):
            gap = (started(later) - started(earlier)).total_seconds() - earlier["duration_ms"] / 1000
            assert 0 <= gap < 120, earlier["name"]


def started(call):
    return datetime.fromisoformat(call["started_at"])


def test_they_lie_within_some_weeks(calls):
    days = [started(call) for call in calls]
    assert days == sorted(days)
    assert 28 <= (days[-1] - days[0]).days <= 40


def test_channels_languages_directions(calls):
    assert Counter(call["channel"] for call in calls)["video"] == 1
    assert {"en", "es", "de"} == {call["language"] for call in calls}
    assert {"inbound", "outbound"} == {call["direction"] for call in calls}
    assert Counter(call["channels"] for call in calls)[1] == 1
    assert len({call["queue"] for call in calls}) >= 8


def test_about_two_thirds_arrive_with_a_transcript_of_either_kind(calls):
    kinds = Counter(call["transcript"]["format"] if call["transcript"] else "none" for call in calls)
    assert 0.6 <= 1 - kinds["none"] / len(calls) <= 0.72
    assert min(kinds["webvtt"], kinds["json"]) >= 5


def test_holds_lie_inside_their_calls(calls):
    assert sum(bool(call["holds"]) for call in calls) >= 6
    for call in calls:
        for hold in call["holds"]:
            assert 0 < hold["start_ms"] < hold["end_ms"] < call["duration_ms"]


def test_the_demo_account_fits_the_calls(content, calls):
    demo = content["demo"]
    assert {user["role"] for user in demo["users"]} == {"admin", "supervisor", "evaluator", "agent"}
    assert all(user["email"].endswith("@demo.example") for user in demo["users"])
    assert "password" not in (SAMPLES / "demo.yaml").read_text().lower().replace("# the demo account. passwords", "").replace(
        "security password", ""
    )
    agents = {agent["external_id"]: agent for agent in demo["agents"]}
    assert all(call["agent"] == agents[call["agent"]["external_id"]] for call in calls)
    assert {one for team in demo["teams"] for one in team["agents"]} == agents.keys()
    assert next(user["agent"] for user in demo["users"] if user["role"] == "agent") in agents
    assert {team for user in demo["users"] for team in user.get("supervises", [])} <= {team["name"] for team in demo["teams"]}


def test_the_demo_account_watches_for_enough(content):
    demo = content["demo"]
    assert len(demo["categories"]) >= 8
    assert {one["scope"] for category in demo["categories"] for one in category["indicators"]} == {"agent", "consumer", "both"}
    assert len(demo["topics"]) == 2
    assert all(len(set(topic["sentences"])) >= 10 for topic in demo["topics"])
