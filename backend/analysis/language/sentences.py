"""Splits what was said into sentences, with and without punctuation, and keeps their places: every quote stays verbatim."""

from __future__ import annotations

import re
from dataclasses import dataclass

from backend.analysis.abbreviations import ends_in_abbreviation
from backend.analysis.language.patterns import words
from backend.analysis.tokens import base_language
from backend.analysis.types import Role, Transcript

LONGEST = 40  # words of a sentence; what a recogniser gives without punctuation is cut at connecting words
SHORTEST = 12  # words before such a cut

_END = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][\"')\]]))\s+")
_ABBREVIATION = re.compile(r"(?:\b(?:mr|mrs|ms|dr|st|no|vs|approx|e\.g|i\.e|a\.m|p\.m|inc|ltd|dept|ext)|\b[a-z])\.$", re.IGNORECASE)
_ENDS = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+|[。！？｡।॥]+[\"'”’»)\]」』）]*\s*")
_COMMA = re.compile(r"[，、；,;]")
_CHARACTERS = 80  # characters of an unbroken sentence before it is cut at a comma
_CONNECTOR = re.compile(r"^(?:and|but|so|because|then|okay|well|now|or|which)$", re.IGNORECASE)
_MARKS = "\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
"""Marks that belong to the letter before: accents, and the vowels of Devanagari."""
_NOISE = re.compile(r"\[[^\]]*\]|<[^>]*>|\([^)]*\)")
_LEADING_PAIRS = frozenset(["you know", "i mean", "all right", "of course", "no problem"])


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` stands verbatim in the text of `segment` at `start`; `clean` is lower case without noise marks and punctuation."""

    segment: int
    role: Role
    start: int
    text: str
    clean: str

    @property
    def words(self) -> int:
        return len(self.clean.split())


def sentences(transcript: Transcript) -> list[Sentence]:
    """Every sentence of agent and consumer that holds a word, in order of the segments."""
    found = []
    for index, segment in enumerate(transcript.segments):
        if segment.text is None or segment.role == "other":
            continue
        for start, end in spans(segment.text, transcript.language):
            text = segment.text[start:end]
            clean = normal(text)
            if clean:
                found.append(Sentence(index, segment.role, start, text, clean))
    return found


def spans(text: str, language: str = "en") -> list[tuple[int, int]]:
    """(start, end) of the sentences of a text, without the blanks around them."""
    if base_language(language) != "en":
        return _other_spans(text, language)
    found: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if _ABBREVIATION.search(text[start : match.start()]):
            continue
        found += _cut(text, start, match.start())
        start = match.end()
    return found + _cut(text, start, len(text))


def _other_spans(text: str, language: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = 0
    for match in _ENDS.finditer(text):
        if not ends_in_abbreviation(text[start : match.end()].rstrip(), language, text[match.end() :]):
            found += _pieces(text, start, match.end())
            start = match.end()
    return found + _pieces(text, start, len(text))


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence without the blanks around it; one that goes on without a blank is cut at a comma now and then."""
    found: list[tuple[int, int]] = []
    if " " not in text[start:end].strip():
        for comma in _COMMA.finditer(text, start, end):
            if comma.end() - start >= _CHARACTERS:
                found.append((start, comma.end()))
                start = comma.end()
    return found + _cut(text, start, end)


def normal(text: str) -> str:
    """Lower case, apostrophes unified, noise marks and other punctuation gone, single blanks."""
    spoken = _NOISE.sub(" ", text).lower().replace("’", "'")
    return " ".join(re.sub(rf"[^\w'%$€£{_MARKS}]+", " ", spoken).split()).strip("'")


def without_noise(text: str) -> str:
    """The text without a recogniser's marks for noise, as [laughter] or <unk>."""
    return " ".join(_NOISE.sub(" ", text).split()) or text


def without_lead(clean: str) -> str:
    """A normal sentence without the hesitations and connecting words it begins with."""
    parts, leading = clean.split(), words("LEADING")
    start = 0
    while start < len(parts):
        if " ".join(parts[start : start + 2]) in _LEADING_PAIRS:
            start += 2
        elif parts[start] in leading:
            start += 1
        else:
            break
    return " ".join(parts[start:]) or clean


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces = [(match.start(), match.end()) for match in re.finditer(r"\S+", text[start:end])]
    if not pieces:
        return []
    cuts, begun = [0], 0
    if len(pieces) > LONGEST:
        for place, (first, last) in enumerate(pieces):
            word = text[start + first : start + last]
            if place - begun >= SHORTEST and len(pieces) - place >= 4 and (_CONNECTOR.match(word) or place - begun >= LONGEST):
                cuts.append(place)
                begun = place
    bounds = zip(cuts, [*cuts[1:], len(pieces)], strict=True)
    return [(start + pieces[first][0], start + pieces[last - 1][1]) for first, last in bounds]
