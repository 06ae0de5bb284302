"""From a transcript to its language parts: what must be encoded is encoded once, then each head reads the vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from backend.analysis.language.callouts import good_questions, next_steps
from backend.analysis.language.digest import digest
from backend.analysis.language.languages import FEATURES, unsupported
from backend.analysis.language.pivot import topics_alone
from backend.analysis.language.ports import LayeredEmbedder
from backend.analysis.language.sentences import Sentence, normal, sentences, without_noise
from backend.analysis.language.sentiment import judged, raw_scores, ruled, stretched
from backend.analysis.language.shipped import Shipped, shipped
from backend.analysis.language.topics import default_topics, find_topics, own_topics
from backend.analysis.types import Embed, LanguageParts, Progress, Role, SegmentSentiment, Settings, Skipped, Transcript, Translate, Vectors

CHUNK = 256  # texts between two reports of progress
PIECE = 48  # words of a text whose sentiment is judged at once


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of sentences of one segment."""

    segment: int
    role: Role
    text: str
    clean: str


def language_parts(
    transcript: Transcript, settings: Settings, embed: Embed, progress: Progress, translate: Translate | None = None
) -> LanguageParts:
    """Sentiment of segments, topics, next steps, good questions and the summary. The same input gives the same parts."""
    reason = unsupported(transcript.language)
    if reason is not None:
        return nothing(transcript, reason) if translate is None else topics_alone(transcript, settings, embed, translate, progress)
    heads = shipped()
    said = sentences(transcript)
    pieces = in_pieces(said)
    read = _Reading(embed, heads, progress)
    scores, vectors = read.scores(pieces), read.vectors(said)
    values = segment_sentiments(transcript, pieces, scores)
    progress("topics", 0.9)
    topics = find_topics(said, vectors, (*default_topics(heads), *own_topics(settings.topics, heads, embed)))
    steps = next_steps(said, vectors, heads.next_steps, heads.thresholds["next_steps"])
    questions = good_questions(said, vectors, heads.good_questions, heads.thresholds["good_questions"])
    progress("summary", 0.97)
    summary = digest(said, vectors, steps, [_value(values[each.segment]) for each in said])
    progress("summary", 1.0)
    models = {"encoder": str(getattr(embed, "name", "unknown")), **heads.versions}
    if not read.layered:
        models["sentiment"] = heads.versions["frozen_sentiment"]
    models.pop("frozen_sentiment", None)
    return LanguageParts(
        values, topics, steps, questions, summary, tuple(gaps(transcript, summary is None)), models, dict(heads.thresholds)
    )


def nothing(transcript: Transcript, reason: str) -> LanguageParts:
    """No parts, and why."""
    return LanguageParts((None,) * len(transcript.segments), skipped=tuple(Skipped(feature, reason) for feature in FEATURES))


def gaps(transcript: Transcript, no_summary: bool) -> list[Skipped]:
    """What is missing from parts that were made."""
    silent = sum(segment.text is None for segment in transcript.segments if segment.role != "other")
    found = []
    if silent:
        reason = f"the words of {silent} of {len(transcript.segments)} segments are unknown: nothing was looked for in them"
        found = [Skipped(feature, reason) for feature in FEATURES]
    if no_summary:
        found = [each for each in found if each.feature != "summary"] + [Skipped("summary", "too little is said to summarise")]
    return found


def in_pieces(said: Sequence[Sentence]) -> list[Piece]:
    """The sentences of each segment, joined as long as they are short together: feeling often stands between sentences."""
    runs: list[list[Sentence]] = []
    for each in said:
        open_run = runs and runs[-1][0].segment == each.segment and sum(one.words for one in runs[-1]) + each.words <= PIECE
        if open_run:
            runs[-1].append(each)
        else:
            runs.append([each])
    return [_piece(run) for run in runs]


def segment_sentiments(transcript: Transcript, pieces: Sequence[Piece], values: Sequence[float]) -> tuple[SegmentSentiment | None, ...]:
    """One a segment; None for other roles and unknown words, neutral 0 where a text holds no word."""
    by_segment: dict[int, list[tuple[float, int]]] = {}
    for piece, value in zip(pieces, values, strict=True):
        by_segment.setdefault(piece.segment, []).append((value, len(piece.clean.split())))
    return tuple(
        None if segment.text is None or segment.role == "other" else judged(by_segment.get(index, []))
        for index, segment in enumerate(transcript.segments)
    )


def _piece(run: Sequence[Sentence]) -> Piece:
    text = " ".join(each.text for each in run)
    return Piece(run[0].segment, run[0].role, text, normal(text))


def _value(sentiment: SegmentSentiment | None) -> float:
    return sentiment.value if sentiment else 0.0


class _Reading:
    """Encodes each different text once, in chunks, and tells how far it is."""

    def __init__(self, embed: Embed, heads: Shipped, progress: Progress) -> None:
        self.layered = isinstance(embed, LayeredEmbedder)
        self._embed = embed
        self._heads = heads
        self._progress = progress
        self._known: dict[str, Vectors] = {}

    def scores(self, pieces: Sequence[Piece]) -> list[float]:
        """The sentiment of each piece, −1…1."""
        head = self._heads.sentiment if self.layered else self._heads.frozen_sentiment
        bands = self._heads.bands["sentiment" if self.layered else "frozen_sentiment"]
        texts = list(dict.fromkeys(without_noise(piece.text) for piece in pieces))
        raw = dict(zip(texts, raw_scores(head, self._judging_vectors(texts)), strict=True)) if texts else {}
        return [ruled(stretched(float(raw[without_noise(piece.text)]), bands[piece.role]), piece.clean, piece.role) for piece in pieces]

    def vectors(self, said: Sequence[Sentence]) -> Vectors:
        """Unit vectors of the sentences, shape (len(said), 384)."""
        texts = [without_noise(each.text) for each in said]
        missing = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(missing, self._chunked(missing, self._embed, 0.6, 0.9), strict=True))
        return np.array([self._known[text] for text in texts], dtype=np.float32)

    def _judging_vectors(self, texts: list[str]) -> Vectors:
        embed, layers = self._embed, self._heads.sentiment.layers
        if not isinstance(embed, LayeredEmbedder):
            vectors = self._chunked(texts, embed, 0.0, 0.6)
            self._known.update(zip(texts, vectors, strict=True))
            return vectors
        both = self._chunked(texts, lambda some: np.concatenate(embed.branch(some, layers), axis=1), 0.0, 0.6)
        half = both.shape[1] // 2
        self._known.update(zip(texts, both[:, :half], strict=True))
        return both[:, half:]

    def _chunked(self, texts: Sequence[str], read: Callable[[Sequence[str]], Vectors], begin: float, end: float) -> Vectors:
        ordered = sorted(range(len(texts)), key=lambda index: len(texts[index]))  # near lengths share a batch
        rows: dict[int, Vectors] = {}
        for start in range(0, len(ordered), CHUNK):
            self._progress("sentences", begin + (end - begin) * start / max(1, len(ordered)))
            chosen = ordered[start : start + CHUNK]
            rows.update(zip(chosen, read([texts[index] for index in chosen]), strict=True))
        return np.array([rows[index] for index in range(len(texts))], dtype=np.float32)
