"""What calm calls set off, and what a call costs."""

from __future__ import annotations

import json
import time
from pathlib import Path

from backend.infra.embedder import MiniLM
from bench.language.frozen import labels, lines, parts


def false_alarms(embedder: MiniLM, data: Path) -> list[str]:
    files = sorted((data / "harper-valley").glob("*.json"))
    if not files:
        return [f"left out: {data / 'harper-valley'} is absent"]
    segments = [segment for file in files for segment in json.loads(file.read_text("utf-8"))["segments"] if segment.get("human_transcript")]
    found = []
    for role, name in (("agent", "agent"), ("consumer", "caller")):
        texts = [each["human_transcript"] for each in segments if each["speaker_role"] == name]
        given = labels(embedder, texts, role)  # type: ignore[arg-type]
        shares = "  ".join(f"{label} {given.count(label) / len(given):.3f}" for label in ("negative", "positive"))
        found.append(f"{role:9} n {len(texts)}  {shares}")
    texts = [each["human_transcript"] for each in segments]
    hits = parts(embedder, texts, "agent")
    found += [f"topic {topic.name}: {len(topic.passages)} of {len(texts)}" for topic in hits.topics]
    found += [f"next step {passage.score:.2f}: {passage.text}" for passage in hits.next_steps]
    found += [f"good question {passage.score:.2f}: {passage.text}" for passage in hits.good_questions]
    return found


def cost(embedder: MiniLM, data: Path) -> list[str]:
    texts = [text for _, text in lines("sentiment.txt") if 5 <= len(text.split()) <= 9][:150]
    parts(embedder, texts[:5], "consumer")
    begun = time.process_time()
    parts(embedder, texts, "consumer")
    words = sum(len(text.split()) for text in texts) / len(texts)
    return [f"{len(texts)} utterances of {words:.1f} words: {time.process_time() - begun:.2f} CPU-seconds, all heads"]
