"""Each of the 18 languages: its words, sentences, fillers, keywords, inflections, and that it is told from the others."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from backend.analysis.analyze import analyze
from backend.analysis.language.languages import NAMES
from backend.analysis.language.sentences import spans
from backend.analysis.matcher import compile_matcher, find_mentions
from backend.analysis.reading import read_transcript
from backend.analysis.segmenting import segments_of
from backend.analysis.stream import streams
from backend.analysis.tokens import is_unspaced
from backend.analysis.types import Category, Indicator, Keyword, Settings, Word
from backend.analysis.utterances import SPEAKING, find_speech
from backend.interactions.transcripts.language import guess_language
from backend.settings.rules import LANGUAGES
from tests.analysis.documents import call

SPOKEN = json.loads((Path(__file__).parent / "spoken.json").read_text("utf-8"))
WITHOUT_STEMMER = {"uk", "ko", "vi", "zh", "ja"}


def document(language, text=None):
    said = text or joint(language).join(SPOKEN[language]["said"])
    engine = {"name": "e", "version": "1", "keeps_fillers": True}
    return call(("a", 0, 60_000, said), language=language, engine=engine)


def joint(language):
    return "" if is_unspaced(language) else " "


def analysed(language, *keywords, text=None):
    categories = (Category("C", (Indicator("I", tuple(Keyword(*each) for each in keywords)),)),)
    return analyze(read_transcript(document(language, text)), Settings(categories=categories), only="indicators")


def quotes(language, keyword, *, inflections=False, text=None):
    transcript = read_transcript(document(language, text))
    speech = find_speech(transcript)
    said = {role: streams(transcript, speech, role) for role in SPEAKING}
    matcher = compile_matcher((Category("C", (Indicator("I", (Keyword(keyword, inflections),)),)),), language)
    text = transcript.segments[0].text
    return [text[each.char_start : each.char_end] for each in find_mentions(transcript, said, matcher)]


def test_the_table_holds_every_language():
    assert SPOKEN.keys() == LANGUAGES.keys()
    assert LANGUAGES.keys() - NAMES.keys() <= {"en"}


@pytest.mark.parametrize("language", SPOKEN)
def test_words_and_fillers_are_counted(language):
    figures = analysed(language)["agent"]
    assert figures["speed_unit"] == ("characters" if is_unspaced(language) else "words")
    assert round(figures["words_per_min"]) == SPOKEN[language]["words"]
    assert round(figures["fillers_per_min"]) == SPOKEN[language]["fillers"]


@pytest.mark.parametrize("language", SPOKEN)
def test_sentences_end_where_they_end(language):
    said = SPOKEN[language]["said"]
    text = joint(language).join(said)
    assert [text[start:end] for start, end in spans(text, language)] == said


@pytest.mark.parametrize("language", SPOKEN)
def test_recognised_words_become_a_segment_a_sentence(language):
    said = SPOKEN[language]["said"]
    pieces = [character for sentence in said for character in characters(sentence)] if is_unspaced(language) else " ".join(said).split()
    words = [Word(text, 100 * place, 100 * place + 100) for place, text in enumerate(pieces)]
    assert [each.text for each in segments_of({"a": words}, language)] == said


def characters(sentence):
    """As a recogniser gives them: marks stay with the character before."""
    found = []
    for each in sentence:
        if found and not each.isalnum() and each != "ー":
            found[-1] += each
        else:
            found.append(each)
    return found


@pytest.mark.parametrize("language", SPOKEN)
def test_keywords_are_found_as_people_write_them(language):
    keyword, count = SPOKEN[language]["keyword"]
    for text in (
        None,
        joint(language).join(SPOKEN[language]["said"]).upper(),
        unicodedata.normalize("NFD", " ".join(SPOKEN[language]["said"])),
    ):
        assert len(quotes(language, keyword, text=text)) == count, text


@pytest.mark.parametrize("language", sorted(SPOKEN.keys() - WITHOUT_STEMMER))
def test_inflections_are_found_where_there_is_a_stemmer(language):
    phrase, quote, keyword, count = SPOKEN[language]["inflected"]
    assert len(quotes(language, keyword, inflections=True)) == count
    assert len(quotes(language, keyword)) <= count
    assert not phrase or quotes(language, phrase, inflections=True) == []
    assert not quote or quote in document(language)["segments"][0]["text"]


@pytest.mark.parametrize("language", sorted(WITHOUT_STEMMER))
def test_where_there_is_none_it_is_said_and_keywords_match_as_written(language):
    keyword, count = SPOKEN[language]["exact"]
    found = analysed(language, (keyword, True))
    assert len(found["mentions"]) == count
    assert [each["feature"] for each in found["skipped"] if "no stemmer" in each["reason"]] == ["inflections"]


@pytest.mark.parametrize("language", SPOKEN)
def test_the_words_tell_the_language(language):
    guess = guess_language(joint(language).join(SPOKEN[language]["said"]))
    assert guess.language == language
    assert 0.7 <= guess.confidence <= 1


@pytest.mark.parametrize(
    ("language", "text", "keyword", "count"),
    [
        ("zh", "東京都的帳單金額", "账单", 1),
        ("zh", "东京都的客户", "京都", 0),
        ("zh", "东京都的客户", "东京", 1),
        ("zh", "这个价格太贵了", "贵", 1),
        ("ja", "京都に住んでいます", "京都", 1),
        ("ja", "ＶＩＰ会員です", "vip会員", 1),
        ("ja", "ｷｬﾝｾﾙしたい", "キャンセル", 1),
        ("ko", "배송지로는 안 왔어요", "배송지", 1),
        ("ko", "회의가 있어요", "회", 0),
        ("fr", "c'est l'œuvre de l'État", "oeuvre", 1),
        ("fr", "aujourd'hui seulement", "hui", 0),
        ("it", "dell’assistenza clienti", "assistenza", 1),
        ("vi", "tôi muốn huỷ gói cước", "hủy", 1),
        ("hi", "पैसे ज़्यादा कटे", "ज्यादा", 1),
        ("de", "die Größe passt nicht", "GRÖSSE", 1),
        ("sv", "e-post, e post", "e-post", 2),
    ],
)
def test_what_is_particular_to_a_language(language, text, keyword, count):
    assert len(quotes(language, keyword, text=text)) == count


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("zh", "我的余额和金额", 0),
        ("zh", "额，我的余额呃不对", 2),
        ("ja", "えっと、あのー、料金は", 2),
        ("es", "este mes, este, o sea", 1),
        ("en", "umbrella", 0),
    ],
)
def test_a_filler_is_a_word_and_no_part_of_one(language, text, count):
    assert round(analysed(language, text=text)["agent"]["fillers_per_min"]) == count


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("de", "Das war am 25. Danke.", 2), ("de", "Herr Dr. A. Weiß ist da.", 1), ("ru", "Это я. Да.", 2),
        ("ja", "「はい。」と言いました。", 2),
        ("zh", "字" * 70 + "，" + "字" * 20 + "，" + "字" * 5, 2), ("hi", "हाँ।नहीं।", 2), ("es", "EE.UU. es grande.", 1),
    ],
)  # fmt: skip
def test_full_stops_that_end_a_sentence_and_those_that_do_not(language, text, count):
    assert len(spans(text, language)) == count


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("jeg har et spørsmål om regningen og den er ikke riktig, kan du hjelpe meg nå etter alt dette", "no"),
        ("mám dotaz na účet a už jsem to zaplatil, ale je to pro mě moc, prosím vás, můžete mi tady pomoci", "cs"),
        ("ben bu fatura için aradım ama çok yüksek, lütfen nasıl bir indirim var mı, daha sonra öderim", "tr"),
        ("искам да върна поръчката, защото вече съм платил и трябва да получа обратно парите си", "bg"),
    ],
)
def test_neighbours_outside_are_not_taken_for_languages_inside(text, language):
    assert guess_language(text).language == language
