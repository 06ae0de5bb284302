# ruff: noqa: E501
"""Transcripts of contact centres and vendors become the interchange document, or are refused with the place of the fault."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.analysis.reading import read_transcript
from backend.errors import InvalidInput
from backend.interactions.transcripts import read_delivered

SHARED = Path(__file__).parents[3] / "shared" / "data"
VTT = """WEBVTT - a call

NOTE made by hand

1
00:00:01.000 --> 00:00:03.500 align:start
<v Agent Maya>Thanks for calling, this is <b>Maya</b>.</v>

00:04.000 --> 00:06.000
<v Customer>Hello &amp; good day.</v>
<v Agent Maya>Hi.</v>
"""
SRT = "1\r\n00:00:01,000 --> 00:00:02,000\r\nAgent: Hello there.\r\n\r\n2\r\n00:00:02,500 --> 00:00:04,000\r\nCustomer: I lost my card.\r\nIt is blue.\r\n"


def read(data, name="t", language=None):
    content = data if isinstance(data, bytes) else (data if isinstance(data, str) else json.dumps(data)).encode()
    return read_delivered(content, name, language=language)


def said(delivered):
    roles = {speaker["id"]: speaker["role"] for speaker in delivered.document["speakers"]}
    return [(roles[s["speaker"]], s["start_ms"], s["end_ms"], s["text"]) for s in delivered.document["segments"]]


def test_webvtt_with_voices():
    found = read(VTT, language="en-GB")
    assert (found.format, found.document["language"]) == ("webvtt", "en-GB")
    assert said(found) == [
        ("agent", 1000, 3500, "Thanks for calling, this is Maya."),
        ("consumer", 4000, 6000, "Hello & good day."),
        ("agent", 4000, 6000, "Hi."),
    ]


def test_srt_with_names_before_a_colon():
    assert said(read(SRT)) == [("agent", 1000, 2000, "Hello there."), ("consumer", 2500, 4000, "I lost my card. It is blue.")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding):
    assert said(read(SRT.replace("blue", "grün").encode(encoding)))[1][3].endswith("grün.")


def test_names_that_tell_nothing_are_agent_then_consumer_then_other():
    cues = "\n\n".join(f"00:0{i}.000 --> 00:0{i}.500\n<v {name}>words" for i, name in enumerate(["Ana", "Bo", "Cy"]))
    assert [role for role, *_ in said(read(f"WEBVTT\n\n{cues}"))] == ["agent", "consumer", "other"]


VENDORS = {
    "contact-lens": {
        "LanguageCode": "en-US",
        "Participants": [{"ParticipantId": "AGENT", "ParticipantRole": "AGENT"}, {"ParticipantId": "CUSTOMER", "ParticipantRole": "CUSTOMER"}],
        "Transcript": [
            {"ParticipantId": "AGENT", "BeginOffsetMillis": 0, "EndOffsetMillis": 900, "Content": "Hello.",
             "Items": [{"Content": "Hello.", "BeginOffsetMillis": 0, "EndOffsetMillis": 900, "Confidence": "0.9"}]},
            {"ParticipantId": "CUSTOMER", "BeginOffsetMillis": 1000, "EndOffsetMillis": 2000, "Content": "Hi."},
        ],
    },
    "aws": {"results": {"language_code": "en-US", "items": [
        {"type": "pronunciation", "start_time": "0.0", "end_time": "0.9", "speaker_label": "spk_0", "alternatives": [{"content": "Hello", "confidence": "0.9"}]},
        {"type": "punctuation", "alternatives": [{"content": "."}]},
        {"type": "pronunciation", "start_time": "1.0", "end_time": "2.0", "speaker_label": "spk_1", "alternatives": [{"content": "Hi."}]},
    ]}},
    "whisper": {"language": "en", "segments": [
        {"start": 0, "end": 0.9, "text": " Hello.", "speaker": "SPEAKER_00", "words": [{"word": " Hello.", "start": 0, "end": 0.9, "probability": 0.8}]},
        {"start": 1.0, "end": 2.0, "text": " Hi.", "speaker": "SPEAKER_01"},
    ]},
    "deepgram": {"results": {"channels": [
        {"alternatives": [{"words": [{"word": "hello", "punctuated_word": "Hello.", "start": 0, "end": 0.9, "confidence": 0.9}]}]},
        {"alternatives": [{"words": [{"word": "hi", "punctuated_word": "Hi.", "start": 1.0, "end": 2.0}]}]},
    ]}},
    "assemblyai": {"language_code": "en_us", "audio_duration": 2, "utterances": [
        {"speaker": "A", "start": 0, "end": 900, "text": "Hello.", "words": [{"text": "Hello.", "start": 0, "end": 900, "confidence": 0.9}]},
        {"speaker": "B", "start": 1000, "end": 2000, "text": "Hi."},
    ]},
    "assay": {"language": "en", "duration_ms": 2000, "speakers": [{"id": "a", "role": "agent"}, {"id": "c", "role": "consumer"}], "segments": [
        {"speaker": "a", "start_ms": 0, "end_ms": 900, "text": "Hello."}, {"speaker": "c", "start_ms": 1000, "end_ms": 2000, "text": "Hi."}]},
}  # fmt: skip


@pytest.mark.parametrize("name", VENDORS)
def test_json_of_vendors(name):
    found = read(VENDORS[name])
    assert found.format == name
    assert said(found) == [("agent", 0, 900, "Hello."), ("consumer", 1000, 2000, "Hi.")]
    assert read_transcript(found.document).segments[0].text == "Hello."


def test_a_real_result_of_post_call_analytics():
    file = SHARED / "aws-pca" / "pca_output_example.json"
    if not file.exists():
        pytest.skip("the example of post-call analytics is not beside the project")
    found = read(file.read_bytes())
    assert (found.format, len(found.document["segments"]), found.document["language"]) == ("aws-pca", 12, "en-US")
    assert {speaker["role"] for speaker in found.document["speakers"]} == {"agent", "consumer"}


def test_a_real_transcript_without_speakers_is_nobodys():
    file = SHARED / "whisper-tests" / "english.json"
    if not file.exists():
        pytest.skip("the example is not beside the project")
    with pytest.raises(InvalidInput):
        read(file.read_bytes())


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("", "empty"),
        ("hello", "neither WebVTT"),
        ("{", "not JSON"),
        ("[1]", "its JSON is a list"),
        ({"a": 1}, "no known vendor"),
        ({"analysisInput": {}}, "chat without times"),
        ("WEBVTT\n\n00:01.000 --> 00:00.500\nx", "line 3"),
        ("WEBVTT\n\n0:1 --> 2\nx", "line 3"),
        ("WEBVTT\n\nx\ny\nz", "line 3"),
        ("WEBVTT\n\n", "no words"),
        ({"segments": [{"start": "x", "end": 1, "text": "a"}]}, "/segments/0"),
        ({"segments": 5}, "/segments"),
        ({**VENDORS["assay"], "segments": [{"speaker": "z", "start_ms": 0, "end_ms": 1, "text": "a"}]}, "/segments/0/speaker"),
        ({"Transcript": [{"BeginOffsetMillis": -1, "EndOffsetMillis": 0}]}, "/Transcript/0/BeginOffsetMillis"),
        ({"results": {"items": [{"type": "pronunciation", "start_time": None}]}}, "item 0"),
    ],
)
def test_faults_are_named_with_their_place(data, says):
    with pytest.raises(InvalidInput, match="transcript cannot be used") as caught:
        read(data)
    assert says in caught.value.message
    assert caught.value.pointer == "/input/transcript"


@given(st.binary(max_size=200))
def test_no_bytes_crash_the_reader(data):
    with suppress(InvalidInput):
        read_delivered(data, "x", language=None)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3)
       | st.dictionaries(st.sampled_from(["segments", "speakers", "results", "items", "utterances", "Transcript", "words", "start"]), inner, max_size=4)))  # fmt: skip
def test_no_json_crashes_the_reader(value):
    with suppress(InvalidInput):
        read(json.dumps(value))
