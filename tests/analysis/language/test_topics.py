"""Default and own topics."""

from __future__ import annotations

import numpy as np
import pytest

from backend.analysis.language.lexicon import background, lexicon, stems
from backend.analysis.language.logistic import fit, left_out, probabilities
from backend.analysis.language.shipped import default_topics as definitions
from backend.analysis.language.shipped import shipped
from backend.analysis.language.topics import Guides, Trained, content_key, membership, own_topics, train
from backend.analysis.types import Embed, TopicDefinition, Vectors
from backend.infra.embedder import MiniLM
from tests.analysis.language.conftest import Say

GARDEN = TopicDefinition(
    "Gardening",
    (
        "When should I plant the tomatoes?",
        "My roses have black spots on the leaves.",
        "Which soil is right for a lemon tree?",
        "How often do I have to water the lawn?",
        "The hedge needs to be trimmed in spring.",
        "I'm looking for seeds for a flower bed.",
        "Slugs are eating my lettuce.",
        "Can this plant stand in the shade?",
        "We'd like to put in raised beds for vegetables.",
        "Is this fertiliser good for fruit trees?",
    ),
)


def test_there_are_seven_default_topics_with_ten_to_twenty_sentences() -> None:
    assert list(definitions()) == ["Pricing", "Legal", "Privacy", "Security", "User Requirements", "Hardware", "Licensing"]
    assert all(10 <= len(sentences) <= 20 for sentences in definitions().values())
    assert set(shipped().topics) == set(definitions())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("how much would that be a month", "Pricing"),
        ("my lawyer has to read the contract first", "Legal"),
        ("I want you to delete my personal data", "Privacy"),
        ("I think someone hacked into my account", "Security"),
        ("we need it to work with our calendar", "User Requirements"),
        ("the screen of my laptop is broken", "Hardware"),
        ("we need five more user licenses", "Licensing"),
    ],
)
def test_default_topics_are_found_by_meaning(say: Say, text: str, name: str) -> None:
    assert name in [topic.name for topic in say(("c", text)).topics]


def test_talk_about_nothing_has_no_topic(say: Say) -> None:
    assert (
        say(("a", "good morning, who am I speaking with"), ("c", "we had lovely weather on sunday"), ("c", "to the airport please")).topics
        == ()
    )


def test_an_own_topic_is_found_beside_the_default_ones(say: Say) -> None:
    parts = say(
        ("c", "the lawn has brown patches"),
        ("c", "hello there, good morning to you"),
        ("c", "what's the price of that one"),
        topics=(GARDEN,),
    )
    found = {topic.name: topic for topic in parts.topics}
    assert set(found) == {"Gardening", "Pricing"}
    assert [segment for segment, _ in found["Gardening"].passages] == [0]
    assert found["Gardening"].score == found["Gardening"].passages[0][1] >= shipped().thresholds["topic_least"]


def test_an_own_topic_is_trained_once(encoder: MiniLM) -> None:
    asked: list[int] = []

    def counting(texts: list[str]) -> Vectors:
        asked.append(len(texts))
        return encoder(texts)

    embed: Embed = counting  # type: ignore[assignment]
    first = own_topics([GARDEN], shipped(), embed)
    assert own_topics([GARDEN], shipped(), embed) is first
    assert asked == [len(GARDEN.sentences)]


def test_empty_topics_are_left_out(encoder: MiniLM) -> None:
    assert own_topics([TopicDefinition("Nothing", ("", " "))], shipped(), encoder) == ()
    assert own_topics([], shipped(), encoder) == ()


def test_another_sentence_is_another_content() -> None:
    other = TopicDefinition(GARDEN.name, GARDEN.sentences[:-1])
    assert content_key([GARDEN], shipped(), "x") != content_key([other], shipped(), "x")
    assert content_key([GARDEN], shipped(), "x") != content_key([GARDEN], shipped(), "y")


def test_only_so_many_are_kept() -> None:
    kept = Trained()
    for place in range(100):
        kept.put(str(place), ())
    assert kept.get("0") is None
    assert kept.get("99") == ()


def test_regression_separates_what_can_be_separated() -> None:
    draw = np.random.default_rng(0)
    near = (draw.normal(size=(20, 8)) + np.eye(8)[0] * 4).astype(np.float32)
    far = (draw.normal(size=(300, 8)) - np.eye(8)[0] * 4).astype(np.float32)
    line = fit(near, far)
    assert probabilities(line, near).min() > 0.9
    assert probabilities(line, far).max() < 0.1


def test_regression_stands_at_its_minimum() -> None:
    draw = np.random.default_rng(1)
    near, far = draw.normal(0.3, 1, (40, 5)).astype(np.float32), draw.normal(-0.3, 1, (90, 5)).astype(np.float32)
    line = fit(near, far, strength=2.0)
    rows, target = np.concatenate([near, far]), np.r_[np.ones(40), np.zeros(90)]
    weight = 2.0 * np.where(target == 1, 130 / 80, 130 / 180)
    gradient = rows.T @ (weight * (probabilities(line, rows) - target)) + line.weights
    np.testing.assert_allclose(gradient, 0, atol=1e-3)


def test_left_out_agrees_with_leaving_out():
    """The one-step approximation against fitting again without each sentence."""
    choose = np.random.default_rng(5)
    positives, negatives = choose.normal(0.4, 1, (8, 6)).astype(np.float32), choose.normal(-0.4, 1, (60, 6)).astype(np.float32)
    near = left_out(fit(positives, negatives, 1.0), positives, negatives, 1.0)
    for place in range(len(positives)):
        # The weight of the others stays: leaving one out does not balance the classes anew.
        rest = np.delete(positives, place, axis=0)
        exact = fit(rest, negatives, 1.0)
        assert abs(probabilities(exact, positives[place : place + 1])[0] - near[place]) < 0.12
    inside = probabilities(fit(positives, negatives, 1.0), positives)
    assert (near <= inside).all()
    assert near.mean() < inside.mean()


def test_a_clear_topic_asks_for_more_than_a_blurred_one(encoder):
    """The bound of a topic lies where most of its own sentences, judged without themselves, would still belong."""
    clear = [f"my {fish} died in the aquarium again" for fish in ("goldfish", "guppy", "catfish", "carp", "koi", "tetra", "molly", "barb")]
    blurred = ["yes please", "the thing is late", "I like blue", "who knows", "tomorrow then", "it rained", "my cousin", "seven of them"]
    guides = {"Fish": Guides(clear, encoder(clear)), "Mixed": Guides(blurred, encoder(blurred))}
    found = {topic.name: topic for topic in train(guides, shipped(), lexicon())}
    assert found["Fish"].bounds.probability > found["Mixed"].bounds.probability
    least, most = shipped().thresholds["topic_least"], shipped().thresholds["topic_most"]
    assert all(least <= topic.bounds.probability <= most for topic in found.values())


def test_a_word_that_a_topic_alone_uses_counts_beside_the_meaning(encoder):
    names = ("how much does the parcel weigh", "how much is left", "how much did it take", "and how much water", "how much time have we")
    times = ("when does the parcel leave", "when is it over", "when did it start", "and when is high tide", "when have we time")
    guides = {"How much": Guides(names, encoder(names)), "When": Guides(times, encoder(times))}
    (worded,) = train(guides, shipped(), lexicon(), only=("How much",))
    (plain,) = train(guides, shipped(), only=("How much",))
    assert worded.words["much"] > 0
    assert plain.words == {}
    said = ("how much time does the parcel take", "when does the parcel leave")
    vectors, held = encoder(said), [stems(text) for text in said]
    asked, other = membership(worded, vectors, held)
    assert asked > worded.bounds.probability > other >= 0
    assert asked - other > np.subtract(*membership(plain, vectors, held))


def test_words_of_a_topic_add_up_to_what_its_regression_gives(encoder):
    """The stems' shares, the vector's part and the offset are all there is to a probability."""
    (topic,) = train({GARDEN.name: Guides(GARDEN.sentences, encoder(GARDEN.sentences))}, shipped(), lexicon())
    text = "the lawn needs water"
    (given,) = membership(topic, encoder([text]), [stems(text)])
    raw = (
        float(encoder([text])[0] @ topic.line.weights) + topic.line.bias + topic.words["lawn"] + topic.words["need"] + topic.words["water"]
    )
    raw += topic.words["the"]
    assert given == pytest.approx(1 / (1 + np.exp(-raw)), abs=1e-5)


def test_another_encoder_hears_no_words(encoder):
    assert all(topic.words == {} for topic in own_topics([GARDEN], shipped(), encoder, words=False))
    assert all(topic.words for topic in own_topics([GARDEN], shipped(), encoder))


def test_a_word_tells_the_more_the_rarer_it_is_in_the_background():
    known = lexicon()
    assert len(known.lines) == len(background()) == len(shipped().background)
    assert 0 <= known.of("the") < known.of("contract") < known.of("zeppelin") == 1
    assert stems("the lawns and the lawn") == {"the", "lawn", "and"}
    rows = known.rows([stems("zeppelin over the lawn"), stems("")], ["zeppelin", "cloud"])
    assert rows.tolist() == [[0.5, 0.0], [0.0, 0.0]]
