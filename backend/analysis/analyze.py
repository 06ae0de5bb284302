"""
From a transcript and settings to the analysis document (METRICS: interchange), the one place where the parts come together.

The workers, the command line and the re-analysis all call `analyze`.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from backend.analysis.constants import ANALYZER_VERSION, as_document
from backend.analysis.engagement import engagement_score
from backend.analysis.events import find_events
from backend.analysis.figures import response_lag_ms, speaker_changes
from backend.analysis.matcher import compile_matcher, find_mentions
from backend.analysis.role_figures import RoleFigures, role_figures, skipped_rates
from backend.analysis.sentiment import changes, line, score, weigh
from backend.analysis.types import Embed, LanguageParts, Part, Progress, Settings, Skipped, Transcript
from backend.analysis.utterances import Speech, find_speech

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Document = dict[str, Any]


def document_of(value: DataclassInstance) -> Document:
    """A flat value as a JSON object. Unlike `dataclasses.asdict` it copies nothing, which matters for thousands of mentions."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def analyze(
    transcript: Transcript,
    settings: Settings,
    *,
    embed: Embed | None = None,
    only: Part | None = None,
    progress: Progress | None = None,
) -> Document:
    """
    The analysis document. `embed` is needed for the language parts; without it they are named in `skipped`. `only` limits the work to one
    part, and what was not asked for is named in `skipped` too.
    """
    hook = progress or (lambda step, share: None)
    hook("conversation", 0.0)
    speech = find_speech(transcript)
    document = _conversation(transcript, speech, settings)
    skipped = [*_repairs(transcript), *skipped_rates(transcript, speech)]
    hook("indicators", 0.1)
    document["mentions"], more = _mentions(transcript, speech, settings, only)
    skipped += more
    hook("language", 0.2)
    parts = _language(transcript, settings, embed, only, hook)
    document |= _language_document(transcript, parts)
    document["skipped"] = [document_of(entry) for entry in [*skipped, *parts.skipped]]
    document["versions"] = {"analyzer": ANALYZER_VERSION, "models": parts.models}
    document["settings"] = {"silence_ms": settings.silence_ms, "crosstalk_ms": settings.crosstalk_ms, "constants": as_document()}
    hook("done", 1.0)
    return document


def _conversation(transcript: Transcript, speech: Speech, settings: Settings) -> Document:
    engagement = engagement_score(speech, transcript.holds)
    return {
        "engagement_score": None if engagement is None else document_of(engagement),
        "agent": _figures(role_figures(transcript, speech, "agent")),
        "consumer": _figures(role_figures(transcript, speech, "consumer")),
        "speaker_changes": speaker_changes(speech),
        "response_lag_ms": response_lag_ms(speech, transcript.holds),
        "turns": _turns(transcript, speech),
        "backchannels": _backchannels(transcript, speech),
        "events": [document_of(event) for event in find_events(speech, transcript.holds, settings)],
    }


def _figures(figures: RoleFigures) -> Document:
    return document_of(figures)


def first_speech(transcript: Transcript, speech: Speech) -> dict[int, int]:
    """For each segment that holds speech, the identity of the utterance in which its first word lies."""
    owner: dict[int, tuple[int, int]] = {}
    for utterances in speech.utterances.values():
        for utterance in utterances:
            for unit in utterance.units:
                if unit.segment not in owner or unit.start_ms < owner[unit.segment][0]:
                    owner[unit.segment] = (unit.start_ms, id(utterance))
    return {segment: identity for segment, (_, identity) in owner.items()}


def _turns(transcript: Transcript, speech: Speech) -> list[Document]:
    owners = first_speech(transcript, speech)
    found = []
    for turn in speech.turns:
        mine = {id(utterance) for utterance in turn.utterances}
        members = sorted({unit.segment for utterance in turn.utterances for unit in utterance.units})
        segments = [segment for segment in members if owners[segment] in mine]
        found.append({"role": turn.role, "start_ms": turn.start_ms, "end_ms": turn.end_ms, "segments": segments})
    return found


def _backchannels(transcript: Transcript, speech: Speech) -> list[Document]:
    owners = first_speech(transcript, speech)
    found = []
    for utterance in speech.backchannels:
        segments = [segment for segment in sorted({unit.segment for unit in utterance.units}) if owners[segment] == id(utterance)]
        found.append({"role": utterance.role, "start_ms": utterance.start_ms, "end_ms": utterance.end_ms, "segments": segments})
    return found


def _repairs(transcript: Transcript) -> list[Skipped]:
    return [Skipped("input", warning) for warning in transcript.warnings]


def _mentions(transcript: Transcript, speech: Speech, settings: Settings, only: Part | None) -> tuple[list[Document], list[Skipped]]:
    if only not in (None, "indicators"):
        return [], [Skipped("mentions", "not asked for")]
    if all(segment.text is None for segment in transcript.segments if segment.role != "other"):
        return [], [Skipped("mentions", "the words are unknown")]
    matcher = compile_matcher(settings.categories, transcript.language)
    return [document_of(mention) for mention in find_mentions(transcript, speech, matcher)], list(matcher.skipped)


_LANGUAGE_FEATURES = ("sentiment", "topics", "next_steps", "good_questions", "summary")


def _language(transcript: Transcript, settings: Settings, embed: Embed | None, only: Part | None, hook: Progress) -> LanguageParts:
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

    return language_parts(transcript, settings, embed, lambda step, share: hook(step, 0.2 + 0.8 * share))


def _language_document(transcript: Transcript, parts: LanguageParts) -> Document:
    return {
        "sentiment_score": _sentiment(transcript, parts),
        "utterances": [
            {"segment": index, "sentiment": s.label if s else None, "value": s.value if s else None}
            for index, s in enumerate(parts.sentiments)
        ],
        "topics": [
            {"name": t.name, "score": t.score, "passages": [{"segment": s, "score": value} for s, value in t.passages]}
            for t in parts.topics
        ],
        "next_steps": [document_of(passage) for passage in parts.next_steps],
        "good_questions": [document_of(passage) for passage in parts.good_questions],
        "summary": None if parts.summary is None else {"text": parts.summary.text, "segments": list(parts.summary.segments)},
    }


def _sentiment(transcript: Transcript, parts: LanguageParts) -> Document | None:
    items = weigh(transcript, parts.sentiments)
    value = score(items)
    if value is None:
        return None
    values = line(items, [item.middle_ms for item in items])
    return {
        "value": value,
        "agent": score([item for item in items if item.role == "agent"]),
        "consumer": score([item for item in items if item.role == "consumer"]),
        "points": [{"ms": int(i.middle_ms), "value": round(v, 6), "segment": i.segment} for i, v in zip(items, values, strict=True)],
        "changes": [
            {"ms": c.ms, "until_ms": c.until_ms, "from": c.before, "to": c.after, "segment": c.segment}
            for c in changes(items, transcript.duration_ms)
        ],
    }
