"""The command: speaks dialogues whose recordings are out of date, or checks that none is."""

from __future__ import annotations

import argparse
import shutil
import sys
from functools import cache
from typing import Any

import numpy as np

from scripts.synthesise_samples import encoding, manifest, mixing, picture, timing, transcripts
from scripts.synthesise_samples.dialogue import Dialogue, Side, read_all
from scripts.synthesise_samples.manifest import SAMPLES
from scripts.synthesise_samples.voices import VOICES, Samples, speak

_KBPS = 24


def main() -> int:
    options = _options()
    if options.check:
        return _check()
    if missing := [program for program in ("flite", "espeak-ng") if not shutil.which(program)]:
        print(f"{' and '.join(missing)} not found; on Debian: apt-get install {' '.join(missing)}", file=sys.stderr)
        return 2
    _speak_all(options.all, options.name)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.synthesise_samples", description="Speaks the sample dialogues.")
    parser.add_argument("--all", action="store_true", help="speak every dialogue, changed or not")
    parser.add_argument("--check", action="store_true", help="only say whether the committed files belong to the dialogues")
    parser.add_argument("name", nargs="*", help="speak these dialogues, changed or not")
    return parser.parse_args()


def _check() -> int:
    found = manifest.faults()
    for fault in found:
        print(fault, file=sys.stderr)
    print(
        "samples: " + (f"{len(found)} faults; run python -m scripts.synthesise_samples" if found else "all files belong to their dialogues")
    )
    return 1 if found else 0


def _speak_all(every: bool, names: list[str]) -> None:
    known = {call["name"]: call for call in manifest.load()["calls"]}
    calls = []
    for dialogue in read_all(SAMPLES / "dialogues"):
        call = known.get(dialogue.name)
        if every or dialogue.name in names or call is None or _changed(call, dialogue):
            call = _produce(dialogue)
            print(f"{dialogue.name}: {call['duration_ms'] / 1000:.0f} s")
        calls.append(call)
    manifest.save(calls)


def _changed(call: dict[str, Any], dialogue: Dialogue) -> bool:
    return bool(call["dialogue_sha256"] != manifest.digest(dialogue.source.encode()))


def _produce(dialogue: Dialogue) -> dict[str, Any]:
    """Speaks one call and writes its recording, its truth and, where the header asks, the transcript delivered with it."""
    sound = dialogue.header["sound"]
    rate = int(sound.get("rate", 8000))
    random = np.random.default_rng(int(manifest.digest(dialogue.name.encode())[:12], 16))
    timeline = timing.lay(dialogue, _speaker(dialogue, rate), rate, random)
    channels = mixing.mix(timeline, rate, sound, random)
    _write(dialogue, channels, rate)
    _write_words(dialogue, timeline)
    return manifest.entry(dialogue, timeline, 1 if sound.get("mono") else 2)


def _speaker(dialogue: Dialogue, rate: int) -> timing.Speak:
    voices = {side: VOICES[dialogue.header["voices"][side]] for side in ("agent", "consumer")}

    @cache
    def said(side: Side, text: str) -> Samples:
        return speak(text, voices[side], rate)

    return said


def _write(dialogue: Dialogue, channels: Samples, rate: int) -> None:
    path = SAMPLES / manifest.recording_path(dialogue)
    path.parent.mkdir(exist_ok=True)
    sound = dialogue.header["sound"]
    shown = picture.pictures(channels, rate) if dialogue.header["channel"] == "video" else None
    heard = channels.sum(axis=1, keepdims=True) * 0.8 if sound.get("mono") else channels
    encoding.write(path, heard, rate, int(sound.get("kbps", _KBPS)), shown, picture.FPS)


def _write_words(dialogue: Dialogue, timeline: timing.Timeline) -> None:
    truth = transcripts.interchange(dialogue, timeline, words=False)
    wanted = {manifest.truth_path(dialogue): truth}
    if path := manifest.transcript_path(dialogue):
        make = transcripts.webvtt if path.endswith(".vtt") else transcripts.interchange
        wanted[path] = make(dialogue, timeline)
    for file, content in wanted.items():
        (SAMPLES / file).parent.mkdir(exist_ok=True)
        (SAMPLES / file).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
