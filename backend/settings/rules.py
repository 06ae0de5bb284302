"""What can be decided, within which bounds, and when it takes effect. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from backend.errors import InvalidInput

LEAST_MS, MOST_MS = 100, 600_000
MOST_ACKNOWLEDGEMENT_DAYS = 365
MOST_RETENTION_DAYS = 3_650
NO_ENGINE = "none"
"""The engine of an account that wants no speech recognised."""

LANGUAGES: dict[str, str] = {
    "en": "English",
    "zh": "Chinese (Mandarin)",
    "da": "Danish",
    "nl": "Dutch",
    "fi": "Finnish",
    "fr": "French",
    "de": "German",
    "hi": "Hindi",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "es": "Spanish",
    "sv": "Swedish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
}
"""Primary subtag to name. A language that is none of these cannot be switched."""
MEASURED = frozenset({"en"})
"""Languages whose quality has been measured; the others are beta."""

NAMES: dict[str, str] = {
    "analysis_enabled": "analysisEnabled",
    "silence_ms": "silenceMs",
    "silence_on": "silenceOn",
    "crosstalk_ms": "crosstalkMs",
    "crosstalk_on": "crosstalkOn",
    "acknowledgement_required": "acknowledgementRequired",
    "acknowledgement_days": "acknowledgementDays",
    "retention_days": "retentionDays",
    "engine": "engine",
    "languages": "languages",
    "use_delivered_transcripts": "useDeliveredTranscripts",
}
"""Each setting, by the name under which clients give it."""

_BOUNDS = {
    "silence_ms": (LEAST_MS, MOST_MS, "ms"),
    "crosstalk_ms": (LEAST_MS, MOST_MS, "ms"),
    "acknowledgement_days": (1, MOST_ACKNOWLEDGEMENT_DAYS, "days"),
    "retention_days": (1, MOST_RETENTION_DAYS, "days"),
}

EFFECTS: dict[str, str] = {
    "analysisEnabled": (
        "At once: while it is off no conversation is taken in, and those under way stop before their analysis, until they are run again."
    ),
    "thresholds": (
        "For analyses that begin after the change; earlier ones keep the thresholds that they were made with, until they are run again."
    ),
    "acknowledgement": "For evaluations that are completed after the change.",
    "retention": (
        "Within an hour of the change: a conversation that began longer ago is deleted for good, with everything that came from it. "
        "Without a number of days nothing is deleted because of its age."
    ),
    "engine": "For conversations whose transcription begins after the change; transcripts that are there stay as they are.",
    "languages": (
        "For conversations that arrive, or whose transcription begins, after the change: in a language that is off they are kept and not "
        "analysed, and can be run again once it is on."
    ),
    "useDeliveredTranscripts": (
        "For conversations whose transcription begins after the change; one without a recording always uses the transcript that came."
    ),
}
"""When a change of each setting takes effect, in one sentence or two."""


@dataclass(frozen=True, slots=True)
class Change:
    """One setting's old and new value; `name` is that of `NAMES`."""

    name: str
    old: Any
    new: Any

    def document(self) -> dict[str, Any]:
        return {"setting": self.name, "old": self.old, "new": self.new}


def checked(given: Mapping[str, Any], *, engines: Collection[str]) -> dict[str, Any]:
    """
    The given settings by column name, languages as their sorted subtags. Raises InvalidInput for the first that cannot be, with a
    pointer to `/input/<name>`. `engines` are the keys that this installation offers.
    """
    for column, value in given.items():
        pointer = f"/input/{NAMES[column]}"
        if column in _BOUNDS:
            _within(column, value, pointer)
        elif column == "engine" and value not in engines:
            raise InvalidInput(f"This installation offers: {', '.join(sorted(engines))}.", pointer=pointer, value=value)
        elif column == "languages":
            _languages(value, pointer)
        elif value is None:
            raise InvalidInput("This setting is on or off: leave it out to keep it as it is.", pointer=pointer)
    return {column: sorted(set(value)) if column == "languages" else value for column, value in given.items()}


def _within(column: str, value: int | None, pointer: str) -> None:
    least, most, unit = _BOUNDS[column]
    if value is None and column == "retention_days":
        return
    if value is None or not least <= value <= most:
        raise InvalidInput(f"This lies between {least:,} and {most:,} {unit}.", pointer=pointer, value=value)


def _languages(codes: list[str] | None, pointer: str) -> None:
    if not codes:
        raise InvalidInput("At least one language stays on: to stop everything, switch the analysis off.", pointer=pointer)
    for index, code in enumerate(codes):
        if code not in LANGUAGES:
            raise InvalidInput(f"Choose among {', '.join(LANGUAGES)}.", pointer=f"{pointer}/{index}", value=code)


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What differs, in the order of `NAMES`. Settings that `after` leaves out stay."""
    return [
        Change(name, before[column], after[column]) for column, name in NAMES.items() if column in after and after[column] != before[column]
    ]


def language_refusal(language: str | None, off: Collection[str]) -> str | None:
    """Why a conversation in this language is not analysed; None where it is, or where nobody knows its language."""
    if language is None or language not in off:
        return None
    return f"The language {LANGUAGES[language]} is switched off under Settings. Switch it on there, then run this again."
