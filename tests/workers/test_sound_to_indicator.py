"""
From sound to an indicator, through the real engines: speech activity, NeMo inference, segments, the analysis.

The model is a fixture that knows four sentences by heart (scripts/train_fixture): chosen keywords and their times are asserted, never
accuracy.
"""

from __future__ import annotations

import json
import shutil
import wave
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from backend.analysis.analyze import analyze
from backend.analysis.segmenting import segments_of
from backend.analysis.types import Category, Indicator, Keyword, Settings, Speaker, Transcript
from backend.media.activity import find_activity
from workers.asr.nemo import NemoRecognizer

FIXTURES = Path(__file__).parent / "fixtures"
SAID = [word for sentence in json.loads((FIXTURES / "call.json").read_text()) for word in sentence["words"]]
NEAR_MS = 300
pytestmark = [
    pytest.mark.skipif(find_spec("nemo") is None, reason="NeMo is not installed (make setup SPEECH=1)"),
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(scope="module")
def sound():
    with wave.open(str(FIXTURES / "call.wav")) as file:
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


@pytest.fixture(scope="module")
def recognizer(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    (folder / "asr" / "en").mkdir(parents=True)
    shutil.copy(FIXTURES / "by-heart.nemo", folder / "asr" / "en")
    return NemoRecognizer(folder)


@pytest.fixture(scope="module")
def words(recognizer, sound):
    (speech,) = find_activity([sound])
    return recognizer.recognize(sound.astype(np.float32) / 32_768, "en", speech, lambda share: None)


@pytest.mark.parametrize("keyword", ["cancel", "cancel my account", "thank you for calling", "check that", "nice day"])
def test_an_indicator_is_found_at_the_second_at_which_it_is_said(words, sound, keyword):
    texts, spoken = keyword.split(), [each["text"] for each in SAID]
    first = next(place for place in range(len(SAID)) if spoken[place : place + len(texts)] == texts)
    segments = segments_of({"consumer": words}, "en", {"consumer": "consumer"})
    transcript = Transcript("en", sound.size // 16, (Speaker("consumer", "consumer"),), tuple(segments))
    settings = Settings(categories=(Category("Churn", (Indicator("Leaving", (Keyword(keyword),)),)),))
    (mention,) = analyze(transcript, settings, only="indicators")["mentions"]
    assert abs(mention["start_ms"] - SAID[first]["start_ms"]) <= NEAR_MS
    assert abs(mention["end_ms"] - SAID[first + len(texts) - 1]["end_ms"]) <= NEAR_MS


def test_words_known_by_heart_are_sure_ones(words):
    assert 0.7 < sum(word.confidence for word in words) / len(words) <= 1


def test_chunks_give_the_words_of_the_whole_at_the_same_times(words, recognizer, sound):
    whole = recognizer.recognize(sound.astype(np.float32) / 32_768, "en", [(0, sound.size // 16)], lambda share: None)
    for text in ("cancel", "check", "nice"):
        near, far = ([word for word in found if word.text == text] for found in (words, whole))
        assert len(near) == len(far) == 1
        assert abs(near[0].start_ms - far[0].start_ms) <= 40
        assert abs(near[0].end_ms - far[0].end_ms) <= 40
