"""
`samples/manifest.json`: all that feeding the samples needs (the demo account, each call's metadata, its files and their
hashes), so that nothing but JSON is read where Assay runs.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from scripts.synthesise_samples.dialogue import Dialogue, read_all
from scripts.synthesise_samples.timing import Timeline

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
_PASSED_ON = ("external_id", "engagement", "agent", "consumer", "queue", "channel", "direction", "language", "started_at", "consent")
_ENDINGS = {"webvtt": ".vtt", "json": ".json"}
_MADE = ("recordings", "transcripts", "truth")


def entry(dialogue: Dialogue, timeline: Timeline, channels: int, samples: Path = SAMPLES) -> dict[str, Any]:
    """What the manifest says of one call whose files have just been written."""
    files = [recording_path(dialogue), truth_path(dialogue), *filter(None, [transcript_path(dialogue)])]
    transcript = transcript_path(dialogue)
    return {
        "name": dialogue.name,
        **{key: _plain(dialogue.header[key]) for key in _PASSED_ON},
        "holds": [{"start_ms": start, "end_ms": end} for start, end in timeline.holds],
        "duration_ms": timeline.duration_ms,
        "channels": channels,
        "recording": recording_path(dialogue),
        "transcript": {"format": dialogue.header["transcript"], "file": transcript} if transcript else None,
        "dialogue_sha256": digest(dialogue.source.encode()),
        "files_sha256": {file: digest((samples / file).read_bytes()) for file in files},
    }


def _plain(value: Any) -> Any:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if hasattr(value, "strftime") else value


def recording_path(dialogue: Dialogue) -> str:
    return f"recordings/{dialogue.name}.{dialogue.header['sound']['container']}"


def transcript_path(dialogue: Dialogue) -> str | None:
    kind = dialogue.header["transcript"]
    return f"transcripts/{dialogue.name}{_ENDINGS[kind]}" if kind != "none" else None


def truth_path(dialogue: Dialogue) -> str:
    return f"truth/{dialogue.name}.json"


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def save(calls: list[dict[str, Any]], samples: Path = SAMPLES) -> None:
    """Calls in order of their start; `position` counts within an engagement."""
    seen: Counter[str] = Counter()
    ordered = []
    for call in sorted(calls, key=lambda one: (one["started_at"], one["name"])):
        seen[call["engagement"]] += 1
        ordered.append({**call, "position": seen[call["engagement"]]})
    content = {"version": 1, "demo": demo(samples), "calls": ordered}
    (samples / "manifest.json").write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def demo(samples: Path = SAMPLES) -> dict[str, Any]:
    """The demo account with its keywords written out: `{"text": …, "inflections": …}`."""
    loaded: dict[str, Any] = yaml.safe_load((samples / "demo.yaml").read_text(encoding="utf-8"))
    for category in loaded["categories"]:
        for indicator in category["indicators"]:
            indicator["keywords"] = [_keyword(one) for one in indicator["keywords"]]
    return loaded


def _keyword(written: str | dict[str, Any]) -> dict[str, Any]:
    return {"text": written, "inflections": False} if isinstance(written, str) else written


def load(samples: Path = SAMPLES) -> dict[str, Any]:
    file = samples / "manifest.json"
    loaded: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {"calls": []}
    return loaded


def faults(samples: Path = SAMPLES) -> list[str]:
    """Everything in which the committed files, the dialogues and the manifest do not belong together; empty if all is well."""
    manifest, dialogues = load(samples), {one.name: one for one in read_all(samples / "dialogues")}
    calls = {call["name"]: call for call in manifest["calls"]}
    found = [f"dialogues/{name}.txt has never been spoken" for name in dialogues.keys() - calls.keys()]
    found += [f"{name} has no dialogue" for name in calls.keys() - dialogues.keys()]
    for name in calls.keys() & dialogues.keys():
        if calls[name]["dialogue_sha256"] != digest(dialogues[name].source.encode()):
            found.append(f"dialogues/{name}.txt has changed since it was spoken")
    if manifest.get("demo") != demo(samples):
        found.append("demo.yaml has changed since the manifest was written")
    return sorted(found + _file_faults(manifest["calls"], samples))


def _file_faults(calls: list[dict[str, Any]], samples: Path) -> list[str]:
    known = {file: sha for call in calls for file, sha in call["files_sha256"].items()}
    present = {file.relative_to(samples).as_posix() for folder in _MADE for file in (samples / folder).glob("*")}
    found = [f"{file} is missing" for file in known.keys() - present]
    found += [f"{file} belongs to no call" for file in present - known.keys()]
    same = known.keys() & present
    return found + [f"{file} is not what was written" for file in same if digest((samples / file).read_bytes()) != known[file]]
