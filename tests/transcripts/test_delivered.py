# ruff: noqa: E501
"""Transcripts of contact centres and vendors become the interchange document, or are refused with the place of the fault."""

from __future__ import annotations

import html
import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import InvalidInput
from backend.interactions.transcripts import read_delivered
from tests.transcripts.reading import read, said
from tests.transcripts.test_vendors import VENDORS

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


def test_webvtt_with_voices():
    found = read(VTT, language="en-GB")
    assert (found.format, found.document["language"]) == ("webvtt", "en-GB")
    assert said(found) == [
        ("agent", 1000, 3500, "Thanks for calling, this is Maya."),
        ("consumer", 4000, 5700, "Hello & good day."),
        ("agent", 5700, 6000, "Hi."),
    ]


def test_srt_with_names_before_a_colon():
    assert said(read(SRT)) == [("agent", 1000, 2000, "Hello there."), ("consumer", 2500, 4000, "I lost my card. It is blue.")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
def test_encodings(encoding):
    assert said(read(SRT.replace("blue", "grün").encode(encoding)))[1][3].endswith("grün.")


def roles(*names: str) -> list[str]:
    cues = "\n\n".join(f"00:0{i}.000 --> 00:0{i}.500\n<v {name}>words" for i, name in enumerate(names))
    return [role for role, *_ in said(read(f"WEBVTT\n\n{cues}"))]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Ana", "Bo", "Cy"], ["other"] * 3),
        (["Ana", "Bo"], ["other"] * 2),
        (["Ana", "Agent Maya"], ["consumer", "agent"]),
        (["Maya (agent)", "Ana"], ["agent", "consumer"]),
        (["Caller", "Ana"], ["consumer", "agent"]),
        (["Agent Maya", "Agent Tom", "Customer"], ["agent", "agent", "consumer"]),
        (["Agent Maya", "Ana", "Bo"], ["agent", "other", "other"]),
        (["Agent", "Customer", "Zed"], ["agent", "consumer", "other"]),
        (["IVR", "Ana", "Bo"], ["other"] * 3),
        (["Customer Support", "KUNDE"], ["agent", "consumer"]),
        (["Agent of the customer", "Ana"], ["other"] * 2),
        (["Agentha", "Clients"], ["other"] * 2),
    ],
)
def test_roles_are_those_that_names_say_and_no_guesses(names, expected):
    assert roles(*names) == expected


def test_only_names_stand_before_a_colon():
    lines = [
        "Maya Lopez: Hello.",
        "Note: this is recorded.",
        "Ben: Hi.",
        "Two things: one, two.",
        "Maya Lopez: Yes?",
        "Ben: My order.",
        "It is late.",
    ]
    cues = "\n\n".join(f"{i}\n00:00:0{i},000 --> 00:00:0{i},900\n{line}" for i, line in enumerate(lines))
    segments = read(cues).document["segments"]
    assert [(s["speaker"], s["text"]) for s in segments] == [
        ("Maya Lopez", "Hello."), ("Maya Lopez", "Note: this is recorded."), ("Ben", "Hi."), ("Ben", "Two things: one, two."),
        ("Maya Lopez", "Yes?"), ("Ben", "My order."), ("Ben", "It is late."),
    ]  # fmt: skip


def test_lines_of_one_cue_may_be_two_speakers():
    found = read("1\n00:00:01,000 --> 00:00:03,000\nAgent: Hello\nthere.\nCustomer: Hi there all.\n")
    assert said(found) == [("agent", 1000, 1960, "Hello there."), ("consumer", 1960, 3000, "Hi there all.")]


def test_brackets_are_speakers_only_where_they_say_a_role():
    found = read("1\n00:00:01,000 --> 00:00:03,000\n[Agent] Hello.\n\n2\n00:00:04,000 --> 00:00:05,000\n[music] la la\n")
    assert [(s["speaker"], s["text"]) for s in found.document["segments"]] == [("Agent", "Hello."), ("Agent", "[music] la la")]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_faults_count_lines_as_editors_do(newline):
    text = newline.join(["WEBVTT", "", "00:01.000 --> 00:02.000", "a\u2028b\x0bc", "", "00:03.000 --> 00:02.000", "d"])
    with pytest.raises(InvalidInput, match="line 6"):
        read(text)


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
        ({"segments": [{"start": 2, "end": 1, "text": "a"}]}, "/segments/0"),
        ('{"segments": [{"start": 1e999, "end": 1, "text": "a"}]}', "/segments/0/start"),
        ('{"segments": [{"start": ' + "9" * 400 + ', "end": 1, "text": "a"}]}', "/segments/0/start"),
        ('{"segments": ' + "9" * 5000 + "}", "thousands of digits"),
        ("[" * 100_000, "too deeply"),
        ({"Transcript": [], "Channel": "CHAT"}, "/Channel"),
        ({**VENDORS["assay"], "segments": [{"speaker": "z", "start_ms": 0, "end_ms": 1, "text": "a"}]}, "/segments/0/speaker"),
        ({"Transcript": [{"BeginOffsetMillis": -1, "EndOffsetMillis": 0}]}, "/Transcript/0/BeginOffsetMillis"),
        ({"results": {"items": [{"type": "pronunciation", "start_time": None}]}}, "/results/items/0/start_time"),
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


NAMES = st.sampled_from(["Agent Maya", "Customer", "Ana", "Bo & Co", "Zoë"])
WORDS = st.text(st.characters(categories=["L", "N"], include_characters=" &<>'"), min_size=1, max_size=30).filter(
    lambda t: t.strip() and ">" not in t and "<" not in t
)
CUES = st.lists(st.tuples(st.integers(0, 10**8), st.integers(1, 10**6), NAMES, WORDS), min_size=1, max_size=8)


def stamp(ms: int) -> str:
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


@given(CUES)
def test_what_was_written_as_webvtt_is_read_again(cues):
    text = "WEBVTT\n\n" + "\n\n".join(
        f"{stamp(start)} --> {stamp(start + length)}\n<v {html.escape(name)}>{html.escape(words)}</v>"
        for start, length, name, words in cues
    )
    found = [(s["start_ms"], s["end_ms"], s["speaker"], s["text"]) for s in read(text, language="en").document["segments"]]
    wanted = [(start, start + length, name, " ".join(words.split())) for start, length, name, words in cues]
    assert found == sorted(wanted, key=lambda cue: cue[:2])
