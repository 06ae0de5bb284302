"""How far a figure can be trusted: what it was measured to get right, and what this conversation's transcript leaves open."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from math import sqrt
from statistics import fmean

from backend.analysis.proof import Case
from backend.analysis.sentiment import Weighed, score, weigh
from backend.analysis.types import SegmentSentiment

_CLASSES = (
    "On 349 utterances by an author who had seen no training line, {right} got the class that people gave them; {missed}. "
    "Irony without a marker is often missed."
)
MEASURED = {
    "sentiment-layers-2": _CLASSES.format(right="89 % (±3)", missed="of negative ones 23 % were missed"),
    "sentiment-layers-3": _CLASSES.format(right="91 % (±3)", missed="15 % of negative ones were missed, 4 % of calm ones called negative"),
    "sentiment-frozen-1": _CLASSES.format(right="81 % (±4)", missed="20 % of negative ones were missed, 17 % of calm ones called negative"),
    "sentiment-frozen-2": _CLASSES.format(right="82 % (±4)", missed="27 % of negative ones were missed, 10 % of calm ones called negative"),
    "topics-2": (
        "The seven topics that are shipped reached 0.96 of 1 (macro-F1) on 126 lines kept apart; topics of one's own, with ten to twenty "
        "guiding sentences, 0.61 to 0.78 on public collections."
    ),
    "topics-3": (
        "The seven topics that are shipped reached 0.95 of 1 (macro-F1) on 126 lines kept apart; topics of one's own, with ten to twenty "
        "guiding sentences, 0.70 to 0.80 on public collections. On 759 turns about something else nothing was found."
    ),
    "next-steps-1": "On 89 lines kept apart, 90 % of what was found was a next step, and 90 % of the next steps were found.",
    "good-questions-1": "On 62 lines kept apart, 96 % of what was found was a good question, and 96 % of the good questions were found.",
    "digest-1": "Nothing in it is written anew, so nothing is untrue; which sentences matter most is a choice, and others may be missing.",
}
"""By the version of the model. The card of the language parts says how it was measured."""
_UNKNOWN = "How often the model {model} is right is not known here."
TIMES = "As exact as the times of the words; {times}."
_STATIC = {
    "ENGAGEMENT_SCORE": "It describes how the two took turns, not what was felt. " + TIMES,
    "TALK_SHARE": TIMES,
    "INTERACTION_SHARE": TIMES,
    "LONGEST_SPIEL": TIMES,
    "FILLERS_PER_MIN": "Only as many as the transcript keeps: {fillers}.",
    "TALKING_SPEED": "As exact as the words and their times; {times}.",
    "PATIENCE": "A mean: one long wait moves it. " + TIMES,
    "RESPONSE_LAG": TIMES,
    "SILENCES": "A sound that is no speech does not end a silence. " + TIMES,
    "CROSSTALKS": "A recording of one channel shows less of it than happened. " + TIMES,
    "HOLDS": "Reported, not measured: holds that were not delivered are not known.",
    "CALL_OUTS": "Exact for the words of the transcript; what was recognised wrongly is missed. {confidence}",
}
MODELS = {
    "SENTIMENT_SCORE": "sentiment", "SENTIMENT_LINE": "sentiment", "TOPICS": "topics", "NEXT_STEPS": "next_steps",
    "GOOD_QUESTIONS": "good_questions", "SUMMARY": "summary",
}  # fmt: skip
"""The model behind a figure, by its name among the analysis's versions; every other figure is a rule of the analyser."""


def uncertainty(figure: str, case: Case) -> str:
    """In a reader's words. KeyError for what is no figure."""
    if figure not in MODELS:
        return _STATIC[figure].format(times=_times(case), fillers=_fillers(case), confidence=_confidence(case)).strip()
    model = case.analysis.get("versions", {}).get("models", {}).get(MODELS[figure])
    if model is None:
        return "No model has judged this conversation."
    known = MEASURED.get(model, _UNKNOWN.format(model=model))
    return f"{_interval(case)}{known}" if figure == "SENTIMENT_SCORE" else known


def general(figure: str) -> str:
    """The same without a conversation, of the models that are shipped."""
    if figure not in MODELS:
        words = {"times": "without them, as exact as those of the passages", "fillers": "some engines leave them out", "confidence": ""}
        return _STATIC[figure].format(**words).strip()
    model = shipped_versions()[MODELS[figure]]
    return MEASURED.get(model, _UNKNOWN.format(model=model))


@lru_cache
def shipped_versions() -> Mapping[str, str]:
    """The models of this version, by the names that analyses keep; read without their weights."""
    manifest = json.loads((files("backend.analysis") / "data" / "language" / "manifest.json").read_text("utf-8"))
    found: Mapping[str, str] = manifest["versions"]
    return found


def _times(case: Case) -> str:
    spoken = [segment for segment in case.transcript.segments if segment.role != "other"]
    without = sum(segment.words is None for segment in spoken)
    if not without:
        return "this transcript has them"
    return "this transcript has none, so whole passages stand for them" if without == len(spoken) else f"{without} passages have none"


def _fillers(case: Case) -> str:
    engine = case.transcript.engine
    if engine is None or engine.keeps_fillers is None:
        return "whether this one's engine does is not known"
    return "this one's engine does" if engine.keeps_fillers else "this one's engine does not"


def _confidence(case: Case) -> str:
    values = [word.confidence for segment in case.transcript.segments for word in segment.words or () if word.confidence is not None]
    return f"The recogniser was {fmean(values):.0%} sure of its words on average." if values else ""


def _interval(case: Case) -> str:
    """The score's 95% interval if the passages are taken as a sample of the talk."""
    labels = [
        None if entry["value"] is None else SegmentSentiment(entry["sentiment"], entry["value"]) for entry in case.analysis["utterances"]
    ]
    weighed = weigh(case.transcript, labels)
    half = half_width(weighed)
    return "" if half is None else f"{score(weighed)} ± {half:.0f} (95 %) if the passages are taken as a sample of the talk. "


def half_width(weighed: Sequence[Weighed]) -> float | None:
    """1.96 standard errors of the weighted mean, in points of the score; None below two passages."""
    if len(weighed) < 2:
        return None
    total = sum(item.weight for item in weighed)
    mean = sum(item.weight * item.value for item in weighed) / total
    spread = sum((item.weight * (item.value - mean)) ** 2 for item in weighed)
    return 1.96 * 50 * sqrt(spread) / total
