"""The transcripts can be read, keep to their recordings, and hold what the product detects."""

from __future__ import annotations

import json
import re

import pytest

from backend.analysis.analyze import analyze
from backend.analysis.reading import read_transcript
from backend.analysis.reading_settings import read_settings
from scripts.synthesise_samples.manifest import SAMPLES

_CUE = re.compile(r"(\d\d):(\d\d):(\d\d)\.(\d{3}) --> (\d\d):(\d\d):(\d\d)\.(\d{3})\n<v ([^>]+)>(.+)</v>$")


def milliseconds(hours, minutes, seconds, thousandths):
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(thousandths)


def truth(call):
    return json.loads((SAMPLES / "truth" / f"{call['name']}.json").read_text())


@pytest.fixture(scope="session")
def analyses(content, calls):
    """By name: each call's truth through the parts of the analysis that need no model."""
    demo = content["demo"]
    settings = read_settings({"categories": demo["categories"], "topics": demo["topics"], **demo["thresholds"]})
    found = {}
    for call in calls:
        transcript = read_transcript(truth(call))
        conversation, mentions = (analyze(transcript, settings, embed=None, only=part) for part in ("conversation", "indicators"))
        found[call["name"]] = {**conversation, "mentions": mentions["mentions"]}
    return found


def test_every_segment_lies_inside_its_recording(calls):
    for call in calls:
        document = truth(call)
        assert document["duration_ms"] == call["duration_ms"]
        assert document["language"] == call["language"]
        assert document["holds"] == call["holds"]
        assert all(0 <= one["start_ms"] < one["end_ms"] <= call["duration_ms"] for one in document["segments"])
        assert not read_transcript(document).warnings


def test_delivered_json_has_the_true_times_of_every_word(calls):
    for call in delivered(calls, "json"):
        document = json.loads((SAMPLES / call["transcript"]["file"]).read_text())
        assert not read_transcript(document).warnings
        for given, true in zip(document["segments"], truth(call)["segments"], strict=True):
            words = given.pop("words")
            assert given == true
            assert [word["text"] for word in words] == true["text"].split()
            assert (words[0]["start_ms"], words[-1]["end_ms"]) == (true["start_ms"], true["end_ms"])


def test_delivered_webvtt_says_the_same_as_the_truth(calls):
    for call in delivered(calls, "webvtt"):
        head, *cues = (SAMPLES / call["transcript"]["file"]).read_text().strip().split("\n\n")
        assert head == "WEBVTT"
        names = {"agent": call["agent"]["name"], "consumer": call["consumer"]}
        for cue, true in zip(cues, truth(call)["segments"], strict=True):
            parts = _CUE.search(cue).groups()
            assert (milliseconds(*parts[:4]), milliseconds(*parts[4:8])) == (true["start_ms"], true["end_ms"])
            assert parts[8:] == (names[true["speaker"]], true["text"])


def delivered(calls, kind):
    return [call for call in calls if call["transcript"] and call["transcript"]["format"] == kind]


def test_silences_crosstalks_and_holds_are_there(analyses):
    kinds = [(name, event["type"]) for name, one in analyses.items() for event in one["events"]]
    for kind, least in (("silence", 5), ("crosstalk", 3), ("hold", 6)):
        assert len({name for name, found in kinds if found == kind}) >= least, kind


def test_calls_differ(analyses):
    scores = [one["engagement_score"]["value"] for one in analyses.values()]
    assert min(scores) < 40
    assert max(scores) > 85
    assert sum(bool(one["backchannels"]) for one in analyses.values()) >= 8
    assert max(one["agent"]["fillers_per_min"] for one in analyses.values()) > 3


def test_people_speak_at_a_human_pace(analyses):
    assert all(120 < one["agent"]["words_per_min"] < 205 for one in analyses.values())


def test_every_indicator_of_the_demo_account_is_mentioned_in_a_delivered_transcript(content, calls, analyses):
    names = {call["name"] for call in calls if call["transcript"]}
    found = {mention["indicator"] for name in names for mention in analyses[name]["mentions"]}
    wanted = {one["name"] for category in content["demo"]["categories"] for one in category["indicators"]}
    assert wanted - found == set()
