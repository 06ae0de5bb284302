"""
The English pivot: topics of a conversation in another language, recognised in its translation.

Passages point at the original segments: what was said stays what is shown. Feeling, promises and questions are not read from a translation,
which loses their form; they are named in `skipped`.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from backend.analysis.language.languages import FEATURES, untranslated
from backend.analysis.language.sentences import normal, sentences
from backend.analysis.language.shipped import shipped
from backend.analysis.language.topics import default_topics, find_topics, own_topics
from backend.analysis.types import Embed, LanguageParts, Progress, Settings, Skipped, Transcript, Translate

CHUNK = 64  # sentences between two reports of progress


def topics_alone(transcript: Transcript, settings: Settings, embed: Embed, translate: Translate, progress: Progress) -> LanguageParts:
    """Topics by way of English, and why there is nothing else."""
    heads, said = shipped(), sentences(transcript)
    texts = list(dict.fromkeys(each.text for each in said))
    english: dict[str, str] = {}
    for start in range(0, len(texts), CHUNK):
        progress("translation", 0.7 * start / len(texts))
        some = texts[start : start + CHUNK]
        english.update(zip(some, translate(some), strict=True))
    progress("topics", 0.7)
    pivots = [replace(each, clean=normal(english[each.text])) for each in said]
    vectors = embed([english[each.text] for each in said]) if said else np.zeros((0, 384), np.float32)
    found = find_topics(pivots, vectors, (*default_topics(heads), *own_topics(settings.topics, heads, embed)))
    reason = untranslated(transcript.language)
    skipped = tuple(Skipped(feature, reason) for feature in FEATURES if feature != "topics")
    models = {
        "encoder": str(getattr(embed, "name", "unknown")), "topics": heads.versions["topics"],
        "translation": str(getattr(translate, "name", "unknown")),
    }  # fmt: skip
    return LanguageParts((None,) * len(transcript.segments), found, skipped=skipped, models=models, thresholds=dict(heads.thresholds))
