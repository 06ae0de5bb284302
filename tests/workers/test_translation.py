"""Translation: the engine with a tiny model made here, and topics found by way of English."""

from __future__ import annotations

from importlib.util import find_spec
from threading import Lock

import pytest

from backend.analyses import translations
from backend.analyses.rules import Names
from backend.analyses.translations import Stored
from backend.analysis.analyze import analyze
from backend.analysis.language.shipped import default_topics
from backend.analysis.types import Segment, Settings, Speaker, Transcript
from backend.db.sealed import Sealers
from backend.errors import ConfigurationError
from backend.infra.embedder import load
from tests.api.seed import add_interaction
from tests.workers import tiny
from workers.analysing import Given, analysed, keep_translation
from workers.deps import Engines
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


@pytest.mark.skipif(find_spec("transformers") is None, reason="transformers is not installed (make setup SPEECH=1)")
@pytest.mark.filterwarnings("ignore")
def test_a_model_that_is_replaced_while_the_worker_runs_is_another_and_loaded_anew(tmp_path):
    home = tiny.translator(tmp_path / "translation" / "de")
    translator = TransformersTranslator(tmp_path)
    before = translator.name("de")
    translator.translate([REFUND], "de")
    (home / "model.safetensors").write_bytes(b"another")
    assert translator.name("de") != before
    with pytest.raises(ConfigurationError, match="transformers cannot load the model"):
        translator.translate([REFUND], "de")


def test_without_models_there_are_no_languages(tmp_path):
    assert TransformersTranslator(tmp_path).languages() == frozenset()


class Counting(FakeTranslator):
    """Knows how many sentences it was asked for, and may be another version."""

    asked = 0
    version = "fake 1"

    def name(self, language):
        return self.version

    def translate(self, texts, language):
        self.asked += len(texts)
        return super().translate(texts, language)


def given(document, stored=None):
    names = Names({}, {}, {})
    return Given(1, document, "delivered", False, True, False, Settings(), names, stored)


def document_of(*texts):
    segments = [
        {"speaker": "c", "start_ms": 1_000 * place, "end_ms": 1_000 * place + 900, "text": text} for place, text in enumerate(texts)
    ]
    return {"language": "de", "duration_ms": 9_000, "speakers": [{"id": "c", "role": "consumer"}], "segments": segments}


def analysed_by(translator, document, stored=None):
    return analysed(given(document, stored), Engines(None, None, load, translator=translator), lambda share: None)


def test_the_same_words_are_translated_once_by_an_engine_and_again_by_another(german):
    translator = Counting("de", {REFUND: "I want to cancel my account at once."})
    document = document_of(f"{REFUND} Ja. 4711", None, REFUND)
    made, translation = analysed_by(translator, document)
    assert translator.asked == 2
    assert translation.texts() == ["I want to cancel my account at once. Ja. 4711", None, "I want to cancel my account at once."]
    assert "translation" not in made
    again, same = analysed_by(translator, document, Stored(7, translation))
    assert (translator.asked, same, again) == (2, translation, made)
    other_role = document | {"speakers": [{"id": "c", "role": "agent"}]}
    assert analysed_by(translator, other_role, Stored(7, translation))[1] is translation
    other_words = analysed_by(translator, document_of("Ja."), Stored(7, translation))[1]
    assert other_words.texts() == ["Ja."]
    translator.version = "fake 2"
    assert analysed_by(translator, document, Stored(7, translation))[1].engine == "fake 2"


def test_english_and_languages_without_an_engine_have_no_translation():
    translator = Counting("de", {})
    for language in ("en", "fr"):
        assert analysed_by(translator, document_of("Hello there.") | {"language": language})[1] is None
    assert translator.asked == 0


async def test_it_is_kept_once_and_named_by_the_analyses_that_were_made_with_it(db, world, keys):
    row = await add_interaction(db, world)
    document = document_of(REFUND)
    translator = Counting("de", {})
    translation = analysed_by(translator, document)[1]
    async with db.writing(world.id) as session:
        sealer = await Sealers(keys).of(session, world.id)
        assert await keep_translation(session, sealer, row.id, given(document), None) is None
        first = await keep_translation(session, sealer, row.id, given(document), translation)
        stored = await translations.newest(session, sealer, row.id)
        assert stored == Stored(first, translation)
        assert await keep_translation(session, sealer, row.id, given(document, stored), translation) == first
        translator.version = "fake 2"
        renewed = analysed_by(translator, document, stored)[1]
        assert await keep_translation(session, sealer, row.id, given(document, stored), renewed) > first
        assert (await translations.newest(session, sealer, row.id)).translation.engine == "fake 2"
