"""
The conversation figures once more, computed the slow way: an array with a place for each millisecond, and plain loops. It shares no
code with the analysis.

It exists only to disagree with the real computation where one of them is wrong.
"""

from __future__ import annotations

import math
import statistics
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Grid = NDArray[np.bool_]


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


def covered(intervals: list[tuple[int, int]], length: int) -> Grid:
    grid = np.zeros(length, bool)
    for start, end in intervals:
        grid[start:end] = True
    return grid


def conversation(document: dict[str, Any]) -> dict[str, Any]:
    parts = {role: pieces(document, role) for role in ("agent", "consumer")}
    holds = [(hold["start_ms"], hold["end_ms"]) for hold in document.get("holds", [])]
    length = 1 + max([document["duration_ms"], *(end for _, end in holds), *(p[1] for role in parts for p in parts[role])])
    runs = {"agent": utterances(parts["agent"], parts["consumer"]), "consumer": utterances(parts["consumer"], parts["agent"])}
    add_moments(document, runs)
    speech = {role: covered([span(run) for run in runs[role]], length) for role in runs}
    held = covered(holds, length)
    talk = {role: int(speech[role].sum()) for role in runs}
    turns = make_turns(runs)
    waits = make_waits(turns, held)
    both = talk["agent"] + talk["consumer"]
    return {
        "talk": talk,
        "share": {role: 100 * talk[role] / both if both else None for role in runs},
        "speed": {role: speed(document, role, talk[role]) for role in runs},
        "changes": max(0, len(turns) - 1),
        "turns": [(role, min(span(run)[0] for run in members), max(span(run)[1] for run in members)) for role, members in turns],
        "patience": {role: statistics.fmean(waits[role]) if waits[role] else None for role in runs},
        "lag": statistics.median(waits["consumer"]) if waits["consumer"] else None,
        "spiel": {role: spiel([members for r, members in turns if r == role], held) for role in runs},
        "silences": silences(speech["agent"] | speech["consumer"], held),
        "crosstalks": [run for run in stretches(speech["agent"] & speech["consumer"]) if run[1] - run[0] > 2000],
        "engagement": engagement(talk, turns, waits),
    }


def add_moments(document: dict[str, Any], runs: dict[str, list]) -> None:
    """Words of no length count in the run in which they lie."""
    roles = {speaker["id"]: speaker["role"] for speaker in document["speakers"]}
    for segment in document["segments"]:
        known = [(w["text"], w["start_ms"], w["end_ms"]) for w in segment.get("words") or ()]
        if not known and segment["text"] is not None:
            known = [(piece, segment["start_ms"], segment["end_ms"]) for piece in segment["text"].split()]
        for text, start, end in known:
            for run in runs.get(roles[segment["speaker"]], []):
                if start == end and lexical(text) and span(run)[0] <= start <= span(run)[1]:
                    run.append((start, end, 1))


def speed(document: dict[str, Any], role: str, talk: int) -> float | None:
    roles = {speaker["id"]: speaker["role"] for speaker in document["speakers"]}
    count = 0
    for segment in document["segments"]:
        if roles[segment["speaker"]] == role:
            if segment["text"] is None:
                return None
            said = [w["text"] for w in segment["words"]] if segment.get("words") else segment["text"].split()
            count += sum(map(lexical, said))
    return count * 60000 / talk if talk else None


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


def make_waits(turns: list, held: Grid) -> dict[str, list[int]]:
    waits: dict[str, list[int]] = {"agent": [], "consumer": []}
    for before, after in pairwise(turns):
        end = max(span(run)[1] for run in before[1])
        start = min(span(run)[0] for run in after[1])
        waits[after[0]].append(max(0, start - end - int(held[end:start].sum())))
    return waits


def spiel(turns: list, held: Grid) -> int | None:
    lengths = []
    for members in turns:
        group: list[tuple[int, int]] = []
        for run in map(span, members):
            if group and run[0] - max(end for _, end in group) > 3000:
                group = []
            group.append(run)
            start, end = group[0][0], max(end for _, end in group)
            lengths.append(end - start - int(held[start:end].sum()))
    return max(lengths) if lengths else None


def stretches(grid: Grid) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], grid, [False]]).astype(np.int8)))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def silences(spoken: Grid, held: Grid) -> list[tuple[int, int]]:
    if not spoken.any():
        return []
    first, last = stretches(spoken)[0][0], stretches(spoken)[-1][1]
    quiet = ~(spoken | held)
    quiet[:first] = quiet[last:] = False
    return [run for run in stretches(quiet) if run[1] - run[0] > 5000]


def engagement(talk: dict[str, int], turns: list, waits: dict[str, list[int]]) -> int | None:
    agent, consumer = talk["agent"], talk["consumer"]
    if not consumer:
        return None
    balance = 1 - abs(consumer / (agent + consumer) - 0.5) / 0.5
    response = math.exp(-statistics.median(waits["consumer"]) / 2000) if waits["consumer"] else 0
    interaction = min(1, max(0, len(turns) - 1) / ((agent + consumer) / 60000) / 10)
    return math.floor(round(100 * (0.4 * balance + 0.3 * response + 0.3 * interaction), 9) + 0.5)
