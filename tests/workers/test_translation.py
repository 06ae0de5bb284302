"""Translation: the engine with a tiny model made here, and topics found by way of English."""

from __future__ import annotations

from importlib.util import find_spec
from threading import Lock

import pytest

from backend.analysis.analyze import analyze
from backend.analysis.language.shipped import default_topics
from backend.analysis.types import Segment, Settings, Speaker, Transcript
from backend.infra.embedder import load
from tests.workers import tiny
from workers.language.fake import FakeTranslator
from workers.language.transformer import TransformersTranslator
from workers.language.turns import translation_engine

REFUND = "Ich möchte mein Konto sofort kündigen."


@pytest.fixture(scope="module")
def german():
    segment = Segment("c", "consumer", 0, 2_000, REFUND)
    return Transcript("de-DE", 3_000, (Speaker("c", "consumer"),), (segment,))


def test_topics_of_a_german_call_are_found_in_its_translation_and_point_at_the_original(german):
    topic, guides = next(iter(default_topics().items()))
    known = {REFUND: guides[0]}
    translate = translation_engine(FakeTranslator("de", known), Lock(), german.language)
    document = analyze(german, Settings(), embed=load(), translate=translate)
    assert {each["name"]: [passage["segment"] for passage in each["passages"]] for each in document["topics"]} == {topic: [0]}
    skipped = {each["feature"]: each["reason"] for each in document["skipped"]}
    assert "topics" not in skipped
    assert "in its translation topics alone" in skipped["sentiment"]
    assert document["versions"]["models"]["translation"] == "fake 1"


def test_without_a_translator_of_the_language_it_says_so(german):
    assert translation_engine(FakeTranslator("fr", {}), Lock(), german.language) is None
    document = analyze(german, Settings(), embed=load())
    reasons = {each["feature"]: each["reason"] for each in document["skipped"]}
    assert document["topics"] == []
    assert "no translation engine is installed" in reasons["topics"]


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """A Marian model of random weights: its words mean nothing, the way through it is real."""
    folder = tmp_path_factory.mktemp("models")
    tiny.translator(folder / "translation" / "de")
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
