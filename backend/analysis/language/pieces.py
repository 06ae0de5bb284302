"""What sentiment is judged on: runs of sentences of a segment, and the segments' values from theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.analysis.language.ports import Judge
from backend.analysis.language.sentences import Sentence, normal, without_noise
from backend.analysis.language.sentiment import judged, ruled, stretched
from backend.analysis.language.shipped import Band
from backend.analysis.tokens import count_words
from backend.analysis.types import Progress, Role, SegmentSentiment, Transcript

PIECE = 48  # words of a text whose sentiment is judged at once
CHUNK = 256  # texts between two reports of progress


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of sentences of one segment, and its number of words (characters where no spaces part them)."""

    segment: int
    role: Role
    text: str
    clean: str
    words: int


def in_pieces(said: Sequence[Sentence], *, unspaced: bool = False) -> list[Piece]:
    """The sentences of each segment, joined as long as they are short together: feeling often stands between sentences."""
    runs: list[list[Sentence]] = []
    sizes: list[int] = []
    for each in said:
        size = count_words(each.clean, unspaced=True) if unspaced else each.words
        if runs and runs[-1][0].segment == each.segment and sizes[-1] + size <= PIECE:
            runs[-1].append(each)
            sizes[-1] += size
        else:
            runs.append([each])
            sizes.append(size)
    return [_piece(run, size) for run, size in zip(runs, sizes, strict=True)]


def _piece(run: Sequence[Sentence], words: int) -> Piece:
    text = " ".join(each.text for each in run)
    return Piece(run[0].segment, run[0].role, text, normal(text), words)


def segment_sentiments(transcript: Transcript, pieces: Sequence[Piece], values: Sequence[float]) -> tuple[SegmentSentiment | None, ...]:
    """One a segment; None for other roles and unknown words, neutral 0 where a text holds no word."""
    by_segment: dict[int, list[tuple[float, int]]] = {}
    for piece, value in zip(pieces, values, strict=True):
        by_segment.setdefault(piece.segment, []).append((value, piece.words))
    return tuple(
        None if segment.text is None or segment.role == "other" else judged(by_segment.get(index, []))
        for index, segment in enumerate(transcript.segments)
    )


def scores_by(judge: Judge, pieces: Sequence[Piece], progress: Progress, *, english: bool) -> list[float]:
    """
    The values of pieces by a model that takes the shipped one's place. The rules on top (no feeling in numbers and courtesies) know
    English; of other languages numbers alone are ruled out.
    """
    texts = list(dict.fromkeys(without_noise(piece.text) for piece in pieces))
    raw: dict[str, float] = {}
    for start in range(0, len(texts), CHUNK):
        progress("sentences", start / len(texts))
        some = texts[start : start + CHUNK]
        raw.update(zip(some, judge(some), strict=True))
    band = Band(*judge.thresholds)
    values = [stretched(raw[without_noise(piece.text)], band) for piece in pieces]
    if english:
        return [ruled(value, piece.clean, piece.role) for value, piece in zip(values, pieces, strict=True)]
    return [value if any(map(str.isalpha, piece.clean)) else 0.0 for value, piece in zip(values, pieces, strict=True)]
