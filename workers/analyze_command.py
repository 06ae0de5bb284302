"""`assay analyze`: transcripts in, analyses out, with no server and no database."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, cast

import typer

from backend.analysis.command import analysis_line, analyze_lines, parse_json
from backend.analysis.faults import DocumentError
from backend.analysis.reading_settings import read_settings
from backend.analysis.types import Embed, Part, Settings

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
) -> None:
    """Analyse transcripts and print one line of JSON for each.

    Exit code 2 where an input is faulty; the fault is named with its JSON pointer.
    """
    chosen = _settings(settings)
    part: Part | None = only.value if only else None
    outcomes = [_one(name, chosen, part) for name in transcripts]
    raise typer.Exit(0 if all(outcomes) else BAD_INPUT)


def _settings(path: Path | None) -> Settings:
    if path is None:
        return Settings()
    try:
        return read_settings(parse_json(path.read_bytes()))
    except (DocumentError, OSError) as error:
        _complain(str(path), error)
        raise typer.Exit(BAD_INPUT) from error


def _one(name: str, settings: Settings, only: Part | None) -> bool:
    if name == "-":
        well = True
        for line, good in analyze_lines(sys.stdin, settings, _embed, only):
            typer.echo(line)
            well = well and good
        return well
    try:
        typer.echo(analysis_line(Path(name).read_bytes(), settings, _embed, only))
    except (DocumentError, OSError) as error:
        _complain(name, error)
        return False
    return True


def _complain(name: str, error: DocumentError | OSError) -> None:
    if isinstance(error, DocumentError):
        typer.echo(f"{name}: {error.pointer or '/'}: {error.message}", err=True)
    else:
        typer.echo(f"{name}: cannot be read: {error.strerror}", err=True)


def _embed() -> Embed | None:
    from backend.infra.embedder.minilm import load

    return cast("Embed", load())
