"""
Which language a transcript is in: by its script, and where several share one, by the little words that every sentence needs.

A whole conversation has hundreds of them, so counting is enough; where no language is clearly ahead, none is named.
"""

from __future__ import annotations

import re
from collections import Counter

UNKNOWN = "und"
FEWEST_WORDS = 12
LEAST_SHARE = 0.08
CLEARLY = 1.25
_WORDS = {
    "da": "jeg det er ikke og en et til af på der med har som for vi du kan de den hvad så nej ja mig ham hun skal vil hvor noget",
    "de": "ich das ist nicht und ein eine zu die der sie wir mit es auf für haben mir auch noch wie was ja nein kann den dem bitte sind",
    "en": "i the is not and a to of you it that in we have my for on can do this was are be with your what no yes they would me",
    "es": "yo el es no y un una que de la los en por con me su para usted mi se lo sí qué está pero las tengo muy como del",
    "fi": "minä se on ei ja että olen oli niin mutta kun tämä hän me te ne voi mikä kyllä joo sitten vielä nyt myös minun sen olisi kuin",
    "fr": "je le est pas et un une que de la les vous nous en pour avec mon il ne ce sur oui non des mais du ça qui dans c'est j'ai",
    "it": "io il è non e un una che di la gli per con mi lo ho sono del si ma sì come questo della le anche più cosa ci",
    "nl": "ik het is niet en een de van dat op te voor met we je u mijn heb er maar ja nee kan zijn wat ook aan hebben naar",
    "pl": "ja to jest nie i w na się że z do mam jak co tak ale pan pani czy mnie dla już po proszę o za od być może jestem",
    "pt": "eu o é não e um uma que de a os em por com meu para você se sim do da está mas foi isso as na no tenho como",
    "sv": "jag det är inte och en ett till av på som med har för vi du kan de den vad så nej ja mig att om ska vill där något",
    "vi": "tôi là không và một của cho có được anh chị em này ạ thì mà đã với bạn vâng để gì rồi các trong xin làm đó lại",
}
_KNOWN = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")), ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")), ("hi", re.compile(r"[\u0900-\u097f]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")), ("ru", re.compile(r"[\u0400-\u04ff]")),
)  # fmt: skip
"""In this order: Japanese also writes Chinese characters."""
_UKRAINIAN, _RUSSIAN = re.compile(r"[іїєґ]", re.I), re.compile(r"[ыэъё]", re.I)
"""Letters that only one of the two has."""


def detect_language(text: str) -> str:
    """The ISO code, or `und`. At most the first 100,000 characters are looked at."""
    piece = text[:100_000]
    letters = sum(character.isalpha() for character in piece)
    for language, script in _SCRIPTS:
        least = 0.02 if language == "ja" else 0.3
        if letters >= FEWEST_WORDS and len(script.findall(piece)) >= least * letters:
            return "uk" if language == "ru" and len(_UKRAINIAN.findall(piece)) > len(_RUSSIAN.findall(piece)) else language
    tokens = Counter(token.casefold().replace("’", "'") for token in _TOKEN.findall(piece))
    total = tokens.total()
    if total < FEWEST_WORDS:
        return UNKNOWN
    ranked = sorted(((sum(tokens[word] for word in words), language) for language, words in _KNOWN.items()), reverse=True)
    (most, found), (second, _) = ranked[:2]
    return found if most >= LEAST_SHARE * total and most >= CLEARLY * second else UNKNOWN
