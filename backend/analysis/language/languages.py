"""Which languages the heads understand. Another one is named and left out: a wrong figure is worse than none."""

from __future__ import annotations

from backend.analysis.tokens import base_language

FEATURES = ("sentiment", "topics", "next_steps", "good_questions", "summary")
UNDERSTOOD = frozenset({"en"})
NAMES = {
    "ar": "Arabic",
    "cs": "Czech",
    "bg": "Bulgarian",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sv": "Swedish",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}


def unsupported(language: str) -> str | None:
    """Why a language's words cannot be understood here; None where they can."""
    base = base_language(language)
    if base in UNDERSTOOD:
        return None
    return f"the models understand English, this conversation is in {_named(language)}, and no translation engine is installed"


def untranslated(language: str) -> str:
    """Why a feature is left out although a translation is there."""
    return f"the models understand English, this conversation is in {_named(language)}; in its translation topics alone are looked for"


def _named(language: str) -> str:
    base = base_language(language)
    return f"{NAMES[base]} ({language})" if base in NAMES else f"the language {language!r}"
