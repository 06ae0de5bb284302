"""Who the agent is, from names, words and order; a lone voice is nobody's."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.settings.rules import LANGUAGES
from workers.diarization.assign import Call, Said, assign
from workers.diarization.phrases import languages

CALL = [
    Said("a", 0, 3_000, "Thank you for calling Northwind, how can I help?"),
    Said("b", 3_500, 8_000, "I'm calling about my bill, I was charged twice."),
    Said("a", 8_500, 12_000, "Let me check that. Could you confirm your number?"),
]


def roles(said, **facts):
    names = {each.speaker: None for each in said} | facts.pop("names", {})
    return {speaker: found.role for speaker, found in assign(said, names=names, known=Call(**facts)).items()}


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


CALLS = {
    "da": ("Hej, jeg ringer fordi min regning er for høj.", "Et øjeblik, lad mig lige se. Må jeg få dit kundenummer?"),
    "de": ("Hallo, ich rufe an, weil meine Rechnung zu hoch ist.", "Einen Moment, ich schaue nach. Wie ist Ihre Kundennummer?"),
    "en": ("Hi, I'm calling because my bill is too high.", "One moment, let me check. Can I have your number?"),
    "es": ("Hola, llamo porque mi factura es muy alta.", "Un momento, por favor. ¿Me podría dar su número?"),
    "fi": ("Hei, soitan koska minun laskuni on liian suuri.", "Hetkinen, tarkistan asian. Saisinko asiakasnumeron?"),
    "fr": ("Bonjour, j'appelle parce que ma facture est trop élevée.", "Un instant, je vérifie. Votre numéro de client ?"),
    "hi": ("नमस्ते, मैंने कॉल किया क्योंकि मेरा बिल ज़्यादा है।", "एक मिनट, मैं देखता हूँ। कृपया अपना नंबर बताइए।"),
    "it": ("Salve, chiamo perché la mia bolletta è troppo alta.", "Un attimo, controllo subito. Mi può dare il suo codice?"),
    "ja": ("もしもし、料金がおかしいのですが、返金してほしいです。", "かしこまりました。少々お待ちください。お名前をお願いします。"),
    "ko": ("여보세요, 제 요금이 너무 많이 나왔어요.", "잠시만 기다려 주세요. 확인해 드리겠습니다. 성함을 말씀해 주세요."),
    "nl": ("Hallo, ik bel omdat mijn rekening te hoog is.", "Een ogenblik, ik kijk even. Mag ik uw klantnummer?"),
    "pl": ("Dzień dobry, dzwonię, bo mój rachunek jest za wysoki.", "Chwileczkę, sprawdzę. Proszę podać numer klienta."),
    "pt": ("Oi, estou ligando porque minha conta veio alta.", "Um momento, vou verificar. Pode me informar seu CPF?"),
    "ru": ("Алло, я звоню, потому что мой счёт слишком большой.", "Одну минуту, сейчас проверю. Назовите ваш номер."),
    "sv": ("Hej, jag ringer för att min faktura är för hög.", "Ett ögonblick, jag ska kolla. Kan jag få ditt kundnummer?"),
    "uk": ("Алло, я телефоную, бо мій рахунок завеликий.", "Одну хвилину, зараз перевірю. Назвіть ваш номер."),
    "vi": ("Alo, tôi gọi vì hoá đơn của tôi quá cao.", "Vui lòng chờ, để em kiểm tra. Anh cho em xin mã khách hàng của anh."),
    "zh": ("喂，我的账单怎么这么多？", "请稍等，我帮您查一下。您的手机号码是多少？"),
}


def test_there_are_phrases_for_every_language():
    assert languages() == LANGUAGES.keys() == CALLS.keys()


@pytest.mark.parametrize("language", CALLS)
@pytest.mark.parametrize("known", [True, False])
def test_what_is_said_outweighs_who_speaks_first_in_every_language(language, known):
    caller, agent = CALLS[language]
    said = [Said("x", 0, 3_000, caller), Said("y", 3_500, 7_000, unicodedata.normalize("NFD", agent))]
    found = assign(said, names={"x": None, "y": None}, known=Call(language=language if known else "und"))
    assert found["y"].role == "agent"
    assert found["y"].confidence > 0.6


def test_agents_say_their_own_name_first():
    said = [Said("x", 0, 2_000, "Hello, Lindgren here."), Said("y", 2_500, 5_000, "Good morning, it's Lena with your booking.")]
    assert roles(said, agent="Lena Fuchs", consumer="Per Lindgren")["y"] == "agent"
    assert (
        roles([Said("y", 0, 900, "Is that Lindgren?"), Said("x", 1_000, 2_000, "Yes.")], consumer="Lindgren", outbound=True)["y"]
        == "consumer"
    )


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
