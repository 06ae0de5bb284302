"""Who the agent is, from names, words and order; a lone voice is nobody's."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workers.diarization.assign import Said, assign

CALL = [
    Said("a", 0, 3_000, "Thank you for calling Northwind, how can I help?"),
    Said("b", 3_500, 8_000, "I'm calling about my bill, I was charged twice."),
    Said("a", 8_500, 12_000, "Let me check that. Could you confirm your number?"),
]


def roles(said, **facts):
    names = {each.speaker: None for each in said} | facts.pop("names", {})
    return {speaker: found.role for speaker, found in assign(said, names=names, **facts).items()}


def test_the_words_tell_agent_from_consumer():
    assert roles(CALL) == {"a": "agent", "b": "consumer"}


def test_who_opens_an_outbound_call_is_still_told_by_the_words():
    assert roles(CALL, outbound=True) == {"a": "agent", "b": "consumer"}


def test_a_name_of_the_participants_outweighs_the_words():
    assert roles(CALL, names={"b": "Lena Fuchs"}, agent="Lena Fuchs") == {"a": "consumer", "b": "agent"}


def test_a_title_is_a_name():
    assert roles(CALL, names={"a": "Customer"}) == {"a": "consumer", "b": "agent"}


def test_without_words_whoever_speaks_first_is_the_agent_of_an_inbound_call():
    wordless = [Said(each.speaker, each.start_ms, each.end_ms, None) for each in CALL]
    assert roles(wordless) == {"a": "agent", "b": "consumer"}
    assert roles(wordless, outbound=True) == {"a": "consumer", "b": "agent"}
    assert assign(wordless, names={"a": None, "b": None})["a"].confidence < 0.65


def test_spanish_and_german_are_understood():
    spanish = [
        Said("x", 0, 2_000, "Hola, llamo porque mi factura está mal."),
        Said("y", 2_000, 4_000, "Un momento, por favor. ¿Me podría dar su número?"),
    ]
    assert roles(spanish)["y"] == "agent"
    german = [Said("x", 0, 2_000, "Ich möchte meine Bestellung ändern."), Said("y", 2_000, 4_000, "Einen Moment, ich schaue nach.")]
    assert roles(german)["y"] == "agent"


def test_a_lone_speaker_and_a_third_are_other():
    assert roles(CALL[:1]) == {"a": "other"}
    third = [*CALL, Said("ivr", 20_000, 20_500, "Press one.")]
    assert roles(third)["ivr"] == "other"


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9_000), st.integers(1, 3_000), st.text(max_size=20)), max_size=12))
def test_there_is_never_more_than_one_agent_or_consumer(rows):
    said = [Said(speaker, start, start + length, text) for speaker, start, length, text in rows]
    found = assign(said, names={each.speaker: None for each in said})
    assert sorted(each.role for each in found.values() if each.role != "other") in ([], ["agent", "consumer"])
    assert found.keys() == {each.speaker for each in said}
    assert all(0.5 <= each.confidence <= 1 for each in found.values())
