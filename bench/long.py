"""
Recordings of hours, each stage in a process of its own: memory must not grow with the length.

    python -m bench.long [HOURS]     a recording of that length (10), its decoding and speech activity
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path
from typing import Any

import av

from backend.media.decoding import RATE, clock
from bench.measure import Figure
from bench.stages import INDICATORS, KEYWORDS, WORDS, Taken

CALLS = Path(__file__).resolve().parents[1] / "samples" / "recordings"
SHORT_S, LONG_S = 20 * 60, 2 * 3_600
REAL_TIME, ANALYSIS_MS, TEXTS = 60, 300, 32
GOAL = "wanted"
SOUND = ("decode", "peaks", "activity", *(["recognise"] if find_spec("nemo") else []))
"""What is done to the sound. It is recognised by the tests' tiny model, one of two channels."""


def figures(folder: Path) -> list[Figure]:
    short, long = (_sound(folder, seconds) for seconds in (SHORT_S, LONG_S))
    found = []
    for stage in SOUND:
        what = f"{stage} {clock(LONG_S * 1000)} of two channels"
        found.append(_memory(what, long[stage], f"{clock(SHORT_S * 1000)}", short[stage]))
        found.append(_memory(what, long[stage], "the decoded sound", None))
        found.append(Figure(what, long[stage].amount / 1000 / long[stage].seconds, "x real time", GOAL, REAL_TIME))
    what = f"analyse {WORDS} words, {INDICATORS} x {KEYWORDS} keywords"
    analysis, language = run("analyse", folder, folder), run("language", folder, folder)
    found.append(Figure(what, analysis.seconds * 1000, "ms", GOAL, ANALYSIS_MS))
    found.append(_memory(what, analysis, "the same with embeddings", language))
    found.append(Figure("texts given to the sentence encoder at a time", language.amount, "texts", GOAL, TEXTS))
    return found


def _memory(what: str, taken: Taken, baseline: str, other: Taken | None) -> Figure:
    """What the work took beyond the process; 0.1 MB is the least that is told apart."""
    beyond = max(0.1, taken.peak_mb - taken.before_mb)
    against = _decoded_mb(taken) if other is None else max(0.1, other.peak_mb - other.before_mb)
    return Figure(f"{what}: memory beyond the process", beyond, "MB", baseline, against)


def _decoded_mb(taken: Taken) -> float:
    return 2 * 2 * taken.amount * RATE / 1000 / 1e6


def _sound(folder: Path, seconds: int) -> dict[str, Taken]:
    """Every stage of a recording of that length."""
    own = folder / str(seconds)
    own.mkdir()
    recording = own / "long.ogg"
    repeat(recording, seconds)
    return {stage: run(stage, recording, own) for stage in SOUND}


def run(stage: str, given: Path, folder: Path) -> Taken:
    command = [sys.executable, "-m", "bench.stages", stage, str(given), str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=CALLS.parents[1])
    return Taken(**json.loads(done.stdout))


def repeat(target: Path, seconds: int) -> None:
    """Writes the sample calls of two channels one after another, as often as it takes, without encoding them anew."""
    with av.open(str(target), "w", format="ogg") as out:
        stream, at = None, 0
        for packet in _packets(sorted(CALLS.glob("*.ogg"))):
            if stream is None:
                stream = out.add_stream_from_template(packet.stream)
            if at * packet.time_base >= seconds:
                break
            packet.pts = packet.dts = at
            at += packet.duration
            packet.stream = stream
            out.mux(packet)


def _packets(paths: list[Path]) -> Iterator[Any]:
    for path in cycle(paths):
        with av.open(str(path)) as given:
            if given.streams.audio[0].codec_context.channels == 2:
                yield from (packet for packet in given.demux(audio=0) if packet.size)


def main() -> None:
    seconds = round(float(sys.argv[1] if len(sys.argv) > 1 else 10) * 3_600)
    with tempfile.TemporaryDirectory(prefix="assay-bench-") as folder:
        for stage, taken in _sound(Path(folder), seconds).items():
            print(
                f"{stage:9} {clock(round(taken.amount))}: {taken.amount / 1000 / taken.seconds:,.0f} x real time, "
                f"{taken.peak_mb:,.0f} MB of memory ({taken.before_mb:,.0f} of them the process); "
                f"the decoded sound has {_decoded_mb(taken):,.0f} MB",
                flush=True,
            )


if __name__ == "__main__":
    main()
