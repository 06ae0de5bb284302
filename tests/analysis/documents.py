"""Small transcripts for tests, written as people read them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

NAMES = {"a": "agent", "c": "consumer", "o": "other"}


def call(*segments: tuple, duration_ms: int | None = None, holds: tuple = (), language: str = "en", **more: Any) -> dict[str, Any]:
    """A document from (who, start, end, text | None | [(word, start, end), …])."""
    written = []
    for who, start, end, said in segments:
        entry: dict[str, Any] = {"speaker": who, "start_ms": start, "end_ms": end}
        if isinstance(said, list):
            entry["text"] = " ".join(word for word, *_ in said)
            entry["words"] = [{"text": word, "start_ms": first, "end_ms": last} for word, first, last in said]
        else:
            entry["text"] = said
        written.append(entry)
    return {
        "language": language,
        "duration_ms": max([0, *(entry["end_ms"] for entry in written)]) if duration_ms is None else duration_ms,
        "speakers": [{"id": name, "role": role} for name, role in NAMES.items()],
        "segments": written,
        "holds": [{"start_ms": start, "end_ms": end} for start, end in holds],
    } | more


@st.composite
def calls(draw: st.DrawFn) -> dict[str, Any]:
    """Calls of some seconds with timed words, untimed and wordless segments, and holds."""
    segments = []
    for _ in range(draw(st.integers(0, 9))):
        who = draw(st.sampled_from("aacco"))
        start = draw(st.integers(0, 300)) * 50
        kind = draw(st.sampled_from(["timed", "untimed", "wordless"]))
        if kind == "timed":
            words, at = [], start
            for _ in range(draw(st.integers(1, 5))):
                at += draw(st.sampled_from([0, 50, 150, 800, 1_100]))
                length = draw(st.sampled_from([0, 50, 250]))
                words.append((draw(st.sampled_from(["um", "yes", "refund", "-", "you", "know"])), at, at + length))
                at += length
            segments.append((who, start, at, words))
        else:
            end = start + draw(st.integers(0, 60)) * 50
            segments.append(
                (who, start, end, None if kind == "wordless" else draw(st.sampled_from(["yes", "i want a refund now please", ""])))
            )
    holds = [
        (h * 100, h * 100 + length * 100) for h, length in draw(st.lists(st.tuples(st.integers(0, 150), st.integers(1, 40)), max_size=3))
    ]
    return call(*segments, duration_ms=draw(st.integers(0, 20)) * 1000, holds=tuple(holds))
