"""The language of a conversation is told by its words, and left open where they do not tell."""

from __future__ import annotations

import json

import pytest

from backend.interactions.transcripts import read_delivered
from backend.interactions.transcripts.language import detect_language

SAID = {
    "en": "Thank you for calling, how can I help you today? I have a problem with my bill, it was much higher than it should be.",
    "de": "Guten Tag, was kann ich für Sie tun? Ich habe ein Problem mit meiner Rechnung, die ist viel zu hoch und ich verstehe das nicht.",
    "es": "Buenos días, ¿en qué le puedo ayudar? Tengo un problema con mi factura, es muy alta y no lo entiendo, por favor.",
    "pt": "Bom dia, como posso ajudar? Eu tenho um problema com a minha conta, não entendo o valor e queria falar com você.",
    "fr": "Bonjour, que puis-je faire pour vous ? J'ai un problème avec ma facture, elle est trop élevée et je ne comprends pas.",
    "it": "Buongiorno, come posso aiutarla? Ho un problema con la mia bolletta, è molto alta e non la capisco, per favore.",
    "nl": "Goedemorgen, waarmee kan ik u helpen? Ik heb een probleem met mijn rekening, het is veel te hoog en ik begrijp het niet.",
    "da": "Goddag, hvad kan jeg hjælpe med? Jeg har et problem med min regning, den er alt for høj, og det forstår jeg ikke.",
    "sv": "Hej, vad kan jag hjälpa till med? Jag har ett problem med min räkning, den är alldeles för hög och det förstår jag inte.",
    "fi": "Hyvää päivää, miten voin auttaa? Minulla on ongelma laskun kanssa, se on liian iso ja minä en ymmärrä mitä tämä on.",
    "pl": "Dzień dobry, w czym mogę pomóc? Mam problem z moim rachunkiem, jest za wysoki i nie wiem, co mam z tym zrobić, proszę pana.",
    "vi": "Xin chào, tôi có thể giúp gì cho anh? Tôi không hiểu hóa đơn này, nó cao quá và tôi đã trả rồi ạ.",
    "ru": "Здравствуйте, чем я могу вам помочь? У меня вопрос по счёту, он слишком большой.",
    "uk": "Добрий день, чим я можу вам допомогти? У мене питання щодо рахунку, він завеликий.",
    "hi": "नमस्ते, मैं आपकी क्या मदद कर सकता हूँ? मेरे बिल में समस्या है, यह बहुत ज़्यादा है।",
    "ja": "お電話ありがとうございます。請求書の金額が高すぎるのですが、確認していただけますか。",
    "zh": "您好，请问有什么可以帮您？我的账单金额太高了，我想查一下是什么原因。",
    "ko": "안녕하세요, 무엇을 도와드릴까요? 청구서 금액이 너무 많이 나왔어요.",
}


@pytest.mark.parametrize("language", SAID)
def test_a_few_sentences_are_enough(language):
    assert detect_language(SAID[language]) == language


@pytest.mark.parametrize("text", ["", "Okay.", "Hmm hmm hmm", "4711 0815 " * 50, "lorem ipsum dolor amet " * 5, "a " * 3])
def test_what_tells_nothing_is_left_open(text):
    assert detect_language(text) == "und"


def read(text: str, **more):
    document = {"segments": [{"start": 0, "end": 9, "text": text}], **more}
    found = read_delivered(json.dumps(document).encode(), "t", language=more.pop("hint", None))
    return found.document["language"], found.language_source


def test_the_file_is_believed_then_the_hint_then_the_words():
    assert read(SAID["de"], language="en") == ("en", "delivered")
    assert read(SAID["de"], hint="fr") == ("fr", "hinted")
    assert read(SAID["de"]) == ("de", "detected")
    assert read("Okay.") == ("und", "")
