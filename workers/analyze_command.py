"""`assay analyze`: transcripts in, analyses out, with no server and no database."""

from __future__ import annotations

import sys
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Annotated, cast

import typer

from backend.analysis.command import Models, analysis_line, analyze_lines, parse_json
from backend.analysis.faults import DocumentError, SettingsError
from backend.analysis.reading_settings import read_settings
from backend.analysis.types import Embed, Part, Settings
from backend.errors import ConfigurationError

BAD_INPUT = 2


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
        well = True
        for line, good in analyze_lines(sys.stdin.buffer, settings, models, only):
            _print(line)
            well = well and good
        return well
    try:
        _print(analysis_line(Path(name).read_bytes(), settings, models, only))
    except (DocumentError, OSError) as error:
        _complain(name, error)
        return False
    return True


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
