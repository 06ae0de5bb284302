"""
How a language spells one word in several ways, so that a keyword is found in each of them. Pure.

`spelt` makes the ways of writing a word one: Vietnamese tone marks on either vowel, Hindi with and without nukta, ё and е, œ and oe,
traditional and simplified Chinese. `forms` adds the word without what a language writes onto it: French and Italian articles before an
apostrophe, Korean particles and the verb "do" after a noun.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from backend.analysis.tokens import base_language

_ELIDED = {
    "fr": ("l", "d", "j", "m", "t", "s", "c", "n", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"),
    "it": (
        "l", "un", "d", "c", "n", "m", "t", "s", "v", "dell", "all", "dall", "nell", "sull", "coll", "quest", "quell", "dov", "com", "cos",
    ),
}  # fmt: skip
_PARTICLES = (
    "은 는 이 가 을 를 에 의 도 만 로 으로 와 과 랑 이랑 하고 에서 에게 한테 께 께서 부터 까지 보다 처럼 마다 밖에"
    " 조차 마저 나 이나 라도 이라도 요 이요 이에요 예요 이야 입니다 입니까 인데 인데요 인가요 이고 라고 이라고 들"
)
_DOING = r"(?:하|해|했|합|할|한|함|되|돼|됐|된|될|됩)[가-힣]*"
_HANGUL = re.compile(r"[가-힣]{3,}|[a-z0-9]+[가-힣]+")
_LEAST = 2
"""Syllables of a Korean noun that particles are set aside from: shorter ones would be found inside other words."""
_TONES = {
    new: old
    for news, olds in (("oà oá oả oã oạ", "òa óa ỏa õa ọa"), ("oè oé oẻ oẽ oẹ", "òe óe ỏe õe ọe"), ("uỳ uý uỷ uỹ uỵ", "ùy úy ủy ũy ụy"))
    for new, old in zip(news.split(), olds.split(), strict=True)
}


def has_forms(language: str) -> bool:
    """Whether a word of this language can be spelt in several ways."""
    return base_language(language) in _SPELT or base_language(language) in _ALSO


def spelt(language: str, text: str) -> str:
    """The one spelling of a folded token."""
    make = _SPELT.get(base_language(language))
    return make(text) if make else text


def forms(language: str, text: str) -> tuple[str, ...]:
    """The one spelling of a folded token, then the words that stand in it with something written onto them."""
    base, own = base_language(language), spelt(language, text)
    more = _ALSO.get(base)
    return (own, *more(own)) if more else (own,)


def _vietnamese(text: str) -> str:
    return text[:-2] + _TONES[text[-2:]] if text[-2:] in _TONES else text


def _hindi(text: str) -> str:
    return text.replace("\u093c", "").replace("\u0901", "\u0902")


def _chinese(text: str) -> str:
    return text.translate(_simplified()) if text > "\u3400" else text


@lru_cache
def _simplified() -> dict[int, str]:
    """Traditional characters to their simplified ones, by OpenCC."""
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    characters = "".join(map(chr, (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xF900, 0xFB00))))
    made = [convert(each) for each in characters]
    found = {ord(old): new for old, new in zip(characters, made, strict=True) if len(new) == 1 and new != old}
    # Of accounts and bills, which is what calls are about; OpenCC takes it to be the one of tents.
    return found | dict.fromkeys(map(ord, "帳帐"), "账")


def simplified(text: str) -> str:
    """A Chinese text in simplified characters, as long as before."""
    return text.translate(_simplified())


def _elided(prefixes: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    pattern = re.compile(rf"(?:{'|'.join(prefixes)})'(?P<rest>.+)")

    def more(text: str) -> tuple[str, ...]:
        found = pattern.fullmatch(text) if "'" in text else None
        return (found["rest"],) if found else ()

    return more


@lru_cache(maxsize=65_536)
def _nouns(text: str) -> tuple[str, ...]:
    """Every noun that particles, the copula or a form of 하다 and 되다 may be written onto here, the longest first."""
    if not _HANGUL.fullmatch(text):
        return ()
    return tuple(text[:size] for size in range(len(text) - 1, _LEAST - 1, -1) if _ENDINGS.fullmatch(text, size))


_ENDINGS = re.compile(rf"(?:{'|'.join(sorted(_PARTICLES.split(), key=len, reverse=True))}){{1,3}}|{_DOING}")
_SPELT: dict[str, Callable[[str], str]] = {
    "vi": _vietnamese,
    "hi": _hindi,
    "ru": lambda text: text.replace("ё", "е"),
    "fr": lambda text: text.replace("œ", "oe").replace("æ", "ae"),
    "zh": _chinese,
}
_ALSO: dict[str, Callable[[str], tuple[str, ...]]] = {
    "fr": _elided(_ELIDED["fr"]),
    "it": _elided(_ELIDED["it"]),
    "ko": _nouns,
}
