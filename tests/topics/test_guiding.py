"""What a topic may be called, and what may guide it."""

from __future__ import annotations

import pytest

from backend.errors import Conflict, InvalidInput
from backend.topics.guiding import (
    LONGEST,
    LONGEST_NAME,
    MOST,
    MOST_SENTENCES,
    Guiding,
    checked_name,
    checked_sentences,
    completed,
    require_room,
)

THREE = ("Which flavours do you have?", "Is there a vegan one as well?", "I would like to mix two kinds.")
GERMAN = (
    "Ich möchte meinen Vertrag kündigen, bitte.",
    "Wann ist die nächste Lieferung bei mir?",
    "Wir haben das nicht bestellt und zahlen nicht.",
)


def guiding(*texts: str) -> list[Guiding]:
    return [Guiding(text) for text in texts]


def refused(given: list[Guiding]) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        checked_sentences(given)
    return caught.value


def test_a_name_is_tidied_and_bounded():
    assert checked_name("  Ice \n cream ") == "Ice cream"
    for name in ("", "  ", "x" * (LONGEST_NAME + 1)):
        with pytest.raises(InvalidInput) as caught:
            checked_name(name)
        assert caught.value.pointer == "/input/name"


def test_sentences_are_tidied_and_get_a_language():
    found = checked_sentences(guiding("  Which   flavours do you have? ", "", *THREE[1:]))
    assert found == [Guiding(text, "en") for text in THREE]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_few_are_refused(count):
    assert refused(guiding(*THREE[:count], "  ")).pointer == "/input/sentences"


def test_too_many_are_refused():
    assert refused(guiding(*(f"This is sentence number {number}" for number in range(MOST_SENTENCES + 1)))).pointer == "/input/sentences"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Ice cream", "at least 3 words"),
        ("word " * 100, f"{LONGEST} characters"),
        ("which FLAVOURS, do you have!", "the same as sentence 1"),
    ],
)
def test_the_sentence_that_is_wrong_is_named(text, says):
    error = refused(guiding(*THREE, text))
    assert (error.pointer, error.value) == ("/input/sentences/3", " ".join(text.split())[:200])
    assert says in error.message


def test_scripts_without_blanks_are_counted_by_characters():
    found = checked_sentences(guiding("料金はいくらですか", "請求書が高すぎます", "割引はありますか"))
    assert {each.language for each in found} == {"ja"}
    assert refused(guiding(*THREE, "料金")).pointer == "/input/sentences/3"


def test_a_language_is_found_out_from_all_sentences_together():
    assert [each.language for each in checked_sentences(guiding(*GERMAN))] == ["de"] * 3


def test_a_language_that_is_given_counts():
    found = checked_sentences([Guiding(THREE[0], "en-GB"), Guiding(THREE[1], "nl"), *guiding(*THREE[2:])])
    assert [each.language for each in found] == ["en", "nl", "en"]
    assert refused([*guiding(*THREE[:2]), Guiding(THREE[2], "tlh")]).pointer == "/input/sentences/2"


def test_ones_own_english_is_kept_beside_another_language_alone():
    found = checked_sentences(
        [Guiding(GERMAN[0], "de", " I want to  cancel. "), Guiding(THREE[1], "en", "What is this?"), *guiding(*THREE[2:])]
    )
    assert [each.english for each in found] == ["I want to cancel.", None, None]
    assert refused([Guiding(GERMAN[0], "de", "Cancel"), *guiding(*THREE[:2])]).pointer == "/input/sentences/0"


def test_what_is_still_being_written_has_a_language_too():
    assert [each.language for each in completed(guiding("Ice", "", *GERMAN))] == ["de"] * 5


def test_the_eleventh_topic_is_refused():
    require_room(MOST - 1)
    with pytest.raises(Conflict, match="at most 10"):
        require_room(MOST)
