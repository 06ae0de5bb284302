"""The settings document of an analysis as a value."""

from __future__ import annotations

from typing import Any, cast

from backend.analysis.faults import SettingsError, shown
from backend.analysis.fields import Reader
from backend.analysis.tokens import has_word
from backend.analysis.types import Category, Indicator, Keyword, Scope, Settings, TopicDefinition

SCOPES = ("agent", "consumer", "both")


def read_settings(document: object) -> Settings:
    """Settings from the parsed JSON; a threshold of null switches its event off. Raises SettingsError with the fault's JSON pointer."""
    reader = Reader(document, "", SettingsError)
    given = cast("dict[str, Any]", document)
    defaults = Settings()
    return Settings(
        silence_ms=_threshold(reader, given, "silence_ms", defaults.silence_ms),
        crosstalk_ms=_threshold(reader, given, "crosstalk_ms", defaults.crosstalk_ms),
        categories=tuple(_category(entry) for entry in reader.objects("categories")),
        topics=tuple(TopicDefinition(entry.text("name"), entry.texts("sentences")) for entry in reader.objects("topics")),
    )


def _threshold(reader: Reader, given: dict[str, Any], name: str, default: int | None) -> int | None:
    if name not in given:
        return default
    return None if given[name] is None else reader.time(name)


def _category(reader: Reader) -> Category:
    return Category(reader.text("name"), tuple(_indicator(entry) for entry in reader.objects("indicators", required=True)))


def _indicator(reader: Reader) -> Indicator:
    keywords = tuple(_keyword(entry) for entry in reader.objects("keywords", required=True))
    scope = reader.choice("scope", SCOPES) if reader.has("scope") else "both"
    return Indicator(reader.text("name"), keywords, cast("Scope", scope))


def _keyword(reader: Reader) -> Keyword:
    text = reader.text("text")
    if not has_word(text):
        raise reader.refuse("text", f"must hold a letter or a digit, or it could match nothing, and is {shown(text)}")
    return Keyword(text, bool(reader.flag("inflections")))
