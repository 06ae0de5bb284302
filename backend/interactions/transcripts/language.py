"""
Which language a transcript is in: by its script, and where several share one, by the little words that every sentence needs.

A whole conversation has hundreds of them, so counting is enough. Between the two likeliest languages those words decide that only one of
the two has; where neither is clearly ahead, none is named. Neighbours outside of the product's languages are known as well, so that they
are not taken for one inside.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

UNKNOWN = "und"
FEWEST_WORDS = 12
LEAST_SHARE = 0.08
CLEARLY = 1.25
_LONGEST = 100_000
_WORDS = {
    "cs": "já to je ne a v na se že z do mám jak co tak ale jsem už pro po prosím jsou také nebo bych který by vás mi si tady",
    "da": "jeg det er ikke og en et til af på der med har som for vi du kan de den hvad så nej ja mig noget efter dig lige vores mit tak",
    "de": "ich das ist nicht und ein eine zu die der sie wir mit es auf für haben mir auch noch wie was ja nein kann den dem bitte sind",
    "en": "i the is not and a to of you it that in we have my for on can do this was are be with your what no yes they would me",
    "es": "yo el es no y un una que de la los en por con me su para usted mi se lo sí qué está pero las tengo muy como del",
    "fi": "minä se on ei ja että olen oli niin mutta kun tämä hän me te ne voi mikä kyllä joo sitten vielä nyt myös minun sen olisi kuin",
    "fr": "je le est pas et un une que de la les vous nous en pour avec mon il ne ce sur oui non des mais du ça qui dans c'est j'ai",
    "id": "saya itu adalah tidak dan yang di ke dari untuk dengan ini ada bisa akan sudah anda apa kami ya juga pada atau mau karena",
    "it": "io il è non e un una che di la gli per con mi lo ho sono del si ma sì come questo della le anche più cosa ci",
    "nl": "ik het is niet en een de van dat op te voor met we je u mijn heb er maar ja nee kan zijn wat ook aan hebben naar",
    "no": "jeg det er ikke og en et til av på der med har som for vi du kan de den hva så nei ja meg vil noe etter deg bare vår mitt takk",
    "pl": "ja to jest nie i w na się że z do mam jak co tak ale pan pani czy mnie dla już po proszę o za od być może jestem",
    "pt": "eu o é não e um uma que de a os em por com meu para você se sim do da está mas foi isso as na no tenho como",
    "ro": "eu este nu și un o că de la în cu pe pentru am ce mai sunt dar vă la din sau care să mi foarte bine asta",
    "sv": "jag det är inte och en ett till av på som med har för vi du kan de den vad så nej ja mig att om ska vill där något",
    "tr": "ben bu bir ve değil için ile var yok mi mı ne çok ama evet hayır siz olarak daha gibi sonra benim lütfen nasıl kadar o da de",
    "vi": "tôi là không và một của cho có được anh chị em này ạ thì mà đã với bạn vâng để gì rồi các trong xin làm đó lại",
}
_KNOWN = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_CYRILLIC = {
    "ru": "я не и что это в на с как мне у вас меня вы но да нет по уже есть был можно только или если очень мой",
    "uk": "я не і що це в на з як мені у вас мене ви але так ні по вже є був можна тільки або якщо дуже мій",
}
_TOKEN = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)?")
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")), ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")), ("hi", re.compile(r"[\u0900-\u097f]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")), ("ru", re.compile(r"[\u0400-\u04ff]")), ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")), ("el", re.compile(r"[\u0370-\u03ff]")), ("he", re.compile(r"[\u0590-\u05ff]")),
)  # fmt: skip
"""In this order: Japanese also writes Chinese characters."""
_UKRAINIAN, _RUSSIAN, _BULGARIAN = (re.compile(f"[{letters}]", re.IGNORECASE) for letters in ("іїєґ", "ыэё", "ъ"))
"""Letters that only one of them has; the hard sign, which Russian hardly writes, is a vowel in Bulgarian."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A language (`und` where none is clearly ahead), and how sure that is, 0…1."""

    language: str
    confidence: float


_OPEN = Guess(UNKNOWN, 0.0)


def detect_language(text: str) -> str:
    """The ISO code, or `und`. At most the first 100,000 characters are looked at."""
    return guess_language(text).language


def guess_language(text: str) -> Guess:
    """The same with its confidence: the share of the likeliest among the words or letters that tell it from the second."""
    piece = unicodedata.normalize("NFC", text[:_LONGEST])
    letters = sum(unicodedata.category(character)[0] in "LM" for character in piece)
    if letters < FEWEST_WORDS:
        return _OPEN
    for language, script in _SCRIPTS:
        share = len(script.findall(piece)) / letters
        if share >= (0.02 if language == "ja" else 0.3):
            return _cyrillic(piece) if language == "ru" else Guess(language, 0.99 if share >= 0.5 or language == "ja" else 0.8)
    tokens = Counter(token.casefold().replace("’", "'") for token in _TOKEN.findall(piece))
    return _by_words(tokens) if tokens.total() >= FEWEST_WORDS else _OPEN


def _cyrillic(piece: str) -> Guess:
    ukrainian, russian, bulgarian = (len(letters.findall(piece)) for letters in (_UKRAINIAN, _RUSSIAN, _BULGARIAN))
    if bulgarian > 3 * (ukrainian + russian):
        return Guess("bg", 0.8)
    tokens = Counter(token.casefold() for token in _TOKEN.findall(piece))
    by_word = {language: sum(tokens[word] for word in words - other) for language, words, other in _pairs()}
    marks = {"uk": ukrainian + 3 * by_word["uk"], "ru": russian + 3 * by_word["ru"]}
    found, other = sorted(marks, key=lambda language: -marks[language])
    if marks[found] < CLEARLY * marks[other] or not marks[found]:
        return _OPEN
    return Guess(found, _sure(marks[found], marks[other]))


def _pairs() -> tuple[tuple[str, frozenset[str], frozenset[str]], ...]:
    ukrainian, russian = (frozenset(_CYRILLIC[language].split()) for language in ("uk", "ru"))
    return ("uk", ukrainian, russian), ("ru", russian, ukrainian)


def _by_words(tokens: Counter[str]) -> Guess:
    ranked = sorted(((sum(tokens[word] for word in words), language) for language, words in _KNOWN.items()), reverse=True)
    (most, found), (_, second) = ranked[:2]
    if most < LEAST_SHARE * tokens.total():
        return _OPEN
    return _between(tokens, found, second)


def _between(tokens: Counter[str], found: str, second: str) -> Guess:
    """Which of two languages it is, by the words that only one of them has."""
    own, other = (sum(tokens[word] for word in _KNOWN[one] - _KNOWN[two]) for one, two in ((found, second), (second, found)))
    if own < other:
        found, own, other = second, other, own
    if own < CLEARLY * other or not own:
        return _OPEN
    return Guess(found, _sure(own, other))


def _sure(own: int, other: int) -> float:
    """The share of what speaks for the one, shrunk a little: a few words are not certainty."""
    return round((own + 0.5) / (own + other + 1), 3)
