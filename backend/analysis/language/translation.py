"""
A conversation in English: what a translation engine made of each sentence, kept with its place in the original.

Made once for a transcript and an engine; topics are looked for in it, readers are shown it beside the original.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from backend.analysis.language.sentences import spans
from backend.analysis.types import Transcript, Translate

Document = dict[str, Any]
CHUNK = 64  # sentences between two reports of progress


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence's place in its segment's text, and what it says in English."""

    start: int
    end: int
    english: str


@dataclass(frozen=True, slots=True)
class Translation:
    """`engine` is the model with its version; `digest` stands for the words that were translated; `segments` has one entry a segment."""

    language: str
    engine: str
    digest: str
    segments: tuple[tuple[Said, ...], ...]

    def texts(self) -> list[str | None]:
        """Each segment in English; None where its words are unknown."""
        return [" ".join(each.english for each in said) if said else None for said in self.segments]

    def matches(self, transcript: Transcript, engine: str) -> bool:
        """Whether it is what the engine would make of the transcript again."""
        return self.engine == engine and self.digest == digest_of(transcript)

    def lookup(self, transcript: Transcript) -> Translate:
        """What the analysis asks for translations, which answers from here."""
        known = {
            (segment.text or "")[each.start : each.end]: each.english
            for segment, said in zip(transcript.segments, self.segments, strict=True)
            for each in said
        }
        return _Known(self.engine, known)

    def document(self) -> Document:
        """As JSON, for keeping it."""
        segments = [[[each.start, each.end, each.english] for each in said] for said in self.segments]
        return {"language": self.language, "engine": self.engine, "digest": self.digest, "segments": segments}

    @classmethod
    def of(cls, document: Document) -> Translation:
        segments = tuple(tuple(Said(*each) for each in said) for said in document["segments"])
        return cls(document["language"], document["engine"], document["digest"], segments)


class _Known:
    def __init__(self, name: str, known: dict[str, str]) -> None:
        self.name = name
        self._known = known

    def __call__(self, texts: Sequence[str]) -> Sequence[str]:
        return [self._known.get(text, text) for text in texts]


def translated(transcript: Transcript, translate: Translate, progress: Callable[[float], None]) -> Translation:
    """Every sentence in English, each different one asked for once. `translate` says its `name`."""
    places = [spans(segment.text, transcript.language) if segment.text else [] for segment in transcript.segments]
    texts = [[(segment.text or "")[start:end] for start, end in found] for segment, found in zip(transcript.segments, places, strict=True)]
    english = _asked(list(dict.fromkeys(text for some in texts for text in some)), translate, progress)
    segments = tuple(
        tuple(Said(start, end, english[text]) for (start, end), text in zip(found, some, strict=True))
        for found, some in zip(places, texts, strict=True)
    )
    return Translation(transcript.language, str(getattr(translate, "name", "unknown")), digest_of(transcript), segments)


def _asked(texts: Sequence[str], translate: Translate, progress: Callable[[float], None]) -> dict[str, str]:
    # What holds no letter is left as it is: engines answer a lone number or dash with prose.
    asked = [text for text in texts if any(map(str.isalpha, text))]
    english = {text: text for text in texts}
    for start in range(0, len(asked), CHUNK):
        progress(start / len(asked))
        some = asked[start : start + CHUNK]
        english.update(zip(some, translate(some), strict=True))
    return english


def digest_of(transcript: Transcript) -> str:
    """Stands for the language and the words of the segments, whoever speaks them and whenever."""
    words = hashlib.sha256(f"{transcript.language}\n".encode())
    for segment in transcript.segments:
        words.update(b"-" if segment.text is None else f"{len(segment.text)}:{segment.text}".encode())
    return words.hexdigest()
