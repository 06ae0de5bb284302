"""`assay analyze`: transcripts in, analyses out, with no server and no database."""

from __future__ import annotations

import re
import sys
from codecs import BOM_UTF8
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Annotated, cast

import typer

from backend.analysis.command import Models, analysis_line, analyze_lines, parse_json
from backend.analysis.faults import DocumentError, SettingsError, TranscriptError
from backend.analysis.reading_settings import read_settings
from backend.analysis.types import Embed, Part, Settings
from backend.errors import ConfigurationError

BAD_INPUT = 2
_RECORDINGS = (
    b"RIFF",
    b"RF64",
    b"ID3",
    b"OggS",
    b"fLaC",
    b"\x1aE\xdf\xa3",
    b"FORM",
    b"\xff\xfb",
    b"\xff\xf3",
    b"\xff\xf1",
    b"\xff\xf9",
    b"#!AMR",
)
_MP4 = b"ftyp"
_NAMES = (".wav", ".mp3", ".m4a", ".mp4", ".ogg", ".opus", ".flac", ".webm", ".aac", ".amr", ".mov", ".mkv", ".wma")
_SRT = re.compile(rb"\d+\r?\n\d\d:\d\d:\d\d,\d\d\d -->")
_HEAD = 4_096


class Only(StrEnum):
    CONVERSATION = "conversation"
    INDICATORS = "indicators"
    LANGUAGE = "language"


def analyze(
    transcripts: Annotated[
        list[str], typer.Argument(metavar="TRANSCRIPT.json…|-", help="Transcripts, or - for JSON Lines on standard input.")
    ],
    settings: Annotated[Path | None, typer.Option(help="Thresholds, indicators and topics, as JSON.")] = None,
    only: Annotated[Only | None, typer.Option(help="Compute one part alone; conversation loads no model.")] = None,
    models: Annotated[
        Path | None,
        typer.Option(
            envvar="ASSAY_MODELS",
            file_okay=False,
            show_default="the shipped models alone",
            help="Models folder: its translation/, sentiment/, topics/ and summary/ are used, as the workers use them.",
        ),
    ] = None,
) -> None:
    """Analyse transcripts and print one line of JSON for each.

    Exit code 2 where an input is faulty; the fault is named with its JSON pointer.
    """
    chosen = _settings(settings)
    part: Part | None = only.value if only else None
    engines = _models(models)
    outcomes = [_one(name, chosen, engines, part) for name in transcripts]
    raise typer.Exit(0 if all(outcomes) else BAD_INPUT)


def _settings(path: Path | None) -> Settings:
    if path is None:
        return Settings()
    try:
        return read_settings(parse_json(path.read_bytes(), SettingsError))
    except (DocumentError, OSError) as error:
        _complain(str(path), error)
        raise typer.Exit(BAD_INPUT) from error


def _one(name: str, settings: Settings, models: Models, only: Part | None) -> bool:
    if name == "-":
        return _lines(settings, models, only)
    text = b""
    try:
        text = Path(name).read_bytes()
        _print(analysis_line(text, settings, models, only))
    except (DocumentError, OSError) as error:
        _complain(name, _another_kind(text, name) or error if isinstance(error, DocumentError) else error)
        return False
    return True


def _lines(settings: Settings, models: Models, only: Part | None) -> bool:
    """A recording in place of lines is answered once, not for each byte that happens to end a line."""
    given, well = sys.stdin.buffer, True
    first = given.readline()
    if first.startswith(_RECORDINGS) or first[4:8] == _MP4:
        _complain("standard input", _another_kind(first, "FILE") or TranscriptError("", "is a recording"))
        return False
    for line, good in analyze_lines(chain([first], given), settings, models, only):
        _print(line)
        well = well and good
    return well


def _another_kind(text: bytes, name: str) -> DocumentError | None:
    """What was given in the place of a transcript in JSON, and the command that takes it."""
    head = text[:_HEAD].removeprefix(BOM_UTF8).lstrip()
    if not head:
        return TranscriptError("", "is empty")
    if head.startswith(_RECORDINGS) or head[4:8] == _MP4 or name.lower().endswith(_NAMES):
        return TranscriptError("", f"is a recording, not a transcript. Recordings are analysed by: assay ingest {name} --wait")
    if head.startswith(b"WEBVTT") or _SRT.match(head):
        return TranscriptError("", f"is not JSON. WebVTT and SRT come in beside a recording: assay ingest RECORDING --transcript {name}")
    return None


def _print(line: str) -> None:
    """JSON is UTF-8, whatever the terminal's encoding is."""
    typer.echo(line.encode())


def _complain(name: str, error: DocumentError | OSError) -> None:
    """One line; the pointer of the whole document is the empty one, and stands for itself."""
    if isinstance(error, OSError):
        typer.echo(f"{name}: cannot be read: {error.strerror}", err=True)
    else:
        place = f"{error.pointer}: " if error.pointer else ""
        typer.echo(f"{name}: {place}{error.message}", err=True)


@lru_cache
def _embed() -> Embed | None:
    """The sentence encoder; without it the language parts are named in `skipped`, and standard error says once how to get it."""
    from backend.infra.embedder.minilm import load

    try:
        return cast("Embed", load())
    except ConfigurationError as error:
        typer.echo(str(error), err=True)
        return None


def _models(folder: Path | None) -> Models:
    """Those that ship, and those of a models folder."""
    if folder is not None and not folder.is_dir():
        typer.echo(f"There is no models folder {folder}: the shipped models alone are used.", err=True)
    if folder is None or not folder.is_dir():
        return Models(_embed)
    from backend.analysis.tokens import base_language
    from workers.language.installed import InstalledModels
    from workers.language.transformer import TransformersTranslator
    from workers.language.turns import TranslationEngine, translation_engine

    turn, translator, own = Lock(), TransformersTranslator(folder), InstalledModels(folder)

    def translation(language: str) -> TranslationEngine | None:
        return translation_engine(translator, turn, language)

    return Models(_embed, translation, lambda language: own.instead(base_language(language), turn))
