"""Keywords in a long transcript."""

from __future__ import annotations

import re
from random import Random

from ahocorasick_rs import AhoCorasick

from backend.analysis.analyze import analyze
from backend.analysis.matcher import Mention, compile_matcher, find_mentions
from backend.analysis.reading import read_transcript
from backend.analysis.stream import streams
from backend.analysis.types import Category, Settings
from backend.analysis.utterances import SPEAKING, find_speech
from bench.generate import categories, conversation, language
from bench.measure import Figure, compare, cost, rate, same

WORDS = 12_000
INDICATORS, KEYWORDS = 250, 8


def figures() -> list[Figure]:
    dice = Random(1)
    spoken = language(dice, phrases=INDICATORS * KEYWORDS)
    wanted = categories(spoken, INDICATORS, KEYWORDS)
    transcript = read_transcript(conversation(spoken, WORDS, dice))
    texts = [segment.text or "" for segment in transcript.segments]
    speech, matcher, patterns = find_speech(transcript), compile_matcher(wanted, "en"), _patterns(wanted)
    automaton = AhoCorasick([f" {phrase} " for phrase in spoken.phrases])

    def find() -> list[Mention]:
        return find_mentions(transcript, {role: streams(transcript, speech, role) for role in SPEAKING}, matcher)

    mentions = len(find())
    same("mentions", mentions, _count(patterns, texts))
    megabytes = sum(map(len, texts)) / 1e6

    what = f"{mentions} mentions of {INDICATORS * KEYWORDS} keywords in {WORDS} words"
    mine, slow, bare = compare(find, lambda: _count(patterns, texts), lambda: _bare_hits(automaton, texts))
    whole = compare(
        lambda: analyze(transcript, Settings(categories=wanted), only="indicators"), lambda: _from_scratch(wanted, texts), repeat=2
    )
    return [
        rate(what, megabytes, "MB/s", "re, an alternation an indicator", (mine, slow)),
        rate(what, megabytes, "MB/s", "ahocorasick_rs, bare hits", (mine, bare)),
        cost("analyze(only=indicators), two hours of speech", "re, compiling and searching alone", whole),
    ]


def _patterns(wanted: tuple[Category, ...]) -> list[re.Pattern[str]]:
    """For each indicator its keywords, the longest first."""
    found = []
    for category in wanted:
        for indicator in category.indicators:
            ordered = sorted((re.escape(keyword.text) for keyword in indicator.keywords), key=len, reverse=True)
            found.append(re.compile(rf"\b(?:{'|'.join(ordered)})\b", re.IGNORECASE))
    return found


def _count(patterns: list[re.Pattern[str]], texts: list[str]) -> int:
    return sum(1 for text in texts for pattern in patterns for _ in pattern.finditer(text))


def _from_scratch(wanted: tuple[Category, ...], texts: list[str]) -> int:
    re.purge()
    return _count(_patterns(wanted), texts)


def _bare_hits(automaton: AhoCorasick, texts: list[str]) -> int:
    """Which keyword stands where in a segment: no roles, times or words."""
    return sum(len(automaton.find_matches_as_indexes(f" {text} ", overlapping=True)) for text in texts)
