"""Which language is spoken: a tiny label model, built and taught here, through the engine; and what is decided from what was heard."""

from __future__ import annotations

import warnings
from importlib.util import find_spec

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.analysis.types import Engine, Segment, Word
from backend.errors import ConfigurationError
from backend.settings.rules import LANGUAGES
from workers.asr.ambernet import NemoLanguageDetector
from workers.asr.base import RATE
from workers.asr.identification import LEAST_MS, WINDOW_MS, Heard, contradicts, decide, mean, windows
from workers.spoken import believed, compare

GERMAN, ENGLISH, NONSENSE = (
    said.split()
    for said in (
        "ich habe eine frage zu meiner rechnung und die ist leider viel zu hoch für mich was kann ich da tun",
        "i have a question about my bill and it is much too high for me so what can you do about this",
        "krel vomp asti durk blin sorv maket pliss ondra vek",
    )
)
needs_nemo = pytest.mark.skipif(find_spec("nemo") is None, reason="NeMo is not installed (make setup SPEECH=1)")


def tone(hertz, seconds=4.0, seed=0):
    at = np.arange(int(seconds * RATE)) / RATE
    return (0.3 * np.sin(2 * np.pi * hertz * at) + np.random.default_rng(seed).normal(0, 0.01, at.size)).astype(np.float32)


def build(labels):
    import torch
    from nemo.collections.asr.models import EncDecSpeakerLabelModel
    from omegaconf import OmegaConf

    torch.manual_seed(5)
    module = "nemo.collections.asr.modules."
    jasper = [
        {"filters": 24, "repeat": 1, "kernel": [3], "stride": [1], "dilation": [1], "dropout": 0.0, "residual": False, "separable": True}
    ]
    config = {
        "sample_rate": RATE,
        "train_ds": {"manifest_filepath": None, "sample_rate": RATE, "labels": labels, "batch_size": 1, "shuffle": False},
        "validation_ds": {"manifest_filepath": None, "sample_rate": RATE, "labels": labels, "batch_size": 1, "shuffle": False},
        "preprocessor": {
            "_target_": module + "AudioToMelSpectrogramPreprocessor", "sample_rate": RATE, "normalize": "none", "window_size": 0.025,
            "window_stride": 0.02, "window": "hann", "features": 24, "n_fft": 512, "dither": 0.0,
        },
        "encoder": {"_target_": module + "ConvASREncoder", "feat_in": 24, "activation": "relu", "conv_mask": True, "jasper": jasper},
        "decoder": {
            "_target_": module + "SpeakerDecoder", "feat_in": 24, "num_classes": len(labels), "pool_mode": "xvector", "emb_sizes": 16,
            "angular": False,
        },
        "loss": {"_target_": "nemo.collections.common.losses.CrossEntropyLoss"},
        "optim": {"name": "adamw", "lr": 1e-3},
    }  # fmt: skip
    model = EncDecSpeakerLabelModel(cfg=OmegaConf.create(config))
    model.cfg.train_ds.labels = labels  # taken away where there is no list of sounds to read them from
    return model


def teach(model, sounds):
    """A few steps on one sound a label: enough to tell low from high."""
    import torch

    signal, length = torch.tensor(np.stack(sounds)), torch.tensor([sound.size for sound in sounds])
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    model.train()
    for _ in range(40):
        optimizer.zero_grad()
        logits, _ = model.forward(input_signal=signal, input_signal_length=length)
        torch.nn.functional.cross_entropy(logits, torch.arange(len(sounds))).backward()
        optimizer.step()
    return model.eval()


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """A models folder with a model to which low is German and high is Hebrew by its old name."""
    folder = tmp_path_factory.mktemp("models")
    (folder / "language").mkdir()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = teach(build(["de", "iw"]), [tone(300), tone(3_000)])
        model.save_to(str(folder / "language" / "tiny.nemo"))
    return folder


@needs_nemo
@pytest.mark.filterwarnings("ignore")
def test_a_label_model_is_restored_and_tells_its_languages(models):
    detector = NemoLanguageDetector(models)
    assert detector.available()
    assert detector.name.startswith("tiny (NeMo ")
    for hertz, language in ((300, "de"), (3_000, "he")):
        likely = detector.detect(tone(hertz, 6.0, seed=1))
        assert likely.keys() == {"de", "he"}
        assert sum(likely.values()) == pytest.approx(1)
        assert decide(likely, LANGUAGES).language == language


@needs_nemo
@pytest.mark.filterwarnings("ignore")
def test_a_model_without_labels_is_refused(tmp_path):
    (tmp_path / "language").mkdir()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = build(["de", "en"])
        model.cfg.train_ds.labels = None
        model.save_to(str(tmp_path / "language" / "mute.nemo"))
    with pytest.raises(ConfigurationError, match="labels"):
        NemoLanguageDetector(tmp_path).detect(tone(300))


def test_without_a_model_there_is_no_detector(tmp_path):
    assert not NemoLanguageDetector(tmp_path).available()


@pytest.mark.parametrize(
    ("likely", "language", "certain"),
    [
        ({"de": 0.9, "en": 0.1}, "de", True),
        ({"de": 0.4, "no": 0.35, "da": 0.2}, "de", True),  # two thirds of what the account's languages hold
        ({"tr": 0.8, "de": 0.2}, "tr", True),
        ({"tr": 0.5, "de": 0.3, "en": 0.2}, "de", False),
        ({"de": 0.5, "en": 0.5}, "de", False),
        ({"cs": 0.4, "sk": 0.4, "pl": 0.2}, "pl", False),
        ({"tr": 0.5, "ar": 0.5}, "tr", False),
    ],
)
def test_the_accounts_languages_come_first_and_doubt_is_said(likely, language, certain):
    heard = decide(likely, LANGUAGES)
    assert (heard.language, heard.certain) == (language, certain)
    assert 0 <= heard.confidence <= 1


def test_nothing_heard_is_nothing_said():
    assert decide({}, LANGUAGES) is None
    assert mean([]) == {}
    assert mean([(3, {"de": 1.0}), (1, {"de": 0.0, "en": 1.0})]) == {"de": 0.75, "en": 0.25}


def test_what_was_declared_falls_only_to_what_is_clear_and_no_neighbour():
    assert contradicts(Heard("de", 0.95, True), "en")
    assert not contradicts(Heard("de", 0.7, True), "en")
    assert not contradicts(Heard("no", 0.99, True), "da")
    assert not contradicts(Heard("en", 0.99, True), "en")


@given(st.lists(st.lists(st.tuples(st.integers(0, 200_000), st.integers(0, 40_000)), max_size=6), min_size=1, max_size=3))
def test_windows_lie_in_the_speech_and_are_never_longer_than_ten_seconds(raw):
    speech = [[(start, start + length) for start, length in spans] for spans in raw]
    found = windows(speech)
    whole = sum(length for spans in raw for _, length in spans)
    assert bool(found) == (whole >= LEAST_MS)
    for window in found:
        assert sum(end - start for _, start, end in window) <= WINDOW_MS
        assert all(any(first <= start < end <= last for first, last in speech[channel]) for channel, start, end in window)


class Scripted:
    """A recogniser that says for each language what it was told to, as one engine or another."""

    def __init__(self, **said):
        self._said = said
        self.asked = []

    def installed(self):
        return True

    def languages(self):
        return frozenset(self._said)

    def engine(self, language):
        return Engine(self._said[language][0], "1", None)

    def recognize(self, sound, language, speech, share):
        self.asked.append(language)
        _, words, confidence = self._said[language]
        return [Word(text, place * 300, place * 300 + 300, confidence) for place, text in enumerate(words)]


def tried(**said):
    recognizer = Scripted(**said)
    return compare(recognizer, tone(300), sorted(said)), recognizer.asked


def test_the_transcript_that_reads_best_tells_the_language():
    heard, asked = tried(de=("g", GERMAN, 0.95), en=("e", NONSENSE, 0.5))
    assert (heard.language, heard.certain, heard.by) == ("de", True, "transcripts")
    assert asked == ["de", "en"]


def test_one_model_of_several_languages_is_asked_until_its_words_stay_the_same():
    heard, asked = tried(de=("m", ENGLISH, 0.9), en=("m", ENGLISH, 0.9), fr=("m", ENGLISH, 0.9))
    assert (heard.language, heard.certain, asked) == ("en", True, ["de"])
    heard, asked = tried(de=("m", NONSENSE, 0.4), en=("m", NONSENSE, 0.4), fr=("m", ENGLISH, 0.9))
    assert (heard, asked) == (None, ["de", "en"])


def test_two_that_read_equally_well_or_none_that_does_are_uncertain():
    heard, _ = tried(de=("g", GERMAN, 0.9), en=("e", ENGLISH, 0.9))
    assert not heard.certain
    heard, _ = tried(de=("g", NONSENSE * 4, 0.9), en=("e", NONSENSE * 4, 0.9))
    assert (heard.language, heard.certain) == ("und", False)


def segment(words, confidence):
    spoken = tuple(Word(text, place * 300, place * 300 + 300, confidence) for place, text in enumerate(words))
    return [Segment("a", "agent", 0, 60_000, " ".join(words), spoken)]


def test_a_transcript_that_reads_like_another_language_or_like_none_is_not_believed():
    assert believed(segment(ENGLISH * 2, 0.3), "en") is None
    heard = believed(segment(GERMAN * 2, 0.9), "en")
    assert (heard.language, heard.certain) == ("de", True)
    assert believed(segment(NONSENSE * 4, 0.9), "en") is None
    assert believed(segment(NONSENSE * 4, 0.3), "en") == Heard("en", 0.3, False, "transcripts")
    assert believed(segment(NONSENSE[:9], 0.3), "en") is None


def test_a_few_words_of_no_language_are_not_believed_either():
    """What an English model makes of nine seconds of German: eleven words, half sure of them."""
    said = ["a", "cacut", "ctiitec", "tn", "c", "cth", "ctvhiccctitc", "t", "ctcaalcatt", "cave", "tcu"]
    assert believed(segment(said, 0.5), "en") == Heard("en", 0.5, False, "transcripts")
    assert believed(segment(said, 0.7), "en") is None
    # Few words of another language may be names and loans: nothing is concluded from them.
    assert believed(segment((GERMAN * 2)[:20], 0.3), "en") is None
