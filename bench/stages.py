"""
One stage of the pipeline in a process of its own, so that its memory can be told: `python -m bench.stages STAGE GIVEN FOLDER`.

Prints one JSON object: `before_mb` is the process with its libraries, `peak_mb` the most that it ever took, both of physical memory and
with mapped files; `seconds` of CPU, the least of its runs; and `amount`, the milliseconds of sound or the number of texts.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

from backend.analysis.analyze import analyze
from backend.analysis.reading import read_transcript
from backend.analysis.types import Settings
from backend.media.activity import find_activity
from backend.media.decoding import Limits, Source, decode, samples
from backend.media.peaks import peaks
from bench.generate import categories, conversation, language
from bench.measure import cpu_of

LIMITS = Limits(max_bytes=1 << 40, max_duration_ms=48 * 3_600_000)
WORDS, INDICATORS, KEYWORDS = 12_000, 250, 8
SPEECH = "speech.json"
MODEL = Path(__file__).resolve().parents[1] / "tests" / "workers" / "fixtures" / "by-heart.nemo"


@dataclass(frozen=True, slots=True)
class Taken:
    before_mb: float
    peak_mb: float
    seconds: float
    amount: float


def main(stage: str, given: str, folder: str) -> None:
    print(json.dumps(asdict(STAGES[stage](Path(given), Path(folder)))))


def _decode(recording: Path, folder: Path) -> Taken:
    lengths: list[int] = []
    return _taken(lambda: lengths.append(decode([Source(recording)], folder, LIMITS).duration_ms), lambda: lengths[-1])


def _peaks(_: Path, folder: Path) -> Taken:
    channels = [samples(path) for path in sorted(folder.glob("*.s16"))]
    return _taken(lambda: peaks(channels), lambda: len(channels[0]) / 16)


def _activity(_: Path, folder: Path) -> Taken:
    find_activity([samples(folder / "channel-0-0.s16")[:16_000]])
    channels = [samples(path) for path in sorted(folder.glob("*.s16"))]
    found: list[list[tuple[int, int]]] = []
    taken = _taken(lambda: found.extend(find_activity(channels)), lambda: len(channels[0]) / 16)
    (folder / SPEECH).write_text(json.dumps(found))
    return taken


def _recognise(_: Path, folder: Path) -> Taken:
    """One channel by the tests' tiny model: what it hears means nothing, its memory does."""
    from workers.asr.chunks import LONGEST_MS
    from workers.asr.nemo import NemoRecognizer
    from workers.sound import as_sound

    own = folder / "asr" / "en"
    own.mkdir(parents=True)
    (own / MODEL.name).symlink_to(MODEL)
    recognizer, channel = NemoRecognizer(folder), as_sound(folder / "channel-0-0.s16")
    speech = [(start, end) for start, end in json.loads((folder / SPEECH).read_text())[0]]
    recognizer.recognize(channel, "en", [(0, LONGEST_MS)] * 8, lambda share: None)
    return _taken(lambda: recognizer.recognize(channel, "en", speech, lambda share: None), lambda: len(channel) / 16)


def _analyse(_: Path, __: Path) -> Taken:
    document, settings = _two_hours()
    return _taken(lambda: analyze(read_transcript(document), settings), lambda: len(document["segments"]), runs=5)


def _language(_: Path, __: Path) -> Taken:
    """All features; `amount` is how many texts the encoder is given at a time, on average."""
    from backend.infra.embedder import load

    document, settings = _two_hours()
    embedder = load()
    embedder(["once"])
    asked: list[int] = []

    class Counted:
        name = embedder.name

        def __call__(self, texts: Sequence[str]) -> Any:
            asked.append(len(texts))
            return embedder(texts)

        def branch(self, texts: Sequence[str], upper: Any) -> Any:
            asked.append(len(texts))
            return embedder.branch(texts, upper)

    return _taken(lambda: analyze(read_transcript(document), settings, embed=Counted()), lambda: sum(asked) / len(asked))


def _two_hours() -> tuple[dict[str, Any], Settings]:
    """Two hours of two sides with a time for every word, and the keywords to look for."""
    dice = Random(1)
    spoken = language(dice, phrases=INDICATORS * KEYWORDS)
    return conversation(spoken, WORDS, dice), Settings(
        silence_ms=5_000, crosstalk_ms=2_000, categories=categories(spoken, INDICATORS, KEYWORDS)
    )


def _taken(work: Callable[[], object], amount: Callable[[], float], runs: int = 1) -> Taken:
    before = _memory("VmRSS")
    seconds = min(cpu_of(work) for _ in range(runs))
    return Taken(before, _memory("VmHWM"), seconds, amount())


def _memory(name: str) -> float:
    """Megabytes of this process, by Linux."""
    found = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1_000 if found else 0.0


STAGES: dict[str, Callable[[Path, Path], Taken]] = {
    "decode": _decode, "peaks": _peaks, "activity": _activity, "recognise": _recognise, "analyse": _analyse, "language": _language,
}  # fmt: skip

if __name__ == "__main__":
    main(*sys.argv[1:])
