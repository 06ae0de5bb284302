# ruff: noqa: E501
"""The JSON of vendors, each with its ways of naming speakers, words and times."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from backend.analysis.reading import read_transcript
from backend.errors import InvalidInput
from backend.interactions.transcripts import detect_format
from tests.transcripts.reading import read, said

SHARED = Path(__file__).parents[3] / "shared" / "data"
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


TELLS = {"contact-lens", "deepgram", "assay"}


@pytest.mark.parametrize("name", VENDORS)
def test_json_of_vendors(name):
    found = read(VENDORS[name])
    assert (found.format, detect_format(json.dumps(VENDORS[name]).encode(), "t")) == (name, name)
    agent, consumer = ("agent", "consumer") if name in TELLS else ("other", "other")
    assert said(found) == [(agent, 0, 900, "Hello."), (consumer, 1000, 2000, "Hi.")]
    assert read_transcript(found.document).segments[0].text == "Hello."


def words(delivered, segment=0):
    return [(w["text"], w["start_ms"], w["end_ms"]) for w in delivered.document["segments"][segment]["words"]]


def test_punctuation_of_call_analytics_belongs_to_the_word_before():
    items = [
        {"Type": "pronunciation", "Content": "Hello", "BeginOffsetMillis": 0, "EndOffsetMillis": 400, "Confidence": "0.9"},
        {"Type": "punctuation", "Content": ",", "Confidence": "0.0"},
        {"Type": "pronunciation", "Content": "Ana", "BeginOffsetMillis": 500, "EndOffsetMillis": 900},
    ]
    turn = {"ParticipantRole": "AGENT", "BeginOffsetMillis": 0, "EndOffsetMillis": 900, "Content": "Hello, Ana", "Items": items}
    found = read({"Transcript": [turn], "ConversationCharacteristics": {"TotalConversationDurationMillis": 5000}, "LanguageCode": "en-US"})
    assert words(found) == [("Hello,", 0, 400), ("Ana", 500, 900)]
    assert found.document["duration_ms"] == 5000
    assert found.document["segments"][0]["words"][0]["confidence"] == 0.9


def spoken(text, start, end, **more):
    return {"type": "pronunciation", "start_time": str(start), "end_time": str(end), "alternatives": [{"content": text}], **more}


def test_channels_of_transcribe_are_the_two_sides():
    channels = [{"channel_label": "ch_0", "items": [spoken("Hello", 0, 0.9)]}, {"channel_label": "ch_1", "items": [spoken("Hi", 1, 2)]}]
    assert said(read({"results": {"channel_labels": {"channels": channels}, "items": []}})) == [
        ("agent", 0, 900, "Hello"),
        ("consumer", 1000, 2000, "Hi"),
    ]


def test_older_files_of_transcribe_keep_speakers_beside_the_words():
    beside = [{"items": [{"start_time": "0.0", "speaker_label": "spk_0"}]}, {"items": [{"start_time": "1.0", "speaker_label": "spk_1"}]}]
    found = read({"results": {"speaker_labels": {"segments": beside}, "items": [spoken("Hello", "0.0", 0.9), spoken("Hi", "1.0", 2)]}})
    assert [s["speaker"] for s in found.document["segments"]] == ["spk_0", "spk_1"]


def test_long_runs_are_cut_at_full_stops_and_pauses():
    items = [spoken("Yes.", 0, 0.4), spoken("I", 0.5, 0.6), spoken("am", 0.7, 0.9), spoken("here", 3, 3.5)]
    found = read({"results": {"items": items}})
    assert [s["text"] for s in found.document["segments"]] == ["Yes.", "I am", "here"]


def test_words_of_whisper_beside_the_segments():
    found = read({"language": "english", "duration": 9.5, "segments": [{"start": 0, "end": 1, "text": "Hello you"}, {"start": 1, "end": 2, "text": "Hi"}],
                  "words": [{"word": "Hello", "start": 0, "end": 0.4}, {"word": "you", "start": 0.5, "end": 0.9}, {"word": "Hi", "start": 1.1, "end": 1.5}]})  # fmt: skip
    assert words(found) == [("Hello", 0, 400), ("you", 500, 900)]
    assert (found.document["duration_ms"], found.document["speakers"][0]["role"]) == (9500, "other")


def test_a_bare_list_of_segments_and_whisper_cpp():
    assert read([{"start": 0, "end": 1, "text": "Hello"}]).format == "whisper"
    found = read({"result": {"language": "de"}, "transcription": [{"offsets": {"from": 0, "to": 900}, "text": " Hallo."}]})
    assert (found.format, found.document["language"], said(found)) == ("whisper.cpp", "de", [("other", 0, 900, "Hallo.")])


def test_channels_of_assemblyai_and_utterances_of_deepgram():
    found = read(
        {
            "utterances": [
                {"channel": "1", "start": 0, "end": 900, "text": "Hello."},
                {"channel": "2", "start": 1000, "end": 2000, "text": "Hi."},
            ]
        }
    )
    assert said(found) == [("agent", 0, 900, "Hello."), ("consumer", 1000, 2000, "Hi.")]
    found = read({"metadata": {"duration": 7.5}, "results": {"utterances": [
        {"channel": 1, "start": 1, "end": 2, "transcript": "Hi."}, {"channel": 0, "start": 0, "end": 0.9, "transcript": "Hello."}]}})  # fmt: skip
    assert said(found) == [("agent", 0, 900, "Hello."), ("consumer", 1000, 2000, "Hi.")]
    assert found.document["duration_ms"] == 7500


def test_a_real_chat_is_refused_with_the_reason():
    file = SHARED / "azure-speech" / "Json_input_customer_support.json"
    if not file.exists():
        pytest.skip("the chat is not beside the project")
    with pytest.raises(InvalidInput, match="a chat without times"):
        read(file.read_bytes())


def test_half_a_character_does_not_get_through():
    found = read('{"segments": [{"start": 0, "end": 1, "text": "a \\ud83d b \\ud83d\\ude00"}]}')
    assert found.document["segments"][0]["text"] == "a ? b 😀"
