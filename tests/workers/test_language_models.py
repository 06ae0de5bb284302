"""Models of an installation in the place of those that ship: found, checked, loaded by transformers, and at work in an analysis."""

from __future__ import annotations

import hashlib
import json
from importlib.util import find_spec
from threading import Lock

import numpy as np
import pytest
from typer.testing import CliRunner

from backend.analysis.analyze import analyze
from backend.analysis.language.ports import Replacements
from backend.analysis.types import Segment, Settings, Speaker, TopicDefinition, Transcript
from backend.errors import ConfigurationError
from backend.infra.embedder import load
from backend.infra.models import lock
from backend.infra.models.local import for_language
from tests.workers import tiny
from workers.cli import app
from workers.deps import Engines
from workers.language.installed import InstalledModels

pytestmark = [
    pytest.mark.skipif(find_spec("transformers") is None, reason="transformers is not installed (make setup SPEECH=1)"),
    pytest.mark.filterwarnings("ignore"),
]
CALL = (
    ("a", "Thank you for calling, how can I help you?"),
    ("c", "I was charged twice on my bill and I want a refund. It is awful."),
    ("a", "I will refund the second charge today."),
    ("c", "4 1 7"),
    ("c", "Great, thank you."),
)
PLAIN = ("negative", "neutral", "positive")


def call(language="en", said=CALL):
    segments = tuple(
        Segment(speaker, "agent" if speaker == "a" else "consumer", 3_000 * place, 3_000 * place + 2_500, text)
        for place, (speaker, text) in enumerate(said)
    )
    return Transcript(language, 20_000, (Speaker("a", "agent"), Speaker("c", "consumer")), segments)


def analysis(folder, transcript=None, settings=None, translate=None):
    engines = Engines(None, None, load, models=InstalledModels(folder))
    transcript = transcript or call()
    instead = engines.instead(transcript.language)
    return analyze(transcript, settings or Settings(), embed=load(), translate=translate, instead=instead)


def labels(document):
    return [each["sentiment"] for each in document["utterances"]]


def engine(folder, kind, language="en"):
    found = InstalledModels(folder).instead(language, Lock())
    return {"sentiment": found.judge, "topics": found.encoder, "summary": found.writer}[kind]


def test_without_models_the_shipped_ones_stay(tmp_path):
    assert InstalledModels(tmp_path).instead("en", Lock()) == Replacements()
    assert InstalledModels(tmp_path).instead("de", Lock()) == Replacements(english=Replacements())
    assert analysis(tmp_path)["versions"]["models"] == analyze(call(), Settings(), embed=load())["versions"]["models"]


def test_a_classifier_decides_the_sentiment_and_is_named_and_the_rules_stay_on_top(tmp_path):
    tiny.classifier(tmp_path / "sentiment" / "gloomy", PLAIN, bias=(9, 0, 0))
    document = analysis(tmp_path)
    # Bare numbers carry no feeling, whatever a model says.
    assert labels(document) == ["negative", "negative", "negative", "neutral", "negative"]
    assert document["sentiment_score"]["value"] < 20
    assert document["versions"]["models"]["sentiment"].startswith("gloomy sha256:")
    assert "transformers" in document["versions"]["models"]["sentiment"]
    assert labels(analyze(call(), Settings(), embed=load())) != labels(document)
    # Of two, the last by name is taken; the agent's courtesies are no joy.
    tiny.classifier(tmp_path / "sentiment" / "sunny", PLAIN, bias=(0, 0, 9))
    assert labels(analysis(tmp_path)) == ["neutral", "positive", "positive", "neutral", "positive"]


def test_texts_read_together_get_what_they_get_alone(tmp_path):
    tiny.classifier(tmp_path / "sentiment" / "random", PLAIN)
    judge = engine(tmp_path, "sentiment")
    texts = [text for _, text in CALL] + ["I want to cancel my contract. " * 20, "no"]
    together = judge(texts)
    assert together == pytest.approx([judge([text])[0] for text in texts], abs=1e-5)
    assert len({round(score, 3) for score in together}) > 3
    assert all(-1 <= score <= 1 for score in together)


@pytest.mark.parametrize(
    ("names", "bias", "score"),
    [
        (("POSITIVE", "NEGATIVE"), (9, 0), 1),
        (("LABEL_0", "LABEL_1", "LABEL_2"), (9, 0, 0), -1),
        (("LABEL_0", "LABEL_1"), (0, 9), 1),
        (("1 star", "2 stars", "3 stars", "4 stars", "5 stars"), (0, 0, 0, 9, 0), 0.5),
        (("Very Negative", "Negative", "Neutral", "Positive", "Very Positive"), (0, 9, 0, 0, 0), -0.5),
    ],
)
def test_labels_are_read_by_their_names(tmp_path, names, bias, score):
    tiny.classifier(tmp_path / "sentiment" / "one", names, bias=[4 * each for each in bias])
    assert engine(tmp_path, "sentiment")(["anything"])[0] == pytest.approx(score, abs=0.01)


@pytest.mark.parametrize("names", [("joy", "anger", "fear"), ("neutral", "positive"), ("LABEL_0", "LABEL_1", "LABEL_2", "LABEL_3")])
def test_labels_that_cannot_be_read_are_refused_with_the_remedy(tmp_path, names):
    home = tiny.classifier(tmp_path / "sentiment" / "odd", names)
    with pytest.raises(ConfigurationError, match=f"odd has the labels {names[0]}, .*assay.json"):
        analysis(tmp_path)
    told = dict(zip(names, ("positive", "negative", "neutral", "neutral"), strict=False))
    tiny.about(home, {"labels": told if len(names) > 2 else {names[0]: "negative"}})
    assert analysis(tmp_path)["versions"]["models"]["sentiment"].startswith("odd ")


def test_what_an_assay_json_may_not_say(tmp_path):
    home = tiny.classifier(tmp_path / "sentiment" / "odd", PLAIN)
    for told, says in (
        ({"langauges": ["de"]}, "'langauges' is not known"),
        ({"languages": "de"}, "'languages' is not known here, or of the wrong kind"),
        ({"thresholds": {"negative": 0.9}}, "negative must lie below positive"),
    ):
        tiny.about(home, told)
        with pytest.raises(ConfigurationError, match=says):
            analysis(tmp_path)


def test_a_model_that_was_pulled_and_changed_is_not_loaded(tmp_path):
    home = tiny.classifier(tmp_path / "hub" / "calm", PLAIN, bias=(0, 9, 0))
    (tmp_path / "sentiment").mkdir()
    (tmp_path / "sentiment" / "calm").symlink_to("../hub/calm")
    files = tuple(
        lock.LockedFile(path.name, path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest()) for path in sorted(home.iterdir())
    )
    lock.write(tmp_path, {"calm": lock.Locked("calm", "x/calm", "0123456789abcdef", "mit", ("de", "en"), files)})
    document = analysis(tmp_path)
    assert document["versions"]["models"]["sentiment"].startswith("calm 0123456789ab (")
    assert set(labels(document)) == {"neutral"}
    assert for_language(tmp_path, "sentiment", "de").name == "calm"
    with (home / "model.safetensors").open("r+b") as file:
        file.seek(-4, 2)
        file.write(b"\x00\x00\x80\x3f")
    with pytest.raises(ConfigurationError, match="calm is not what was pulled"):
        analysis(tmp_path)


def test_a_model_of_several_languages_serves_what_was_skipped(tmp_path):
    home = tiny.classifier(tmp_path / "sentiment" / "many", PLAIN, bias=(9, 0, 0))
    german = call("de", (("a", "Guten Tag."), ("c", "Das ist furchtbar."), ("c", "4 1 7")))
    assert "sentiment" in {each["feature"] for each in analysis(tmp_path, german)["skipped"]}
    tiny.about(home, {"languages": ["de", "en"]})
    document = analysis(tmp_path, german)
    assert labels(document) == ["negative", "negative", "neutral"]
    assert {each["feature"] for each in document["skipped"]} >= {"topics", "next_steps", "good_questions", "summary"}
    assert "sentiment" not in {each["feature"] for each in document["skipped"]}
    assert document["sentiment_score"]["value"] < 25


def test_the_last_model_by_name_of_those_that_cover_the_language_is_taken(tmp_path):
    for name, languages in (("alpha", ["en", "de"]), ("beta", ["en"])):
        tiny.about(tiny.classifier(tmp_path / "sentiment" / name, PLAIN), {"languages": languages})
    assert (for_language(tmp_path, "sentiment", "en").name, for_language(tmp_path, "sentiment", "de").name) == ("beta", "alpha")
    assert for_language(tmp_path, "sentiment", "fr") is None


def test_vectors_of_an_encoder_are_of_length_one_and_the_same_read_together(tmp_path):
    tiny.encoder(tmp_path / "topics" / "random")
    embed = engine(tmp_path, "topics")
    texts = [text for _, text in CALL]
    vectors = embed(texts)
    assert vectors.shape == (len(texts), 32)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(texts)), abs=1e-5)
    assert vectors == pytest.approx(np.concatenate([embed([text]) for text in texts]), abs=1e-5)
    assert embed([]).shape == (0, 32)


def test_topics_on_another_encoder_are_trained_anew(tmp_path):
    tiny.encoder(tmp_path / "topics" / "random", seed=3)
    sentences = (
        "I was charged twice on my bill and I want a refund.",
        "the bill has a charge on it twice",
        "I want a refund of the second charge",
    )
    document = analysis(tmp_path, settings=Settings(topics=(TopicDefinition("Refunds", sentences),)))
    assert document["versions"]["models"]["topics"].startswith("topics-anew-2 on random sha256:")
    assert document["versions"]["models"]["encoder"].startswith("all-MiniLM-L6-v2@")
    found = {each["name"]: [passage["segment"] for passage in each["passages"]] for each in document["topics"]}
    assert 1 in found.get("Refunds", [])


def test_a_written_summary_keeps_what_is_supported_and_names_its_passages(tmp_path, monkeypatch):
    tiny.writer(tmp_path / "summary" / "scribe")
    wrote = engine(tmp_path, "summary")([f"Agent: {text}" for _, text in CALL] * 12)
    assert len(wrote) > 1
    assert all(isinstance(text, str) for text in wrote)
    lines = [
        "The customer was charged twice on the bill. The agent cancels a credit card.",
        "She is refunded 250 pounds for the second charge.",
    ]
    monkeypatch.setattr("workers.language.summary.TransformersWriter.__call__", lambda self, said: lines)
    document = analysis(tmp_path)
    summary = document["summary"]
    assert summary["text"] == "The customer was charged twice on the bill."
    assert summary["written_by"].startswith("scribe sha256:")
    assert summary["segments"] == [1]
    assert summary["sources"][0][0] == 1
    assert document["versions"]["models"]["summary"] == summary["written_by"]
    assert "2 sentences of scribe" in next(each["reason"] for each in document["skipped"] if each["feature"] == "written_summary")


def test_where_nothing_that_was_written_is_supported_the_conversation_speaks_for_itself(tmp_path):
    tiny.writer(tmp_path / "summary" / "scribe")
    document = analysis(tmp_path)
    assert "written_by" not in document["summary"]
    assert document["versions"]["models"]["summary"] == "digest-1"
    reason = next(each["reason"] for each in document["skipped"] if each["feature"] == "written_summary")
    assert "sentences of the conversation stand in their place" in reason


def test_a_folder_that_transformers_cannot_load_is_named(tmp_path):
    home = tmp_path / "topics" / "broken"
    home.mkdir(parents=True)
    (home / "config.json").write_text(json.dumps({"model_type": "bert"}))
    with pytest.raises(ConfigurationError, match=r"transformers cannot load the model in .*broken"):
        analysis(tmp_path)


def test_the_command_line_uses_a_models_folder_as_the_workers_do(tmp_path):
    folder = tmp_path / "models"
    tiny.about(tiny.classifier(folder / "sentiment" / "gloomy", PLAIN, bias=(9, 0, 0)), {"languages": ["de", "en"]})
    tiny.translator(folder / "translation" / "de")
    path = tmp_path / "german.json"
    said = {"speaker": "c", "start_ms": 0, "end_ms": 2_000, "text": "Ich möchte mein Konto kündigen."}
    document = {"language": "de", "duration_ms": 3_000, "speakers": [{"id": "c", "role": "consumer"}], "segments": [said]}
    path.write_text(json.dumps(document))
    done = CliRunner().invoke(app, ["analyze", str(path), "--models", str(folder)])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert labels(found) == ["negative"]
    assert found["versions"]["models"]["sentiment"].startswith("gloomy ")
    assert found["versions"]["models"]["translation"].startswith("de sha256:")
    assert "translation" not in found
    alone = json.loads(CliRunner().invoke(app, ["analyze", str(path)], env={"ASSAY_MODELS": ""}).stdout)
    assert alone["versions"]["models"] == {}
    absent = CliRunner().invoke(app, ["analyze", str(path)], env={"ASSAY_MODELS": str(tmp_path / "nowhere")})
    assert "There is no models folder" in absent.stderr
    assert json.loads(absent.stdout) == alone
