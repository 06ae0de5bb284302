"""A tiny NeMo model, built here, through the engine: restored from the models folder, long sound in chunks, words with times."""

from __future__ import annotations

import shutil
import warnings
from importlib.util import find_spec
from types import SimpleNamespace

import numpy as np
import pytest

from backend.errors import ConfigurationError
from workers.asr.nemo import NemoRecognizer, _told

pytestmark = [
    pytest.mark.skipif(find_spec("nemo") is None, reason="NeMo is not installed (make setup SPEECH=1)"),
    pytest.mark.filterwarnings("ignore"),
]
SAMPLE_RATE = 16_000


@pytest.fixture(scope="session")
def models(tmp_path_factory):
    """A models folder with a CTC model of random weights for English, and a word about it."""
    folder = tmp_path_factory.mktemp("models")
    (folder / "asr" / "en").mkdir(parents=True)
    (folder / "asr" / "en" / "models.json").write_text('{"tiny.nemo": {"name": "tiny", "version": "7", "keeps_fillers": true}}')
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        build(pieces(tmp_path_factory.mktemp("pieces"))).save_to(str(folder / "asr" / "en" / "tiny.nemo"))
    return folder


def pieces(folder):
    """A tokeniser of 40 pieces, as NeMo wants it."""
    import sentencepiece

    (folder / "text").write_text("thank you for calling how can i help with your order today\n" * 50)
    sentencepiece.SentencePieceTrainer.train(
        input=str(folder / "text"), model_prefix=str(folder / "tokenizer"), vocab_size=40, hard_vocab_limit=False, minloglevel=2
    )
    vocabulary = [line.split("\t")[0] for line in (folder / "tokenizer.vocab").read_text().splitlines()]
    (folder / "vocab.txt").write_text("\n".join(vocabulary[1:]))
    return folder


def build(tokenizer):
    import torch
    from nemo.collections.asr.models import EncDecCTCModelBPE
    from omegaconf import OmegaConf

    torch.manual_seed(3)
    module = "nemo.collections.asr.modules."
    preprocessor = {
        "_target_": module + "AudioToMelSpectrogramPreprocessor", "sample_rate": SAMPLE_RATE, "normalize": "per_feature",
        "window_size": 0.025, "window_stride": 0.01, "window": "hann", "features": 40, "n_fft": 512, "dither": 0.0, "pad_to": 0,
    }  # fmt: skip
    encoder = {
        "_target_": module + "ConformerEncoder", "feat_in": 40, "feat_out": -1, "n_layers": 1, "d_model": 16, "subsampling": "striding",
        "subsampling_factor": 4, "subsampling_conv_channels": 8, "ff_expansion_factor": 2, "self_attention_model": "rel_pos", "n_heads": 2,
        "conv_kernel_size": 5, "dropout": 0.0, "dropout_emb": 0.0, "dropout_att": 0.0, "dropout_pre_encoder": 0.0,
    }  # fmt: skip
    decoder = {"_target_": module + "ConvASRDecoder", "feat_in": 16, "num_classes": -1, "vocabulary": []}
    unused = {"manifest_filepath": None, "sample_rate": SAMPLE_RATE, "batch_size": 1, "shuffle": False, "use_start_end_token": False}
    config = {
        "sample_rate": SAMPLE_RATE, "preprocessor": preprocessor, "encoder": encoder, "decoder": decoder, "validation_ds": unused,
        "tokenizer": {"dir": str(tokenizer), "type": "bpe"},
        "decoding": {"strategy": "greedy_batch"},
        "optim": {"name": "adamw", "lr": 1e-3},
    }  # fmt: skip
    return EncDecCTCModelBPE(cfg=OmegaConf.create(config))


def test_the_model_gives_words_inside_the_speech_with_confidences(models):
    recognizer = NemoRecognizer(models)
    assert recognizer.languages() == {"en"}
    engine = recognizer.engine("en")
    assert (engine.name, engine.keeps_fillers) == ("tiny", True)
    assert engine.version.startswith("7 (NeMo ")
    sound = np.random.default_rng(1).normal(0, 0.1, 40 * SAMPLE_RATE).astype(np.float32)
    speech = [(1_000, 4_000), (10_000, 38_000)]
    shares: list[float] = []
    words = recognizer.recognize(sound, "en", speech, shares.append)
    assert words
    assert shares[-1] == 1.0
    assert all(any(start - 200 <= word.start_ms <= word.end_ms <= end + 200 for start, end in speech) for word in words)
    assert words == sorted(words, key=lambda word: word.start_ms)
    assert all(0 <= word.confidence <= 1 for word in words)


def test_a_model_that_is_replaced_while_the_worker_runs_is_loaded_anew(models, tmp_path):
    path = tmp_path / "asr" / "en" / "tiny.nemo"
    path.parent.mkdir(parents=True)
    shutil.copy(models / "asr" / "en" / "tiny.nemo", path)
    recognizer = NemoRecognizer(tmp_path)
    sound = np.random.default_rng(1).normal(0, 0.1, 2 * SAMPLE_RATE).astype(np.float32)
    assert recognizer.recognize(sound, "en", [(0, 2_000)], lambda share: None)
    assert recognizer.engine("en").name == "tiny"
    path.write_bytes(b"another")
    (path.parent / "models.json").write_text('{"tiny.nemo": {"name": "other", "version": "8"}}')
    assert recognizer.engine("en").name == "other"
    with pytest.raises(ConfigurationError, match=r"NeMo cannot load the model in .*tiny\.nemo: not a gzip file\. Put another"):
        recognizer.recognize(sound, "en", [(0, 2_000)], lambda share: None)


def test_silence_has_no_words(models):
    assert NemoRecognizer(models).recognize(np.zeros(SAMPLE_RATE, np.float32), "en", [], lambda share: None) == []


def transducer(tokenizer):
    """A tiny RNNT of random weights: its words mean nothing, their times are real."""
    import torch
    from nemo.collections.asr.models import EncDecRNNTBPEModel
    from omegaconf import OmegaConf

    torch.manual_seed(4)
    module = "nemo.collections.asr.modules."
    config = OmegaConf.to_container(build(tokenizer).cfg)
    for name in ("decoder", "decoding", "target", "nemo_version"):
        config.pop(name, None)
    config |= {
        "model_defaults": {"enc_hidden": 16, "pred_hidden": 16, "joint_hidden": 16},
        "decoder": {
            "_target_": module + "RNNTDecoder", "normalization_mode": None, "random_state_sampling": False,
            "blank_as_pad": True, "prednet": {"pred_hidden": 16, "pred_rnn_layers": 1, "t_max": None, "dropout": 0.0},
        },
        "joint": {
            "_target_": module + "RNNTJoint", "log_softmax": None, "preserve_memory": False, "fuse_loss_wer": False,
            "jointnet": {"joint_hidden": 16, "activation": "relu", "dropout": 0.0},
        },
        "decoding": {"strategy": "greedy_batch", "greedy": {"max_symbols": 2, "use_cuda_graph_decoder": False}},
        "loss": {"loss_name": "pytorch"},
    }  # fmt: skip
    return EncDecRNNTBPEModel(cfg=OmegaConf.create(config))


@pytest.mark.parametrize("make", [build, transducer])
def test_a_long_recording_in_chunks_gives_what_each_stretch_alone_gives_at_its_place(make, tmp_path):
    """Times within 40 ms, a frame of the model."""
    (tmp_path / "asr" / "en").mkdir(parents=True)
    (tmp_path / "pieces").mkdir()
    path = tmp_path / "asr" / "en" / "tiny.nemo"
    make(pieces(tmp_path / "pieces")).save_to(str(path))
    sound = np.random.default_rng(1).normal(0, 0.1, 90 * SAMPLE_RATE).astype(np.float32)
    speech = [(1_000, 4_000), (20_000, 24_000), (70_000, 88_000)]
    together = NemoRecognizer(tmp_path).recognize(sound, "en", speech, lambda share: None)
    alone = NemoRecognizer(tmp_path)
    for start, end in speech:
        first, last = start - 200, min(end + 200, 90_000)
        own = alone.recognize(sound[first * 16 : last * 16], "en", [(200, end - first)], lambda share: None)
        found = [word for word in together if first <= word.start_ms <= last]
        assert own
        assert [word.text for word in found] == [word.text for word in own]
        assert all(abs(word.start_ms - first - other.start_ms) <= 40 for word, other in zip(found, own, strict=True))
        assert all(abs(word.end_ms - first - other.end_ms) <= 40 for word, other in zip(found, own, strict=True))


def test_where_no_spaces_part_words_each_character_has_its_time(models, tmp_path):
    (tmp_path / "asr").mkdir()
    (tmp_path / "asr" / "ja").symlink_to(models / "asr" / "en")
    sound = np.random.default_rng(1).normal(0, 0.1, 6 * SAMPLE_RATE).astype(np.float32)
    words = NemoRecognizer(tmp_path).recognize(sound, "ja", [(500, 5_500)], lambda share: None)
    assert words
    assert all(len(word.text) == 1 for word in words)
    assert [word.start_ms for word in words] == sorted(word.start_ms for word in words)


@pytest.mark.parametrize(
    ("known", "language", "told"),
    [
        ({"hi-IN": 1, "auto": 2}, "hi", {"target_lang": "hi-IN"}),
        ({"en-US": 1, "en": 2}, "en", {"target_lang": "en"}),
        ({"auto": 2}, "ko", {"target_lang": "auto"}),
        (None, "ko", {}),
    ],
)
def test_a_model_that_is_told_the_language_is_told_it_by_its_own_name(known, language, told):
    assert _told(SimpleNamespace(cfg={"model_defaults": {"prompt_dictionary": known}}), language) == told
