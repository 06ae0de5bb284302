# ruff: noqa: E501
"""Input rules: what is repaired with a warning, and what is refused with its place."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given

from backend.analysis.analyze import analyze
from backend.analysis.faults import SettingsError, TranscriptError
from backend.analysis.reading import read_transcript, write_transcript
from backend.analysis.reading_settings import read_settings
from backend.analysis.types import Hold, Settings
from tests.analysis.documents import call, calls

GOOD = call(("a", 0, 2000, [("Thanks", 0, 400), ("Maya", 500, 900)]), ("c", 3000, 4000, "hello"), holds=((5000, 6000),), duration_ms=9000)


def changed(pointer: str, value: object) -> dict:
    document = json.loads(json.dumps(GOOD))
    *path, last = pointer.strip("/").split("/")
    place = document
    for part in path:
        place = place[int(part)] if isinstance(place, list) else place[part]
    if value is ...:
        del place[last]
    else:
        place[int(last) if isinstance(place, list) else last] = value
    return document


FAULTS = [
    ("/language", ..., "missing"), ("/language", "", "empty"), ("/language", 5, "string"), ("/duration_ms", -1, "between"), ("/duration_ms", 1.5, "whole"),
    ("/duration_ms", True, "whole"), ("/duration_ms", 2**53, "between"), ("/speakers", ..., "missing"), ("/speakers", {}, "list"),
    ("/speakers/0", 1, "object"), ("/speakers/1/id", "a", "twice"), ("/speakers/0/role", "boss", "one of agent, consumer, other"),
    ("/segments", None, "null"), ("/segments/0/speaker", "zed", "'zed'"), ("/segments/0/end_ms", ..., "missing"), ("/segments/0/start_ms", 3000, "before"),
    ("/segments/0/start_ms", "0", "whole"), ("/segments/0/text", 5, "string"), ("/segments/0/words", "x", "list"), ("/segments/0/words/0/start_ms", None, "null"),
    ("/segments/0/words/1/end_ms", 400, "before"), ("/segments/0/words/0/confidence", 2, "0 to 1"), ("/segments/0/words/0/confidence", True, "0 to 1"),
    ("/holds/0/end_ms", 5000, "after"), ("/engine", [], "object"), ("/engine", {"name": "x", "version": "1", "keeps_fillers": 1}, "true or false"),
]  # fmt: skip
AT_ANOTHER_PLACE = {"/segments/0/start_ms": "/segments/0/end_ms", "/engine": "/engine/keeps_fillers"}


@pytest.mark.parametrize(("pointer", "value", "says"), FAULTS)
def test_faults_are_named_with_their_place(pointer, value, says):
    with pytest.raises(TranscriptError) as caught:
        read_transcript(changed(pointer, value))
    assert says in caught.value.message
    assert caught.value.pointer in (pointer, AT_ANOTHER_PLACE.get(pointer))


DEEP: list = []
for _ in range(5000):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    ("pointer", "value", "says"),
    [
        ("/segments/1/text", ..., "or null where the words are unknown"),
        ("/segments/1/text", "\ud83d", "surrogate"),
        ("/speakers/0/name", "a\udc00", "surrogate"),
        ("/duration_ms", 10**5000, "very many digits"),
        ("/duration_ms", float("nan"), "not nan"),
        ("/duration_ms", 9000.0, "not 9000.0"),
        ("/segments/0/words/0/confidence", float("inf"), "inf"),
        ("/segments/0/speaker", "z\n" * 100_000, "among the speakers"),
        ("/language", DEEP, "not a list"),
        ("/speakers/0/role", "x" * 100_000, "one of"),
    ],
    ids=["no-text", "half-a-pair", "half-a-name", "huge", "nan", "float", "infinite", "long-and-broken", "deep", "long"],
)
def test_hostile_values_are_refused_in_one_short_line(pointer, value, says):
    with pytest.raises(TranscriptError) as caught:
        read_transcript(changed(pointer, value))
    assert says in caught.value.message
    assert caught.value.pointer == pointer
    assert len(caught.value.message) < 300
    assert "\n" not in caught.value.message
    assert len(caught.value.value or "") < 300


def test_words_without_spaces_make_a_text_without():
    document = call(("a", 0, 900, [("你", 0, 400), ("好", 500, 900)]), language="zh-CN")
    del document["segments"][0]["text"]
    assert read_transcript(document).segments[0].text == "你好"


def test_engine_and_speakers_are_written_back():
    document = GOOD | {"engine": {"name": "x", "version": "1", "keeps_fillers": True}}
    document["segments"][0]["words"][0]["confidence"] = 0.5
    document["speakers"][0]["name"] = "Maya"
    assert write_transcript(read_transcript(document)) == document


@pytest.mark.parametrize("document", [None, [], "x", 5, True])
def test_something_else_than_an_object_is_refused_at_the_root(document):
    with pytest.raises(TranscriptError) as caught:
        read_transcript(document)
    assert caught.value.pointer == ""


def test_words_widen_segments_and_everything_extends_the_duration():
    found = read_transcript(call(("a", 100, 200, [("hello", 50, 250)]), duration_ms=10, holds=((300, 900),)))
    assert (found.segments[0].start_ms, found.segments[0].end_ms, found.duration_ms) == (50, 250, 900)
    assert len(found.warnings) == 2
    skipped = analyze(found, Settings(), only="conversation")["skipped"]
    assert [entry["reason"] for entry in skipped if entry["feature"] == "input"] == list(found.warnings)


def test_holds_that_overlap_or_touch_are_one():
    holds = read_transcript(call(holds=((0, 10), (10, 20), (15, 30), (40, 50)), duration_ms=60)).holds
    assert holds == (Hold(0, 30), Hold(40, 50))


def test_words_without_a_text_make_one():
    document = call(("a", 0, 900, [("Good", 0, 400), ("day", 500, 900)]))
    document["segments"][0]["text"] = None
    assert read_transcript(document).segments[0].text == "Good day"


@given(calls())
def test_order_does_not_matter(document):
    shuffled = {**document, "segments": random.sample(document["segments"], len(document["segments"]))}
    ordered = sorted(document["segments"], key=lambda s: (s["start_ms"], s["end_ms"], json.dumps(s, sort_keys=True)))
    shuffled["segments"].sort(key=lambda s: json.dumps(s, sort_keys=True))
    first = analyze(read_transcript({**document, "segments": ordered}), Settings(), only="conversation")
    assert analyze(read_transcript(shuffled), Settings(), only="conversation") | {"utterances": 0, "turns": 0, "backchannels": 0} == first | {
        "utterances": 0, "turns": 0, "backchannels": 0,
    }  # fmt: skip


@given(calls())
def test_writing_and_reading_again_gives_the_same(document):
    read = read_transcript(document)
    again = read_transcript(write_transcript(read))
    assert (again.segments, again.holds, again.duration_ms, again.warnings) == (read.segments, read.holds, read.duration_ms, ())


def test_settings():
    document = {
        "silence_ms": None, "crosstalk_ms": 100,
        "categories": [{"name": "C", "indicators": [{"name": "I", "keywords": [{"text": "k"}], "scope": "agent"}]}],
        "topics": [{"name": "T", "sentences": ["One.", "Two."]}],
    }  # fmt: skip
    found = read_settings(document)
    assert (found.silence_ms, found.crosstalk_ms, found.topics[0].sentences) == (None, 100, ("One.", "Two."))
    assert (found.categories[0].indicators[0].scope, found.categories[0].indicators[0].keywords[0].inflections) == ("agent", False)
    assert read_settings({}) == Settings()


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        ([], ""), ({"silence_ms": "x"}, "/silence_ms"), ({"categories": [{"name": "C"}]}, "/categories/0/indicators"),
        ({"categories": [{"name": "C", "indicators": [{"name": "I", "keywords": [{"text": " "}]}]}]}, "/categories/0/indicators/0/keywords/0/text"),
        ({"categories": [{"name": "C", "indicators": [{"name": "I", "keywords": [], "scope": "x"}]}]}, "/categories/0/indicators/0/scope"),
        ({"categories": [{"name": "C", "indicators": [{"name": "I", "keywords": [{"text": "!?"}]}]}]}, "/categories/0/indicators/0/keywords/0/text"),
        ({"topics": [{"name": "T", "sentences": "x"}]}, "/topics/0/sentences"), ({"topics": [{"name": "T", "sentences": ["\ud800"]}]}, "/topics/0/sentences/0"), ({"topics": [{"name": "T", "sentences": [1]}]}, "/topics/0/sentences/0"),
    ],
)  # fmt: skip
def test_faulty_settings_are_named_with_their_place(document, pointer):
    with pytest.raises(SettingsError) as caught:
        read_settings(document)
    assert caught.value.pointer == pointer
