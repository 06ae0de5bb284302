"""What ends in a full stop and ends no sentence: titles, abbreviations, initials, the day before a month. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from backend.analysis.tokens import base_language

_EVERYWHERE = "dr prof st vs tel nr etc ca"
_OF = {
    "en": "mr mrs ms sr jr e.g i.e a.m p.m approx inc ltd dept ext",
    "da": "f.eks bl.a dvs hr fr kl tlf osv evt inkl",
    "de": "z.b bzw d.h u.a usw ggf evtl inkl hr fr str mwst vgl bspw",
    "es": "sr sra srta dra ud uds d dña núm pág p.ej ee.uu",
    "fi": "esim mm ym jne klo puh nro n ts ns",
    "fr": "m mm mme mlle env tél p.ex av bd",
    "hi": "डॉ श्री रु",
    "it": "sig sigg sig.ra dott dott.ssa ing avv ecc geom",
    "nl": "dhr mevr mw bijv bv d.w.z o.a t.a.v i.p.v enz",
    "pl": "np m.in tzn tj ul inż itd itp godz ok zł gr mgr",
    "pt": "sr sra srta dra v.exa av nº núm",
    "ru": "т.е т.к т.д т.п г ул д руб тел напр стр коп",
    "sv": "t.ex bl.a d.v.s dvs kl osv inkl hr fr ev",
    "uk": "т.д т.п т.зв напр вул грн тел р м буд коп",
    "vi": "tp ths ts bs v.v q",
}
_MONTHS = {
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "de": "januar jänner februar märz april mai juni juli august september oktober november dezember",
    "fi": (
        "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta"
    ),
}
_DAY = re.compile(r"(?:^|\s)\d{1,2}\.$")
_INITIAL = re.compile(r"(?:^|[\s.])([^\W\d_])\.$")
_LAST = re.compile(r"\S+$")
_OPENING = "\"'„“«»¿¡([（「『"


def ends_in_abbreviation(text: str, language: str, following: str = "") -> bool:
    """
    Whether the full stop at the end of `text` belongs to its last word and ends no sentence; `following` is what comes after it. A lone
    capital is an initial (English `I` is a word), a lone small letter is a word unless it is a listed abbreviation.
    """
    last = _LAST.search(text)
    if last is None or not text.endswith("."):
        return False
    word, base = last.group().lstrip(_OPENING), base_language(language)
    if word.lower().removesuffix(".") in _listed(base):
        return True
    if _DAY.search(text) and base in _MONTHS:
        return "".join(following.lower().split()[:1]).rstrip(".,;!?") in _MONTHS[base].split()
    initial = _INITIAL.search(text)
    return initial is not None and initial[1].isupper() and not (base == "en" and word == "I.")


@lru_cache
def _listed(base: str) -> frozenset[str]:
    return frozenset(f"{_EVERYWHERE} {_OF.get(base, '')}".split())
