"""Translation: the engine with a tiny model made here, and topics found by way of English."""

from __future__ import annotations

import json
from importlib.util import find_spec

import pytest

from backend.analysis.analyze import analyze
from backend.analysis.language.shipped import default_topics
from backend.analysis.types import Segment, Settings, Speaker, Transcript
from backend.infra.embedder import load
from workers.analysing import _translation
from workers.deps import Engines
from workers.language.fake import FakeTranslator
from workers.language.transformer import TransformersTranslator

REFUND = "Ich möchte mein Konto sofort kündigen."


@pytest.fixture(scope="module")
def german():
    segment = Segment("c", "consumer", 0, 2_000, REFUND)
    return Transcript("de-DE", 3_000, (Speaker("c", "consumer"),), (segment,))


def engines(translator):
    return Engines(None, None, lambda: None, translator=translator)


def test_topics_of_a_german_call_are_found_in_its_translation_and_point_at_the_original(german):
    topic, guides = next(iter(default_topics().items()))
    known = {REFUND: guides[0]}
    translate = _translation(engines(FakeTranslator("de", known)), german.language)
    document = analyze(german, Settings(), embed=load(), translate=translate)
    assert {each["name"]: [passage["segment"] for passage in each["passages"]] for each in document["topics"]} == {topic: [0]}
    skipped = {each["feature"]: each["reason"] for each in document["skipped"]}
    assert "topics" not in skipped
    assert "in its translation topics alone" in skipped["sentiment"]
    assert document["versions"]["models"]["translation"] == "fake 1"


def test_without_a_translator_of_the_language_it_says_so(german):
    assert _translation(engines(FakeTranslator("fr", {})), german.language) is None
    document = analyze(german, Settings(), embed=load())
    reasons = {each["feature"]: each["reason"] for each in document["skipped"]}
    assert document["topics"] == []
    assert "no translation engine is installed" in reasons["topics"]


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """A Marian model of random weights: its words mean nothing, the way through it is real."""
    import sentencepiece
    from transformers import MarianConfig, MarianMTModel

    folder = tmp_path_factory.mktemp("models")
    home = folder / "translation" / "de"
    home.mkdir(parents=True)
    (home / "text").write_text("ich möchte mein konto kündigen i want to cancel my account please\n" * 50)
    sentencepiece.SentencePieceTrainer.train(
        input=str(home / "text"), model_prefix=str(home / "source"), vocab_size=60, hard_vocab_limit=False, minloglevel=2
    )
    (home / "source.model").rename(home / "source.spm")
    (home / "target.spm").write_bytes((home / "source.spm").read_bytes())
    pieces = [line.split("\t")[0] for line in (home / "source.vocab").read_text().splitlines()][3:]
    (home / "vocab.json").write_text(json.dumps({piece: place for place, piece in enumerate(["</s>", "<unk>", *pieces, "<pad>"])}))
    (home / "tokenizer_config.json").write_text('{"source_lang": "de", "target_lang": "en", "tokenizer_class": "MarianTokenizer"}')
    size = len(pieces) + 3
    config = MarianConfig(
        vocab_size=size, d_model=16, encoder_layers=1, decoder_layers=1, encoder_attention_heads=2, decoder_attention_heads=2,
        encoder_ffn_dim=32, decoder_ffn_dim=32, max_position_embeddings=256, pad_token_id=size - 1, eos_token_id=0,
        decoder_start_token_id=size - 1, forced_eos_token_id=0,
    )  # fmt: skip
    MarianMTModel(config).save_pretrained(str(home))
    return folder


@pytest.mark.skipif(find_spec("transformers") is None, reason="transformers is not installed (make setup SPEECH=1)")
@pytest.mark.filterwarnings("ignore")
def test_a_tiny_model_goes_through_the_engine_in_order(models):
    translator = TransformersTranslator(models)
    assert translator.languages() == {"de"}
    assert translator.name("de").startswith("de sha256:")
    texts = ["ich möchte kündigen", "konto", REFUND]
    together = translator.translate(texts, "de")
    assert len(together) == 3
    assert all(isinstance(text, str) for text in together)


def test_without_models_there_are_no_languages(tmp_path):
    assert TransformersTranslator(tmp_path).languages() == frozenset()
