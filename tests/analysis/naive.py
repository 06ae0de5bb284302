"""
The conversation figures once more, computed the slow way: sets of milliseconds and plain loops, sharing no code with the analysis.

It exists only to disagree with the real computation where one of them is wrong.
"""

from __future__ import annotations

import math
import statistics
from itertools import pairwise
from typing import Any

STEP = 1


def lexical(text: str) -> bool:
    return any(character.isalnum() for character in text)


def pieces(document: dict[str, Any], role: str) -> list[tuple[int, int, int | None]]:
    roles = {speaker["id"]: speaker["role"] for speaker in document["speakers"]}
    found = []
    for segment in document["segments"]:
        if roles[segment["speaker"]] != role:
            continue
        if segment.get("words"):
            found += [(w["start_ms"], w["end_ms"], 1) for w in segment["words"] if lexical(w["text"]) and w["end_ms"] > w["start_ms"]]
        elif segment["end_ms"] > segment["start_ms"]:
            count = None if segment["text"] is None else sum(lexical(piece) for piece in segment["text"].split())
            found.append((segment["start_ms"], segment["end_ms"], count))
    return sorted(found, key=lambda piece: piece[:2])


def utterances(mine: list, others: list) -> list[list]:
    runs: list[list] = []
    for piece in mine:
        if runs:
            end = max(p[1] for p in runs[-1])
            pause = piece[0] - end
            cut = pause > 1000 or any(end <= o[0] and o[1] <= piece[0] for o in others)
            if not cut:
                runs[-1].append(piece)
                continue
        runs.append([piece])
    return runs


def span(run: list) -> tuple[int, int]:
    return min(p[0] for p in run), max(p[1] for p in run)


def is_backchannel(run: list, others: list[list]) -> bool:
    start, end = span(run)
    counts = [p[2] for p in run]
    short = end - start <= 1000 if None in counts else sum(counts) <= 3
    return short and any(o[0] <= start and end <= o[1] and o[1] - o[0] > end - start for o in map(span, others))


def covered(intervals: list[tuple[int, int]]) -> set[int]:
    return {ms for start, end in intervals for ms in range(start, end, STEP)}


def conversation(document: dict[str, Any]) -> dict[str, Any]:
    parts = {role: pieces(document, role) for role in ("agent", "consumer")}
    runs = {"agent": utterances(parts["agent"], parts["consumer"]), "consumer": utterances(parts["consumer"], parts["agent"])}
    speech = {role: covered([span(run) for run in runs[role]]) for role in runs}
    held = covered([(hold["start_ms"], hold["end_ms"]) for hold in document.get("holds", [])])
    turns = make_turns(runs)
    waits = make_waits(turns, held)
    both = len(speech["agent"]) + len(speech["consumer"])
    return {
        "talk": {role: len(speech[role]) for role in runs},
        "share": {role: 100 * len(speech[role]) / both if both else None for role in runs},
        "changes": max(0, len(turns) - 1),
        "turns": [(role, min(span(run)[0] for run in members), max(span(run)[1] for run in members)) for role, members in turns],
        "patience": {role: statistics.fmean(waits[role]) if waits[role] else None for role in runs},
        "lag": statistics.median(waits["consumer"]) if waits["consumer"] else None,
        "spiel": {role: spiel([members for r, members in turns if r == role], held) for role in runs},
        "silences": silences(speech["agent"] | speech["consumer"], held),
        "crosstalks": [run for run in stretches(speech["agent"] & speech["consumer"]) if run[1] - run[0] > 2000],
        "engagement": engagement(speech, turns, waits),
    }


def make_turns(runs: dict[str, list]) -> list[tuple[str, list]]:
    spoken = [("agent", r) for r in runs["agent"] if not is_backchannel(r, runs["consumer"])]
    spoken += [("consumer", r) for r in runs["consumer"] if not is_backchannel(r, runs["agent"])]
    spoken.sort(key=lambda item: (*span(item[1]), item[0]))
    turns: list[tuple[str, list]] = []
    for role, run in spoken:
        if turns and turns[-1][0] == role:
            turns[-1][1].append(run)
        else:
            turns.append((role, [run]))
    return turns


def make_waits(turns: list, held: set[int]) -> dict[str, list[int]]:
    waits: dict[str, list[int]] = {"agent": [], "consumer": []}
    for before, after in pairwise(turns):
        end = max(span(run)[1] for run in before[1])
        start = min(span(run)[0] for run in after[1])
        waits[after[0]].append(max(0, start - end - len(held & set(range(end, start)))))
    return waits


def spiel(turns: list, held: set[int]) -> int | None:
    lengths = []
    for members in turns:
        group: list[tuple[int, int]] = []
        for run in map(span, members):
            if group and run[0] - max(end for _, end in group) > 3000:
                group = []
            group.append(run)
            start, end = group[0][0], max(end for _, end in group)
            lengths.append(end - start - len(held & set(range(start, end))))
    return max(lengths) if lengths else None


def stretches(points: set[int]) -> list[tuple[int, int]]:
    found: list[list[int]] = []
    for ms in sorted(points):
        if found and found[-1][1] == ms:
            found[-1][1] = ms + STEP
        else:
            found.append([ms, ms + STEP])
    return [(start, end) for start, end in found]


def silences(spoken: set[int], held: set[int]) -> list[tuple[int, int]]:
    if not spoken:
        return []
    quiet = set(range(min(spoken), max(spoken))) - spoken - held
    return [run for run in stretches(quiet) if run[1] - run[0] > 5000]


def engagement(speech: dict[str, set], turns: list, waits: dict[str, list[int]]) -> int | None:
    agent, consumer = len(speech["agent"]), len(speech["consumer"])
    if not consumer:
        return None
    balance = 1 - abs(consumer / (agent + consumer) - 0.5) / 0.5
    response = math.exp(-statistics.median(waits["consumer"]) / 2000) if waits["consumer"] else 0
    interaction = min(1, max(0, len(turns) - 1) / ((agent + consumer) / 60000) / 10)
    return math.floor(round(100 * (0.4 * balance + 0.3 * response + 0.3 * interaction), 9) + 0.5)
