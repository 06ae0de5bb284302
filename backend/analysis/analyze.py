"""
From a transcript and settings to the analysis document (METRICS: interchange), the one place where the parts come together.

The workers, the command line and the re-analysis all call `analyze`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from backend.analysis.constants import ANALYZER_VERSION, as_document
from backend.analysis.document import Document, backchannel_documents, document_of, language_document, turn_documents
from backend.analysis.engagement import engagement_score
from backend.analysis.events import find_events
from backend.analysis.figures import response_lag_ms, speaker_changes
from backend.analysis.matcher import compile_matcher, find_mentions
from backend.analysis.role_figures import role_figures, skipped_figures, skipped_rates
from backend.analysis.stamps import stamps
from backend.analysis.stream import Streams, streams
from backend.analysis.types import Embed, LanguageParts, Part, Progress, Role, Settings, Skipped, Transcript, Translate
from backend.analysis.utterances import SPEAKING, Speech, find_speech

if TYPE_CHECKING:
    from backend.analysis.language.ports import Replacements


def analyze(
    transcript: Transcript,
    settings: Settings,
    *,
    embed: Embed | None = None,
    translate: Translate | None = None,
    instead: Replacements | None = None,
    only: Part | None = None,
    progress: Progress | None = None,
) -> Document:
    """
    The analysis document. `embed` is needed for the language parts; without it they are named in `skipped`.
    `translate` finds topics in what is not English, `instead` are models in the place of shipped ones. `only` limits the work to one
    part, and what was not asked for is named in `skipped` too.
    """
    hook = progress or (lambda step, share: None)
    hook("conversation", 0.0)
    speech = find_speech(transcript)
    said = {role: streams(transcript, speech, role) for role in SPEAKING}
    document, skipped = _conversation(transcript, speech, said, settings)
    hook("indicators", 0.1)
    document["mentions"], unmatched = _mentions(transcript, said, settings, only)
    hook("language", 0.2)
    parts = _wanted(_language(transcript, settings, (embed, translate, instead), only, hook), settings)
    document |= language_document(transcript, parts)
    document["skipped"] = [document_of(entry) for entry in [*skipped, *unmatched, *parts.skipped, *_unscored(document, parts)]]
    document["versions"] = {"analyzer": ANALYZER_VERSION, "models": parts.models}
    document["settings"] = {
        "silence_ms": settings.silence_ms, "crosstalk_ms": settings.crosstalk_ms, "constants": as_document(),
        "thresholds": parts.thresholds, "definitions": stamps(settings),
    }  # fmt: skip
    hook("done", 1.0)
    return document


def _conversation(
    transcript: Transcript, speech: Speech, said: Mapping[Role, Streams], settings: Settings
) -> tuple[Document, list[Skipped]]:
    engagement = engagement_score(speech, transcript.holds)
    lag = response_lag_ms(speech, transcript.holds)
    figures = {role: role_figures(transcript, speech, role, said[role]) for role in SPEAKING}
    skipped = [*(Skipped("input", warning) for warning in transcript.warnings), *skipped_rates(transcript)]
    named = {entry.feature for entry in skipped}
    skipped += [entry for role in SPEAKING for entry in skipped_figures(speech, role, figures[role]) if entry.feature not in named]
    if engagement is None:
        skipped.append(Skipped("engagement_score", "the consumer does not speak"))
    if lag is None:
        skipped.append(Skipped("response_lag_ms", "the consumer never answers the agent"))
    return {
        "engagement_score": None if engagement is None else document_of(engagement),
        "agent": document_of(figures["agent"]),
        "consumer": document_of(figures["consumer"]),
        "speaker_changes": speaker_changes(speech),
        "response_lag_ms": lag,
        "turns": turn_documents(speech),
        "backchannels": backchannel_documents(speech),
        "events": [document_of(event) for event in find_events(speech, transcript.holds, settings)],
    }, skipped


def _mentions(
    transcript: Transcript, said: Mapping[Role, Streams], settings: Settings, only: Part | None
) -> tuple[list[Document], list[Skipped]]:
    if only not in (None, "indicators"):
        return [], [Skipped("mentions", "not asked for")]
    spoken = [segment for segment in transcript.segments if segment.role != "other"]
    unknown = sum(segment.text is None for segment in spoken)
    if unknown and unknown == len(spoken):
        return [], [Skipped("mentions", "the words are unknown")]
    matcher = compile_matcher(settings.categories, transcript.language)
    skipped = [*matcher.skipped]
    if unknown:
        skipped.append(Skipped("mentions", f"the words of {unknown} of {len(spoken)} segments are unknown: nothing was looked for in them"))
    return [document_of(mention) for mention in find_mentions(transcript, said, matcher)], skipped


def _wanted(parts: LanguageParts, settings: Settings) -> LanguageParts:
    """Without the topics that are switched off, which still tell others apart."""
    return replace(parts, topics=tuple(each for each in parts.topics if each.name not in settings.topics_off))


_LANGUAGE_FEATURES = ("sentiment", "topics", "next_steps", "good_questions", "summary")


def _language(
    transcript: Transcript, settings: Settings, engines: tuple[Embed | None, Translate | None, Replacements | None],
    only: Part | None, hook: Progress,
) -> LanguageParts:  # fmt: skip
    embed, translate, instead = engines
    reason = None
    if only not in (None, "language"):
        reason = "not asked for"
    elif all(segment.text is None for segment in transcript.segments):
        reason = "the words are unknown" if transcript.segments else "nobody speaks"
    elif embed is None:
        reason = "no sentence encoder is installed"
    if reason is not None or embed is None:
        skipped = tuple(Skipped(feature, reason or "") for feature in _LANGUAGE_FEATURES)
        return LanguageParts((None,) * len(transcript.segments), skipped=skipped)
    from backend.analysis.language import language_parts
    from backend.analysis.language.ports import SHIPPED

    return language_parts(transcript, settings, embed, lambda step, share: hook(step, 0.2 + 0.8 * share), translate, instead or SHIPPED)


def _unscored(document: Document, parts: LanguageParts) -> list[Skipped]:
    """A missing sentiment score is named, unless the parts have named it."""
    named = any(entry.feature == "sentiment" for entry in parts.skipped)
    return [] if document["sentiment_score"] or named else [Skipped("sentiment_score", "nothing was said that could be judged")]
