"""
How good the results are, beside baselines, on whatever labelled data is given.

    python -m bench.quality [DATA] [--only PART…] [--json]
    python -m bench.quality --wer REFERENCE HYPOTHESIS      one transcript: .txt, .nlp, .ctm
    python -m bench.quality --der REFERENCE SYSTEM          RTTM files
    python -m bench.quality --sentiment LINES.tsv           label, tab, text

DATA holds earnings21/, dscore/, pyannote-ami-debug/, banking77/, nlupp/, harper-valley/ (default: ../shared/data); what is absent is named.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.quality import der, roles, wer

ROOT = Path(__file__).resolve().parents[2]
ENGINES = {
    "Rev (Kaldi)": "rev/kaldi/nlp",
    "Rev (ESPnet)": "rev/espnet/nlp",
    "Microsoft": "microsoft",
    "Speechmatics": "speechmatics",
    "Google": "google",
    "Amazon": "amazon",
    "Kaldi (LibriSpeech)": "kaldi_org/librispeech/nlp",
}
Table = Callable[[Path], list[str]]


def earnings21(data: Path) -> list[str]:
    folder = data / "earnings21"
    references = _by_name(folder / "transcripts" / "nlp_references")
    if not references:
        return [f"left out: {folder} is absent"]
    engines = {name: _by_name(folder / "output" / place) for name, place in ENGINES.items()}
    raw = dict(wer.rank(references, engines, wer.plain))
    return wer.table(wer.rank(references, engines), raw)


def _by_name(folder: Path) -> dict[str, Path]:
    return {path.stem: path for path in sorted(folder.glob("*.nlp"))}


def dscore(data: Path) -> list[str]:
    folder = data / "dscore" / "tests"
    if not folder.exists():
        return [f"left out: {folder} is absent"]
    reference, system = der.turns(folder / "ref.rttm"), der.turns(folder / "sys.rttm")
    return [
        der.row("its system", der.speaker_errors(reference, system)),
        der.row("baseline: all of it one speaker's", der.speaker_errors(reference, der.one_speaker(reference))),
    ]


def language(title: str) -> Table:
    """A table of `bench.language`, whose parts load the encoder."""

    def made(data: Path) -> list[str]:
        from backend.infra.embedder import load
        from bench.language.__main__ import TABLES

        return TABLES[title](load(), data)

    return made


def tables() -> dict[str, tuple[str, Table]]:
    """Name → title, table."""
    from bench.language.__main__ import TABLES

    blind = ("blind-sentiment", "blind-callouts", "blind-topics", "blind-false-hits")
    names = (*blind, "false-hits", "sentiment", "callouts", "default-topics", "banking77", "nlupp", "calm-calls", "cost")
    return {
        "wer": ("Word error rate: seven engines on earnings calls (earnings21)", earnings21),
        "der": ("Diarisation error rate (dscore's pair)", dscore),
        "roles": ("Agent or consumer on one channel, from words, names and order", roles.table),
        **{name: (title, language(title)) for name, title in zip(names, TABLES, strict=True)},
    }


def main() -> int:
    known = tables()
    given = _arguments(known)
    try:
        found = _single(given) or {known[name][0]: known[name][1](given.data) for name in given.only or known}
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    if given.json:
        print(json.dumps(found, indent=2))
    else:
        _print(found)
    return 0


def _arguments(known: Mapping[str, object]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.quality", description="How good the results are, beside baselines.")
    parser.add_argument("data", nargs="?", type=Path, default=ROOT.parent / "shared" / "data", help="folder of labelled data")
    parser.add_argument("--only", nargs="+", metavar="PART", choices=list(known), help=f"some of: {', '.join(known)}")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--wer", nargs=2, type=Path, metavar=("REFERENCE", "HYPOTHESIS"))
    parser.add_argument("--der", nargs=2, type=Path, metavar=("REFERENCE", "SYSTEM"))
    parser.add_argument("--sentiment", type=Path, metavar="LINES")
    return parser.parse_args()


def _single(given: argparse.Namespace) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if given.wer:
        texts = [wer.read_words(path) for path in given.wer]
        errors, raw = wer.word_errors(texts[0], texts[1]), wer.word_errors(texts[0], texts[1], wer.plain)
        found["Word error rate"] = wer.table([(given.wer[1].name, errors)], {given.wer[1].name: raw})
    if given.der:
        reference, system = (der.turns(path) for path in given.der)
        rows = {given.der[1].name: system, "baseline: all of it one speaker's": der.one_speaker(reference)}
        found["Diarisation error rate"] = [der.row(name, der.speaker_errors(reference, each)) for name, each in rows.items()]
    if given.sentiment:
        from backend.infra.embedder import load
        from bench.quality import labelled

        found["Sentiment"] = labelled.sentiment(load(), given.sentiment)
    return found


def _print(found: Mapping[str, list[str]]) -> None:
    for title, lines in found.items():
        print(f"\n{title}")
        for line in lines:
            print(f"  {line}")


if __name__ == "__main__":
    sys.exit(main())
