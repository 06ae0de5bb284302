"""
Where an account's keywords stand in a transcript.

All keywords are compiled once into tables from their first token; a transcript is then walked once a role. Overlapping matches
of one indicator: the leftmost, then the longest. What a language writes in several ways, or onto a word, is looked for in each way
(`spelling`); where it writes no spaces, no match cuts a word (`segmentation`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from backend.analysis.normal import tokenize
from backend.analysis.segmentation import words_of
from backend.analysis.spelling import forms, has_forms, spelt
from backend.analysis.stemming import has_stemmer, stem, why_no_stemmer
from backend.analysis.stream import Placed, Streams
from backend.analysis.types import Category, Indicator, Keyword, Role, Skipped, Transcript
from backend.analysis.utterances import SPEAKING


@dataclass(frozen=True, slots=True)
class Mention:
    """`char_start` counts code points in the text of `segment`, `char_end` in that of `end_segment`."""

    category: str
    indicator: str
    keyword: str
    role: Role
    segment: int
    end_segment: int
    start_ms: int
    end_ms: int
    char_start: int
    char_end: int
    exact: bool


@dataclass(frozen=True, slots=True)
class _Phrase:
    tokens: tuple[str, ...]
    category: str
    indicator: Indicator
    keyword: Keyword


@dataclass(frozen=True, slots=True)
class Matcher:
    """Keywords compiled for one language."""

    language: str
    literal: dict[str, list[_Phrase]]
    stemmed: dict[str, list[_Phrase]]
    skipped: tuple[Skipped, ...]


def compile_matcher(categories: tuple[Category, ...], language: str) -> Matcher:
    """A keyword without a letter or digit matches nothing. Inflections without a stemmer are said in `skipped`."""
    literal: dict[str, list[_Phrase]] = defaultdict(list)
    stemmed: dict[str, list[_Phrase]] = defaultdict(list)
    stems = has_stemmer(language)
    wanted = False
    for category in categories:
        for indicator in category.indicators:
            for keyword in indicator.keywords:
                wanted = wanted or keyword.inflections
                inflected = keyword.inflections and stems
                texts = [spelt(language, token.text) for token in tokenize(keyword.text)]
                tokens = tuple(stem(language, texts) if inflected else texts)
                if tokens:
                    (stemmed if inflected else literal)[tokens[0]].append(_Phrase(tokens, category.name, indicator, keyword))
    skipped = (Skipped("inflections", why_no_stemmer(language)),) if wanted and not stems else ()
    return Matcher(language, dict(literal), dict(stemmed), skipped)


def find_mentions(transcript: Transcript, said: Mapping[Role, Streams], matcher: Matcher) -> list[Mention]:
    """All mentions in what each role said, in order of time, then category, indicator and keyword."""
    found = [mention for role in SPEAKING for run in said[role] for mention in _in_run(transcript, run, role, matcher)]
    return sorted(found, key=lambda m: (m.start_ms, m.segment, m.char_start, m.end_ms, m.category, m.indicator, m.keyword))


def _in_run(transcript: Transcript, run: list[Placed], role: Role, matcher: Matcher) -> Iterator[Mention]:
    by_indicator: dict[tuple[str, str], list[tuple[int, int, _Phrase]]] = defaultdict(list)
    for start, end, phrase in _hits(run, matcher):
        if phrase.indicator.scope in ("both", role):
            by_indicator[phrase.category, phrase.indicator.name].append((start, end, phrase))
    for hits in by_indicator.values():
        after = -1
        for start, end, phrase in sorted(hits, key=lambda hit: (hit[0], -hit[1], hit[2].keyword.text)):
            if start >= after:
                after = end
                yield _mention(transcript, run[start], run[end - 1], role, phrase)


def _hits(run: list[Placed], matcher: Matcher) -> Iterator[tuple[int, int, _Phrase]]:
    """Every occurrence as first token, token after the last, phrase."""
    found = list(_every_hit([placed.text for placed in run], matcher))
    words = words_of(matcher.language, run) if found else None
    return (hit for hit in found if words is None or words.fits(*hit[:2]))


def _every_hit(texts: list[str], matcher: Matcher) -> Iterator[tuple[int, int, _Phrase]]:
    if not has_forms(matcher.language):
        yield from _table_hits(texts, matcher.literal)
        if matcher.stemmed:
            yield from _table_hits(stem(matcher.language, texts), matcher.stemmed)
        return
    written = [forms(matcher.language, text) for text in texts]
    yield from _form_hits(written, matcher.literal)
    if matcher.stemmed:
        yield from _form_hits([tuple(dict.fromkeys(stem(matcher.language, each))) for each in written], matcher.stemmed)


def _table_hits(texts: list[str], table: dict[str, list[_Phrase]]) -> Iterator[tuple[int, int, _Phrase]]:
    for start, text in enumerate(texts):
        if text in table:
            for phrase in table[text]:
                end = start + len(phrase.tokens)
                if tuple(texts[start:end]) == phrase.tokens:
                    yield start, end, phrase


def _form_hits(written: list[tuple[str, ...]], table: dict[str, list[_Phrase]]) -> Iterator[tuple[int, int, _Phrase]]:
    """The same where each token has several forms."""
    for start, options in enumerate(written):
        for phrase in (phrase for option in options for phrase in table.get(option, ())):
            end = start + len(phrase.tokens)
            if end <= len(written) and all(map(_has, written[start:end], phrase.tokens)):
                yield start, end, phrase


def _has(options: tuple[str, ...], token: str) -> bool:
    return token in options


def _mention(transcript: Transcript, first: Placed, last: Placed, role: Role, phrase: _Phrase) -> Mention:
    exact = first.word is not None and last.word is not None
    start_ms = first.word.start_ms if exact and first.word else transcript.segments[first.segment].start_ms
    end_ms = last.word.end_ms if exact and last.word else transcript.segments[last.segment].end_ms
    return Mention(
        phrase.category, phrase.indicator.name, phrase.keyword.text, role, first.segment, last.segment,
        start_ms, end_ms, first.start, last.end, exact,
    )  # fmt: skip
