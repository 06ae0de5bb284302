"""From an analysis document to the numbers that lists and reports read. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from backend.analyses.tables import MentionRow, Metrics

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Names:
    """Rows that the names in an analysis stand for. `keywords` are by (indicator id, text), `indicators` by (category, indicator)."""

    indicators: dict[tuple[str, str], int]
    keywords: dict[tuple[int, str], int]
    topics: dict[str, int]


@dataclass(frozen=True, slots=True)
class Tag:
    kind: str
    tag_id: int
    by_agent: int
    by_consumer: int
    total: int


_PLACE = ("role", "segment", "end_segment", "start_ms", "end_ms", "char_start", "char_end", "exact")


@dataclass(frozen=True, slots=True)
class Findings:
    """What is copied out of an analysis once it is current: numbers, times and ids alone."""

    mentions: list[MentionRow]
    tags: list[Tag]
    engagement_score: int | None
    sentiment_score: int | None
    without_words: bool

    def columns(self) -> dict[str, Any]:
        """The interaction's own."""
        names = ("engagement_score", "sentiment_score", "without_words")
        return {**{name: getattr(self, name) for name in names}, "indicator_mentions": len(self.mentions)}

    def document(self) -> Document:
        """The same as JSON, for keeping it until then."""
        mentions = [{name: getattr(row, name) for name in ("indicator_id", "keyword_id", *_PLACE)} for row in self.mentions]
        return {**self.columns(), "mentions": mentions, "tags": [asdict(tag) for tag in self.tags]}


def findings(document: Document, transcript: Document, names: Names, **place: Any) -> Findings:
    """`place` is where the mentions stand: account_id, analysis_id, interaction_id, day."""
    found = mentions(document, names, **place)
    scores = {name: score(document, name) for name in ("engagement_score", "sentiment_score")}
    return Findings(found, tags(document, transcript, found, names), without_words=without_words(transcript), **scores)


def score(document: Document, name: str) -> int | None:
    found = document.get(name)
    return None if found is None else int(found["value"])


def metrics(document: Document, *, account_id: int, analysis_id: int, interaction_id: int, day: date) -> Metrics:
    agent, consumer = document["agent"], document["consumer"]
    counts, spans = _events(document["events"])
    return Metrics(
        account_id=account_id,
        analysis_id=analysis_id,
        interaction_id=interaction_id,
        day=day,
        engagement_score=score(document, "engagement_score"),
        sentiment_score=score(document, "sentiment_score"),
        agent_talk_ms=agent["talk_ms"],
        consumer_talk_ms=consumer["talk_ms"],
        agent_talk_share_pct=agent["talk_share_pct"],
        agent_longest_spiel_ms=agent["longest_spiel_ms"],
        agent_fillers_per_min=agent["fillers_per_min"],
        agent_words_per_min=agent["words_per_min"],
        agent_patience_ms=agent["patience_ms"],
        response_lag_ms=document.get("response_lag_ms"),
        speaker_changes=document["speaker_changes"],
        silences=counts["silence"],
        crosstalks=counts["crosstalk"],
        holds=counts["hold"],
        silence_ms=spans["silence"],
        crosstalk_ms=spans["crosstalk"],
        hold_ms=spans["hold"],
    )


def _events(events: Iterable[Document]) -> tuple[Counter[str], Counter[str]]:
    counts, spans = Counter[str](), Counter[str]()
    for event in events:
        counts[event["type"]] += 1
        spans[event["type"]] += event["end_ms"] - event["start_ms"]
    return counts, spans


def mentions(document: Document, names: Names, *, account_id: int, analysis_id: int, interaction_id: int, day: date) -> list[MentionRow]:
    """Mentions of indicators that are still there: one deleted meanwhile is left out."""
    rows = []
    for each in document["mentions"]:
        indicator_id = names.indicators.get((each["category"], each["indicator"]))
        keyword_id = names.keywords.get((indicator_id or 0, each["keyword"]))
        if indicator_id is None or keyword_id is None:
            continue
        place = {key: each[key] for key in _PLACE}
        rows.append(
            MentionRow(
                account_id=account_id, day=day, interaction_id=interaction_id, analysis_id=analysis_id,
                indicator_id=indicator_id, keyword_id=keyword_id, **place,
            )
        )  # fmt: skip
    return rows


def tags(document: Document, transcript: Document, rows: Iterable[MentionRow], names: Names) -> list[Tag]:
    """One for each indicator mentioned and each topic noted, with how often by whom."""
    found: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    for row in rows:
        found["indicator", row.indicator_id][row.role] += 1
    roles = {each["id"]: each["role"] for each in transcript["speakers"]}
    for topic in document["topics"]:
        tag_id = names.topics.get(topic["name"])
        if tag_id is not None:
            for passage in topic["passages"]:
                found["topic", tag_id][roles[transcript["segments"][passage["segment"]]["speaker"]]] += 1
    return [
        Tag(kind, tag_id, counts["agent"], counts["consumer"], counts.total()) for (kind, tag_id), counts in found.items()
    ]  # fmt: skip


def without_words(transcript: Document) -> bool:
    """Whether no segment's words are known."""
    return all(segment["text"] is None for segment in transcript["segments"])
