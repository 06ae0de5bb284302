"""The shape of the language parts, what they quote, and what they leave out by name."""

from __future__ import annotations

import pytest

from backend.analysis.language import language_parts
from backend.analysis.language.languages import FEATURES
from backend.analysis.types import LanguageParts, Settings
from backend.infra.embedder import MiniLM
from backend.infra.embedder.fake import FakeEmbedder
from tests.analysis.language.conftest import CALL, Say, transcript


def test_a_call_is_understood(parts: LanguageParts) -> None:
    labels = [each.label for each in parts.sentiments if each]
    assert labels[1] == "negative"
    assert labels[5] == "positive"
    assert labels[0] == labels[8] == "neutral"
    assert [topic.name for topic in parts.topics if any(segment == 6 for segment, _ in topic.passages)] == ["Pricing"]
    assert [step.segment for step in parts.next_steps] == [4]
    assert [question.text for question in parts.good_questions] == ["What have you tried so far?"]
    assert parts.skipped == ()


def test_every_segment_has_its_entry(parts: LanguageParts) -> None:
    assert len(parts.sentiments) == len(CALL)
    assert all(each is not None and -1 <= each.value <= 1 for each in parts.sentiments)


def test_quotes_stand_verbatim_in_their_segments(parts: LanguageParts) -> None:
    for passage in (*parts.next_steps, *parts.good_questions):
        assert passage.text in CALL[passage.segment][1]
        assert 0 <= passage.score <= 1


def test_a_summary_is_one_verbatim_sentence_a_line(parts: LanguageParts) -> None:
    assert parts.summary is not None
    lines = parts.summary.text.split("\n")
    assert len(lines) == len(parts.summary.segments)
    assert list(parts.summary.segments) == sorted(parts.summary.segments)
    for line, segment in zip(lines, parts.summary.segments, strict=True):
        assert line in CALL[segment][1]


def test_a_summary_holds_reason_and_next_step(parts: LanguageParts) -> None:
    assert parts.summary is not None
    assert 1 in parts.summary.segments
    assert 4 in parts.summary.segments


def test_the_models_are_named_with_their_versions(parts: LanguageParts) -> None:
    assert set(parts.models) == {"encoder", "sentiment", "topics", "next_steps", "good_questions", "summary"}
    assert "53aa51172d14" in parts.models["encoder"]


def test_the_same_call_gives_the_same_parts(say: Say, parts: LanguageParts) -> None:
    assert say(*CALL) == parts


@pytest.mark.parametrize(("language", "name"), [("es-MX", "Spanish"), ("de", "German"), ("zh-TW", "Chinese"), ("tlh", "'tlh'")])
def test_another_language_is_left_out_by_name(say: Say, language: str, name: str) -> None:
    parts = say(("c", "Esto es una vergüenza"), language=language)
    assert parts.sentiments == (None,)
    assert [each.feature for each in parts.skipped] == list(FEATURES)
    assert all(name in each.reason and "English" in each.reason for each in parts.skipped)
    assert (parts.topics, parts.next_steps, parts.good_questions, parts.summary) == ((), (), (), None)


def test_unknown_words_are_null_and_named(say: Say) -> None:
    parts = say(("a", None), ("c", "I'm furious, nobody calls me back"), ("c", None))
    assert [each is None for each in parts.sentiments] == [True, False, True]
    assert "2 of 3" in next(each.reason for each in parts.skipped if each.feature == "sentiment")


def test_other_roles_enter_nothing(say: Say) -> None:
    parts = say(("o", "Your call costs ten dollars a month, I'll send you the bill tomorrow"), ("c", "okay"))
    assert parts.sentiments[0] is None
    assert (parts.topics, parts.next_steps) == ((), ())


def test_too_little_said_is_no_summary(say: Say) -> None:
    parts = say(("a", "Hello"), ("c", "Hi"), ("a", "[noise]"))
    assert parts.summary is None
    assert [each.feature for each in parts.skipped] == ["summary"]
    assert [each and each.label for each in parts.sentiments] == ["neutral"] * 3


def test_no_segments_are_no_parts(say: Say) -> None:
    assert say().sentiments == ()


def test_only_the_agents_questions_count(say: Say) -> None:
    question = "what are you hoping to do with the new plan"
    assert say(("a", question)).good_questions
    assert not say(("c", question)).good_questions


def test_both_sides_can_promise_without_punctuation(say: Say) -> None:
    parts = say(("a", "um okay so i'm gonna have someone call you back tomorrow"), ("c", "i'll email you the signed form tonight"))
    assert [step.segment for step in parts.next_steps] == [0, 1]


def test_a_consumers_threat_is_no_next_step(say: Say) -> None:
    assert not say(("c", "I will cancel it and go to Zephyrtel, and I will make a formal complaint as well")).next_steps
    assert say(("a", "I will cancel the old line and send you a letter tomorrow")).next_steps


def test_a_plain_function_serves_with_the_frozen_head(encoder: MiniLM) -> None:
    parts = language_parts(transcript(*CALL), Settings(), lambda texts: encoder(texts), lambda step, share: None)
    assert parts.models["sentiment"] == "sentiment-frozen-2"
    assert parts.sentiments[1] is not None
    assert parts.sentiments[1].label == "negative"


def test_each_different_text_is_encoded_once() -> None:
    fake = FakeEmbedder()
    language_parts(transcript(*[("c", "my parcel is late again")] * 50), Settings(), fake, lambda step, share: None)
    assert sum(map(len, fake.calls)) == 1


def test_progress_runs_up_to_one() -> None:
    seen: list[float] = []
    language_parts(transcript(*CALL), Settings(), FakeEmbedder(), lambda step, share: seen.append(share))
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
