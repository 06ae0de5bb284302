"""From a transcript to its language parts: what must be encoded is encoded once, then each head reads the vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from backend.analysis.language.callouts import good_questions, next_steps
from backend.analysis.language.digest import digest
from backend.analysis.language.ground import ground
from backend.analysis.language.languages import unsupported
from backend.analysis.language.pieces import CHUNK, Piece, in_pieces, scores_by, segment_sentiments
from backend.analysis.language.pivot import foreign_parts
from backend.analysis.language.ports import SHIPPED, LayeredEmbedder, Replacements
from backend.analysis.language.saying import gaps, made_by, unsupported_summary
from backend.analysis.language.sentences import Sentence, sentences, without_noise
from backend.analysis.language.sentiment import raw_scores, ruled, stretched
from backend.analysis.language.shipped import Shipped, shipped
from backend.analysis.language.topics import default_topics, find_topics, own_topics
from backend.analysis.language.written import written
from backend.analysis.types import (
    Embed,
    LanguageParts,
    Passage,
    Progress,
    SegmentSentiment,
    Settings,
    Skipped,
    Summary,
    TopicFound,
    Transcript,
    Translate,
    Vectors,
)  # fmt: skip


def language_parts(
    transcript: Transcript, settings: Settings, embed: Embed, progress: Progress, translate: Translate | None = None,
    instead: Replacements = SHIPPED,
) -> LanguageParts:  # fmt: skip
    """
    Sentiment of segments, topics, next steps, good questions and the summary, by the shipped models or those in their place. The same
    input gives the same parts.
    """
    if unsupported(transcript.language) is not None:
        return foreign_parts(transcript, settings, embed, progress, translate, instead)
    heads = shipped()
    said = sentences(transcript)
    read = _Reading(embed, heads, progress)
    values, vectors = _sentiments(transcript, said, read, instead), read.vectors(said)
    progress("topics", 0.9)
    topics = _topics(said, vectors, settings, (heads, embed), instead)
    steps = next_steps(said, vectors, heads.next_steps, heads.thresholds["next_steps"])
    questions = good_questions(said, vectors, heads.good_questions, heads.thresholds["good_questions"])
    progress("summary", 0.97)
    summary, remarks = _summary(said, vectors, steps, (values, embed), instead)
    progress("summary", 1.0)
    skipped = (*gaps(transcript, summary is None), *remarks)
    models = read.models(summary, instead)
    return LanguageParts(values, topics, steps, questions, summary, skipped, models, dict(heads.thresholds))


def _sentiments(
    transcript: Transcript, said: Sequence[Sentence], read: _Reading, instead: Replacements
) -> tuple[SegmentSentiment | None, ...]:
    pieces = in_pieces(said)
    if instead.judge is None:
        return segment_sentiments(transcript, pieces, read.scores(pieces))
    return segment_sentiments(transcript, pieces, scores_by(instead.judge, pieces, read.progress(0.0, 0.6), english=True))


def _topics(
    said: Sequence[Sentence], vectors: Vectors, settings: Settings, shipped_ones: tuple[Shipped, Embed], instead: Replacements
) -> tuple[TopicFound, ...]:
    heads, embed = shipped_ones
    if instead.encoder is None:
        return find_topics(said, vectors, (*default_topics(heads), *own_topics(settings.topics, heads, embed)))
    on = ground(instead.encoder, heads)
    read = on.embed([without_noise(each.text) for each in said]) if said else vectors
    return find_topics(said, read, (*on.defaults, *own_topics(settings.topics, on.heads, on.embed, words=False)))


def _summary(
    said: Sequence[Sentence], vectors: Vectors, steps: Sequence[Passage],
    given: tuple[Sequence[SegmentSentiment | None], Embed], instead: Replacements,
) -> tuple[Summary | None, list[Skipped]]:  # fmt: skip
    """What a model wrote, as far as it is supported; without a model, or where nothing is, the digest of what was said."""
    values, embed = given
    remarks: list[Skipped] = []
    if instead.writer is not None and said:
        found, lost = written(said, [each.text for each in said], vectors, embed, instead.writer)
        remarks = unsupported_summary(instead.writer.name, lost, found is None)
        if found is not None:
            return found, remarks
    return digest(said, vectors, steps, [_value(values[each.segment]) for each in said]), remarks


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

    def progress(self, begin: float, end: float) -> Progress:
        """Progress of a part, as a share of the whole."""
        return lambda step, share: self._progress(step, begin + (end - begin) * share)

    def models(self, summary: Summary | None, instead: Replacements) -> dict[str, str]:
        """Which model made what."""
        models = {"encoder": str(getattr(self._embed, "name", "unknown")), **self._heads.versions}
        if not self.layered:
            models["sentiment"] = self._heads.versions["frozen_sentiment"]
        models.pop("frozen_sentiment", None)
        return models | made_by(instead, summary)

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
