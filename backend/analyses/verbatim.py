"""
What an analysis quotes, held to the transcript: words that do not stand there are not shown, and `skipped` says how many. Pure.

Nothing of ours writes such words; a configured model or an altered document may.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Document = dict[str, Any]


def verified(analysis: Document, transcript: Document) -> tuple[Document, dict[str, int]]:
    """The analysis without what is not verbatim, and how many of each feature that was. Where all is well, the document itself."""
    texts = [segment.get("text") for segment in transcript["segments"]]
    parts = {
        "mentions": _kept(analysis["mentions"], lambda each: _stands(each, texts)),
        "next_steps": _kept(analysis["next_steps"], lambda each: _said(each["text"], each["segment"], texts)),
        "good_questions": _kept(analysis["good_questions"], lambda each: _said(each["text"], each["segment"], texts)),
        "topics": _topics(analysis["topics"], texts),
        "summary": _summary(analysis["summary"], texts),
    }
    wrong = {name: count for name, (_, count) in parts.items() if count}
    if not wrong:
        return analysis, {}
    skipped = [*analysis["skipped"], *({"feature": name, "reason": _reason(count)} for name, count in wrong.items())]
    return {**analysis, **{name: parts[name][0] for name in wrong}, "skipped": skipped}, wrong


def _reason(count: int) -> str:
    passages = "1 passage is" if count == 1 else f"{count} passages are"
    return f"{passages} not shown: the words do not stand in the transcript"


def _kept(entries: list[Document], good: Callable[[Document], bool]) -> tuple[list[Document], int]:
    kept = [each for each in entries if good(each)]
    return kept, len(entries) - len(kept)


def _there(segment: int, texts: list[str | None]) -> str | None:
    return texts[segment] if 0 <= segment < len(texts) else None


def _said(text: str, segment: int, texts: list[str | None]) -> bool:
    said = _there(segment, texts)
    return said is not None and text != "" and text in said


def _stands(each: Document, texts: list[str | None]) -> bool:
    """Whether a mention's characters are there, from its first segment to its last."""
    first, last = _there(each["segment"], texts), _there(each["end_segment"], texts)
    if first is None or last is None or each["end_segment"] < each["segment"]:
        return False
    start, end = int(each["char_start"]), int(each["char_end"])
    return 0 <= start < len(first) and 0 < end <= len(last) and (each["segment"] != each["end_segment"] or start < end)


def _topics(topics: list[Document], texts: list[str | None]) -> tuple[list[Document], int]:
    found, wrong = [], 0
    for topic in topics:
        passages, lost = _kept(topic["passages"], lambda each: 0 <= each["segment"] < len(texts))
        wrong += lost
        if passages:
            found.append({**topic, "passages": passages})
    return found, wrong


def _summary(summary: Document | None, texts: list[str | None]) -> tuple[Document | None, int]:
    """Its lines, each with its segment; None where none is left."""
    if not summary or not summary["text"]:
        return summary, 0
    if summary.get("written_by"):
        return _written(summary, texts)
    lines, segments = summary["text"].split("\n"), summary["segments"]
    pairs = [(line, segment) for line, segment in zip(lines, segments, strict=False) if _said(line, segment, texts)]
    if len(pairs) == len(lines) == len(segments):
        return summary, 0
    text, kept = "\n".join(line for line, _ in pairs), [segment for _, segment in pairs]
    return ({**summary, "text": text, "segments": kept} if pairs else None), len(lines) - len(pairs) or 1


def _written(summary: Document, texts: list[str | None]) -> tuple[Document | None, int]:
    """Of a summary that a model wrote, the lines that passages of the transcript stand behind."""
    rows = list(zip(summary["text"].split("\n"), summary["segments"], summary["sources"], strict=False))
    kept = [(line, segment, sources) for line, segment, sources in rows if sources and all(_there(each, texts) for each in sources)]
    if len(kept) == len(rows):
        return summary, 0
    text = "\n".join(line for line, _, _ in kept)
    columns = {"segments": [segment for _, segment, _ in kept], "sources": [sources for _, _, sources in kept]}
    return ({**summary, "text": text, **columns} if kept else None), len(rows) - len(kept)
