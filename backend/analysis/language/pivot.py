"""
A conversation in another language than English: what can be understood of it, and why the rest is left out.

Topics are recognised in its English translation, or by an encoder that knows the language. Passages point at the original segments: what
was said stays what is shown. A written summary is made of the translation. Feeling, promises and questions are not read from a
translation, which loses their form: feeling needs a sentiment model of the language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from backend.analysis.language.ground import ground
from backend.analysis.language.languages import FEATURES, unsupported, untranslated
from backend.analysis.language.pieces import in_pieces, scores_by, segment_sentiments
from backend.analysis.language.ports import Encoder, Judge, Replacements, Writer
from backend.analysis.language.saying import gaps, judged_by, topics_by, unsupported_summary
from backend.analysis.language.sentences import Sentence, normal, sentences
from backend.analysis.language.shipped import shipped
from backend.analysis.language.topics import default_topics, find_topics, own_topics
from backend.analysis.language.translation import CHUNK
from backend.analysis.language.written import written
from backend.analysis.tokens import count_words, is_unspaced
from backend.analysis.types import (
    Embed,
    LanguageParts,
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


@dataclass(frozen=True, slots=True)
class _Made:
    """Parts so far; `why` says of each feature why it is left out."""

    sentiments: tuple[SegmentSentiment | None, ...]
    topics: tuple[TopicFound, ...]
    summary: Summary | None
    why: dict[str, str]
    models: dict[str, str]
    remarks: tuple[Skipped, ...] = ()


def foreign_parts(
    transcript: Transcript, settings: Settings, embed: Embed, progress: Progress, translate: Translate | None, instead: Replacements
) -> LanguageParts:
    """The parts that there are models for, and why there is nothing else."""
    reason = unsupported(transcript.language) if translate is None else untranslated(transcript.language)
    made = _Made((None,) * len(transcript.segments), (), None, dict.fromkeys(FEATURES, reason or ""), {})
    if instead.judge is not None:
        made = _felt(made, transcript, instead.judge, progress)
    if translate is not None:
        made = _in_english(made, transcript, settings, (embed, translate), progress, instead.english or Replacements())
    elif instead.encoder is not None:
        made = _as_said(made, transcript, settings, instead.encoder, progress)
    known = [each for each in gaps(transcript, no_summary=False) if each.feature not in made.why]
    skipped = [Skipped(feature, made.why[feature]) for feature in FEATURES if feature in made.why]
    thresholds = dict(shipped().thresholds) if "topics" not in made.why else {}
    return LanguageParts(
        made.sentiments, made.topics, summary=made.summary, skipped=(*skipped, *known, *made.remarks), models=made.models,
        thresholds=thresholds,
    )  # fmt: skip


def _felt(made: _Made, transcript: Transcript, judge: Judge, progress: Progress) -> _Made:
    pieces = in_pieces(sentences(transcript), unspaced=is_unspaced(transcript.language))
    values = scores_by(judge, pieces, lambda step, share: progress(step, 0.4 * share), english=False)
    return replace(
        made, sentiments=segment_sentiments(transcript, pieces, values), why=_without(made.why, "sentiment"),
        models=made.models | judged_by(judge),
    )  # fmt: skip


def _in_english(
    made: _Made, transcript: Transcript, settings: Settings, engines: tuple[Embed, Translate], progress: Progress, instead: Replacements
) -> _Made:
    embed, translate = engines
    said = sentences(transcript)
    english = _translated([each.text for each in said], translate, progress)
    pivots = [replace(each, clean=normal(text)) for each, text in zip(said, english, strict=True)]
    progress("topics", 0.8)
    models = {"translation": str(getattr(translate, "name", "unknown")), "encoder": str(getattr(embed, "name", "unknown"))}
    vectors = embed(english) if said else np.zeros((0, 384), np.float32)
    if instead.encoder is None:
        heads = shipped()
        found = find_topics(pivots, vectors, (*default_topics(heads), *own_topics(settings.topics, heads, embed)))
        models["topics"] = heads.versions["topics"]
    else:
        found = _topics_on(instead.encoder, pivots, english, settings)
        models |= topics_by(instead.encoder)
    made = replace(made, topics=found, why=_without(made.why, "topics"), models=made.models | models)
    return made if instead.writer is None or not said else _told(made, (pivots, english, vectors), embed, instead.writer)


def _told(made: _Made, said: tuple[Sequence[Sentence], Sequence[str], Vectors], embed: Embed, writer: Writer) -> _Made:
    """With a written summary of the translation, where any of it is supported."""
    found, lost = written(*said, embed, writer)
    if found is None:
        return replace(made, why=made.why | {"summary": f"nothing that {writer.name} wrote is supported by what was said"})
    remarks = (*made.remarks, *unsupported_summary(writer.name, lost, nothing_left=False))
    return replace(
        made, summary=found, why=_without(made.why, "summary"), models=made.models | {"summary": writer.name}, remarks=remarks
    )  # fmt: skip


def _as_said(made: _Made, transcript: Transcript, settings: Settings, encoder: Encoder, progress: Progress) -> _Made:
    """Topics by an encoder that knows the language; sentences' words are counted in the language's own way."""
    unspaced = is_unspaced(transcript.language)
    said = [each for each in sentences(transcript) if count_words(each.clean, unspaced=unspaced) >= (6 if unspaced else 1)]
    # The shortest length is counted in blanks, which these languages do not write.
    counted = [replace(each, clean=" ".join(each.clean)) for each in said] if unspaced else said
    progress("topics", 0.8)
    found = _topics_on(encoder, counted, [each.text for each in said], settings)
    return replace(made, topics=found, why=_without(made.why, "topics"), models=made.models | topics_by(encoder))


def _topics_on(encoder: Encoder, said: Sequence[Sentence], texts: Sequence[str], settings: Settings) -> tuple[TopicFound, ...]:
    if not said:
        return ()
    on = ground(encoder, shipped())
    return find_topics(said, on.embed(texts), (*on.defaults, *own_topics(settings.topics, on.heads, on.embed, words=False)))


def _translated(texts: Sequence[str], translate: Translate, progress: Progress) -> list[str]:
    unique = list(dict.fromkeys(texts))
    english: dict[str, str] = {}
    for start in range(0, len(unique), CHUNK):
        progress("translation", 0.4 + 0.4 * start / len(unique))
        some = unique[start : start + CHUNK]
        english.update(zip(some, translate(some), strict=True))
    return [english[text] for text in texts]


def _without(why: dict[str, str], feature: str) -> dict[str, str]:
    return {name: reason for name, reason in why.items() if name != feature}
